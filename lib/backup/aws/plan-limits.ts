import { distinct, given, having, objects, problem } from "../../core/checks";
import { nameProblems, type NameRule } from "../../core/names";
import { tagProblems } from "../../core/tags";
import { monitoringProblems } from "../../monitoring/alarm";
import { bestOf, objectiveProblems, type Reached } from "../recovery";
import { reachedBy } from "../rule";
import type { BackupPlanProps } from "./plan-props";
import { elsewhereProblems, factsOf, protectedProblems, type ProtectedFacts } from "./resources";
import { BackupMode, ruleProblems, type AwsBackupRule } from "./rule";

/** What a plan may be called. */
export const PLAN_NAME: NameRule = {
  rule: "1-50 letters, digits or any of -_.",
  pattern: /^[A-Za-z0-9._-]{1,50}$/,
  maximum: 50,
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupPlanInput.html",
};

/** What a selection may be called. */
export const SELECTION_NAME: NameRule = {
  ...PLAN_NAME,
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html",
};

/** ARNs of one selection. https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html */
const RESOURCES_MAXIMUM = 500;
/** Rules of one plan; same page. */
const RULES_MAXIMUM = 10;

/** All that is wrong with a plan. */
export function planProblems(props: BackupPlanProps): string[] {
  const vault = having("vault", props.vault, "vaultArn", "a BackupVault, own or referred to");
  const parts = [
    ...vault,
    ...(vault.length > 0 ? [] : rulesProblems(props)),
    ...resourcesProblems(props),
    ...given(props.planName, (name) => nameProblems("planName", name, PLAN_NAME)),
    ...given(props.role, (role) => having("role", role, "attachments", "a BackupRole")),
    ...monitoringProblems(props.monitoring),
    ...tagProblems("tags", props.tags),
  ];
  return parts.length > 0 ? parts : fitProblems(props);
}

function rulesProblems({ rules, vault }: BackupPlanProps): string[] {
  const each = objects("rules", rules, (rule, path) => ruleProblems(path, rule, vault));
  if (each.length > 0) return each;
  const bound = `1 to ${String(RULES_MAXIMUM)} rules`;
  return rules.length < 1 || rules.length > RULES_MAXIMUM
    ? [problem("rules", bound, rules.length)]
    : distinct("rules", rules, ({ name }) => name, "named differently from the others");
}

function resourcesProblems({ resources = [], resourceTags }: BackupPlanProps): string[] {
  const each = [
    ...objects("resources", resources, (resource, path) => protectedProblems(path, resource)),
    ...tagProblems("resourceTags", resourceTags),
  ];
  if (each.length > 0) return each;
  if (resources.length > RESOURCES_MAXIMUM)
    return [problem("resources", `at most ${String(RESOURCES_MAXIMUM)}`, resources.length)];
  const tags = Object.keys(resourceTags ?? {}).length;
  return resources.length === 0 && tags === 0
    ? [
        problem(
          "resources, resourceTags",
          "given one of the two at least, because a plan protects nothing by itself",
          "neither",
        ),
      ]
    : [];
}

/** What does not go together, though each part alone is right. */
function fitProblems(props: BackupPlanProps): string[] {
  const facts = (props.resources ?? []).map(factsOf);
  return [
    ...(props.resources ?? []).flatMap((resource, index) =>
      elsewhereProblems(`resources[${String(index)}]`, resource, props.vault),
    ),
    ...props.rules.flatMap((rule, index) => typeProblems(`rules[${String(index)}]`, rule, facts)),
    ...given(props.recoveryPointMinutes, (minutes) => recoveryProblems(props, facts, minutes)),
  ];
}

function recoveryProblems(props: BackupPlanProps, facts: readonly ProtectedFacts[], minutes: number): string[] {
  const whole = props.rules.filter(({ mode }) => mode !== BackupMode.CONTINUOUS).map(reachedBy);
  const tagged = Object.keys(props.resourceTags ?? {}).length > 0;
  if (tagged && whole.length === 0) {
    const rule =
      "left out without a rule of whole backups, because what resourceTags select may have no continuous ones";
    return [problem("recoveryPointMinutes", rule, minutes)];
  }
  const continuous = props.rules.find(({ mode }) => mode === BackupMode.CONTINUOUS);
  const known = facts.map((one) => bestOf([...waysOf(one, continuous), ...whole]));
  const reached = [...known, ...(tagged ? [bestOf(whole)] : [])].flatMap((one) => one ?? []);
  return [...new Set(objectiveProblems("recoveryPointMinutes", minutes, reached))];
}

/** AWS Backup leaves out in silence what a type of resource does not have. */
function typeProblems(path: string, rule: AwsBackupRule, facts: readonly ProtectedFacts[]): string[] {
  const cold = facts.filter((one) => rule.retention.coldAfterDays !== undefined && one.cold !== true);
  const whole = facts.filter((one) => rule.mode === BackupMode.CONTINUOUS && one.continuousMinutes === undefined);
  return [
    ...cold.map((one) =>
      problem(
        `${path}.retention.coldAfterDays`,
        `left out for ${one.name}, because backups of ${one.type} have no cold storage (give it a plan of its own${one.type === "S3" ? "; the bucket's lifecycle tiers its versions" : ""})`,
        rule.retention.coldAfterDays,
      ),
    ),
    ...whole.map((one) =>
      problem(
        `${path}.mode`,
        `"${BackupMode.SNAPSHOT}" for ${one.name}, because AWS Backup has no continuous backups of ${one.type}${one.type === "DynamoDB" ? " (a table keeps every second itself: pointInTimeRecovery)" : ""}`,
        rule.mode,
      ),
    ),
  ];
}

/** How the last changes of a resource come back without a whole backup. */
function waysOf(facts: ProtectedFacts, continuous: AwsBackupRule | undefined): readonly Reached[] {
  const { continuousMinutes, ownRecoveryMinutes, type } = facts;
  return [
    ...(continuous && continuousMinutes !== undefined
      ? [{ minutes: continuousMinutes, by: `what continuous backups of ${type} may lack` }]
      : []),
    ...(ownRecoveryMinutes === undefined
      ? []
      : [{ minutes: ownRecoveryMinutes, by: `what the point-in-time recovery of ${facts.name} may lack` }]),
  ];
}
