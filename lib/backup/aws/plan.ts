import { BackupPlan as Plan } from "@cdktf/provider-aws/lib/backup-plan";
import { BackupSelection } from "@cdktf/provider-aws/lib/backup-selection";
import { Construct } from "constructs";
import { claim } from "../../core/claim";
import { assertValid } from "../../core/errors";
import { Severity } from "../../core/incident-route";
import { physicalName } from "../../core/names";
import { placed, placementOf } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { inOtherAccounts } from "../../identity/aws/accounts";
import { arnPart } from "../../identity/aws/arn";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import { placeBeside } from "./beside";
import { PLAN_NAME, planProblems, SELECTION_NAME } from "./plan-limits";
import type { BackupPlanProps } from "./plan-props";
import { factsOf } from "./resources";
import { BackupRole } from "./role";
import { BackupMode, renderedRule } from "./rule";
import { routeHere } from "./vault-alarms";

/** The provider's resources of a plan, each for overrides and moves. */
export interface BackupPlanResources {
  /** Of the resources that are named, if there are some. */
  readonly named?: BackupSelection;
  /** Of the resources by tag, if there are some. */
  readonly tagged?: BackupSelection;
}

const HOUR_MINUTES = 60;
/** What is made less often than daily cannot be missed within the week that an alarm looks back. */
const DAY_MINUTES = 1440;
const MISSED = 2;

/** A plan of AWS Backup with what it protects. */
export class BackupPlan extends Construct {
  public readonly planId: string;
  public readonly planArn: string;
  /** The role with which AWS Backup makes the backups. */
  public readonly role: BackupRole;
  /** Goes off when no backup of the vault has come for twice its time; there is one with a route and a rule of whole backups, daily at least. */
  public readonly silenceAlarm?: AwsAlarm;
  public readonly resource: Plan;
  public readonly resources: BackupPlanResources;

  public constructor(scope: Construct, id: string, props: BackupPlanProps) {
    super(scope, id);
    assertValid(this, [...placeBeside(this, props), ...planProblems(props)]);
    this.claimContinuous(props);
    this.resource = this.createPlan(props);
    this.planId = this.resource.id;
    this.planArn = this.resource.arn;
    this.role = props.role ?? this.createRole(props);
    this.resources = { named: this.selectNamed(props), tagged: this.selectTagged(props) };
    this.admitCopies(props);
    this.silenceAlarm = this.watch(props);
  }

  /** A second plan with continuous backups of the same thing stops those of the first. */
  private claimContinuous({ rules, resources = [] }: BackupPlanProps): void {
    if (!rules.some(({ mode }) => mode === BackupMode.CONTINUOUS)) return;
    for (const resource of resources) claim(this, "the continuous backup", factsOf(resource).name);
  }

  private createPlan({ vault, rules, planName, tags }: BackupPlanProps): Plan {
    return new Plan(
      this,
      "Resource",
      placed(this, {
        name: planName ?? physicalName(this, PLAN_NAME),
        rule: rules.map((rule) => renderedRule(rule, vault)),
        ...tagsFor(this, tags),
      }),
    );
  }

  private createRole({ vault, tags, provider }: BackupPlanProps): BackupRole {
    return new BackupRole(this, "Role", { sourceAccount: arnPart(vault.vaultArn, "account"), tags, provider });
  }

  private selectNamed({ resources = [] }: BackupPlanProps): BackupSelection | undefined {
    if (resources.length === 0) return undefined;
    const arns = [...new Set(resources.map((resource) => factsOf(resource).arn))];
    return this.select("Named", { resources: arns });
  }

  private selectTagged({ resourceTags }: BackupPlanProps): BackupSelection | undefined {
    const tags = Object.entries(resourceTags ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
    if (tags.length === 0) return undefined;
    const stringEquals = tags.map(([key, value]) => ({
      key: `aws:ResourceTag/${key.charAt(0).toUpperCase()}${key.slice(1)}`,
      value,
    }));
    return this.select("Tagged", { resources: ["*"], condition: [{ stringEquals }] });
  }

  private select(
    id: "Named" | "Tagged",
    selected: {
      readonly resources: string[];
      readonly condition?: { readonly stringEquals: { readonly key: string; readonly value: string }[] }[];
    },
  ): BackupSelection {
    const selection = new BackupSelection(
      this,
      id,
      placed(this, {
        name: physicalName(this, SELECTION_NAME, id),
        planId: this.planId,
        iamRoleArn: this.role.roleArn,
        ...selected,
      }),
    );
    this.role.before(selection);
    return selection;
  }

  private admitCopies({ vault, rules }: BackupPlanProps): void {
    for (const { vault: copyVault } of rules.flatMap(({ copies = [] }) => copies)) {
      if (!inOtherAccounts(vault, copyVault)) continue;
      copyVault.admitCopies(String(vault.accountId));
      vault.shareKeyWith(String(copyVault.accountId));
    }
  }

  private watch({ vault, rules, monitoring = {} }: BackupPlanProps): AwsAlarm | undefined {
    const { severity = Severity.HIGH, route = routeHere(this, vault.region) } = monitoring;
    const whole = rules.filter(({ mode }) => mode !== BackupMode.CONTINUOUS);
    const minutes = Math.min(...whole.map(({ schedule }) => schedule.longestIntervalMinutes));
    if (route === undefined || minutes > DAY_MINUTES) return undefined;
    const hours = (MISSED * minutes) / HOUR_MINUTES;
    return vault.metrics.backupJobsCompleted().alarm(this, "Silence", {
      ...placementOf(this),
      below: 1,
      severity,
      route,
      periodSeconds: 3600,
      evaluationPeriods: hours,
      description: `No backup has come into the vault for ${String(hours)} hours, twice the time of its plan`,
    });
  }
}
