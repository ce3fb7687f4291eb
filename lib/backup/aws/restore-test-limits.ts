import { given, having, literal, object, objects, oneOf, problem, text, wholeNumber } from "../../core/checks";
import { nameProblems, type NameRule } from "../../core/names";
import { scheduleProblems } from "../../core/schedule";
import { tagProblems } from "../../core/tags";
import { monitoringProblems } from "../../monitoring/alarm";
import { BackupResourceType, elsewhereProblems, protectedProblems } from "./resources";
import type { RestoreTestProps } from "./restore-test-props";

/** What a restore-testing plan and its selections may be called. */
export const TEST_NAME: NameRule = {
  rule: "1-50 letters, digits or underscores",
  pattern: /^[A-Za-z0-9_]{1,50}$/,
  maximum: 50,
  separator: "_",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html",
};

/** What is taken when nothing else is said. */
export const DEFAULT = { startWindowHours: 1, selectionWindowDays: 30 };

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingPlanForCreate.html */
const WINDOW_HOURS = { minimum: 1, maximum: 168, unit: "hours" };
/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html */
const SELECTION_DAYS = { minimum: 1, maximum: 365, unit: "days" };
/** The metric comes every five minutes, and an alarm looks back for a week. */
const RECOVERY_MINUTES = { minimum: 5, maximum: 9900, unit: "minutes" };
/** Quotas of restore testing: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html */
const ARNS_MAXIMUM = 30;

/** All that is wrong with a restore test. */
export function restoreTestProblems(props: RestoreTestProps): string[] {
  const vault = having("vault", props.vault, "vaultArn", "a BackupVault, own or referred to");
  return [...vault, ...(vault.length > 0 ? [] : resourcesProblems(props)), ...settingsProblems(props)];
}

const settingsProblems = (props: RestoreTestProps): string[] => [
  ...given(props.schedule, (schedule) => scheduleProblems("schedule", schedule)),
  ...given(props.recoveryTimeMinutes, (minutes) => [
    ...literal("recoveryTimeMinutes", minutes),
    ...wholeNumber("recoveryTimeMinutes", minutes, RECOVERY_MINUTES),
  ]),
  ...given(props.selectionWindowDays, (days) => wholeNumber("selectionWindowDays", days, SELECTION_DAYS)),
  ...given(props.startWindowHours, (hours) => wholeNumber("startWindowHours", hours, WINDOW_HOURS)),
  ...given(props.validationWindowHours, (hours) => wholeNumber("validationWindowHours", hours, WINDOW_HOURS)),
  ...given(props.restoreMetadata, metadataProblems),
  ...given(props.role, (role) => having("role", role, "attachments", "a BackupRole")),
  ...given(props.testName, (name) => nameProblems("testName", name, TEST_NAME)),
  ...monitoringProblems(props.monitoring),
  ...tagProblems("tags", props.tags),
];

function resourcesProblems({ resources, vault }: RestoreTestProps): string[] {
  const each = objects("resources", resources, (resource, path) => protectedProblems(path, resource));
  if (each.length > 0) return each;
  if (resources.length < 1 || resources.length > ARNS_MAXIMUM)
    return [problem("resources", `1 to ${String(ARNS_MAXIMUM)}`, resources.length)];
  return resources.flatMap((resource, index) => elsewhereProblems(`resources[${String(index)}]`, resource, vault));
}

function metadataProblems(metadata: NonNullable<RestoreTestProps["restoreMetadata"]>): readonly string[] {
  const shape = object("restoreMetadata", metadata);
  if (shape.length > 0) return shape;
  return Object.entries(metadata).flatMap(([type, values]) => {
    const path = `restoreMetadata.${type}`;
    const wrong = [...oneOf(path, type, Object.values(BackupResourceType)), ...object(path, values)];
    return wrong.length > 0 ? wrong : Object.entries(values).flatMap(([key, value]) => text(`${path}.${key}`, value));
  });
}
