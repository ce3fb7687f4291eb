import { BackupRestoreTestingPlan } from "@cdktf/provider-aws/lib/backup-restore-testing-plan";
import { BackupRestoreTestingSelection } from "@cdktf/provider-aws/lib/backup-restore-testing-selection";
import { Construct } from "constructs";
import { assertValid } from "../../core/errors";
import { Severity } from "../../core/incident-route";
import { physicalName } from "../../core/names";
import { placed, placementOf } from "../../core/placement";
import { Schedule } from "../../core/schedule";
import { tagsFor } from "../../core/tagging";
import { arnPart } from "../../identity/aws/arn";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import { placeBeside } from "./beside";
import { factsOf } from "./resources";
import { DEFAULT, restoreTestProblems, TEST_NAME } from "./restore-test-limits";
import type { RestoreTestProps } from "./restore-test-props";
import { BackupDuty, BackupRole } from "./role";
import { cronExpression } from "./schedule-expression";
import { routeHere } from "./vault-alarms";

/** The newest backup, whichever way it was made. */
const NEWEST = { algorithm: "LATEST_WITHIN_WINDOW", recoveryPointTypes: ["CONTINUOUS", "SNAPSHOT"] };

const PERIOD_SECONDS = 300;
const HOUR_SECONDS = 3600;
/** The longest time in periods of five minutes that an alarm looks back: a day. */
const DAY_SECONDS = 86_400;

/** A restore-testing plan of AWS Backup. That restores fail at all is an alarm of the vault. */
export class RestoreTest extends Construct {
  /** The role with which AWS Backup restores. */
  public readonly role: BackupRole;
  /** Goes off when a restore takes longer than `recoveryTimeMinutes`; there is one with them. */
  public readonly slowAlarm?: AwsAlarm;
  public readonly resource: BackupRestoreTestingPlan;
  /** One a type of resource, each for overrides and moves. */
  public readonly selections: readonly BackupRestoreTestingSelection[];

  public constructor(scope: Construct, id: string, props: RestoreTestProps) {
    super(scope, id);
    assertValid(this, [...placeBeside(this, props), ...restoreTestProblems(props)]);
    this.resource = this.createPlan(props);
    this.role = props.role ?? this.createRole(props);
    this.selections = this.select(props);
    this.slowAlarm = this.watch(props);
  }

  private createPlan(props: RestoreTestProps): BackupRestoreTestingPlan {
    const { vault, schedule = Schedule.monthly(), testName, tags } = props;
    return new BackupRestoreTestingPlan(
      this,
      "Resource",
      placed(this, {
        name: testName ?? physicalName(this, TEST_NAME),
        scheduleExpression: cronExpression(schedule),
        startWindowHours: props.startWindowHours ?? DEFAULT.startWindowHours,
        recoveryPointSelection: [
          {
            ...NEWEST,
            includeVaults: [vault.vaultArn],
            selectionWindowDays: props.selectionWindowDays ?? DEFAULT.selectionWindowDays,
          },
        ],
        ...tagsFor(this, tags),
      }),
    );
  }

  private createRole({ vault, tags, provider }: RestoreTestProps): BackupRole {
    const sourceAccount = arnPart(vault.vaultArn, "account");
    return new BackupRole(this, "Role", { duties: [BackupDuty.RESTORE], sourceAccount, tags, provider });
  }

  private select({
    resources,
    validationWindowHours,
    restoreMetadata,
  }: RestoreTestProps): BackupRestoreTestingSelection[] {
    const facts = resources.map(factsOf);
    const types = [...new Set(facts.map(({ type }) => type))].sort();
    return types.map((type) => {
      const arns = facts.filter((one) => one.type === type).map(({ arn }) => arn);
      const selection = new BackupRestoreTestingSelection(
        this,
        type,
        placed(this, {
          name: physicalName(this, TEST_NAME, type),
          restoreTestingPlanName: this.resource.name,
          protectedResourceType: type,
          protectedResourceArns: [...new Set(arns)],
          iamRoleArn: this.role.roleArn,
          restoreMetadataOverrides: restoreMetadata?.[type],
          validationWindowHours,
        }),
      );
      this.role.before(selection);
      return selection;
    });
  }

  /** A restore of just that time may touch one period more than fit into it; the one after the next is too many. */
  private watch({ vault, recoveryTimeMinutes, monitoring = {} }: RestoreTestProps): AwsAlarm | undefined {
    if (recoveryTimeMinutes === undefined) return undefined;
    const { severity = Severity.HIGH, route = routeHere(this, vault.region) } = monitoring;
    const periods = (seconds: number): number => Math.ceil((recoveryTimeMinutes * 60) / seconds) + 2;
    const fits = periods(PERIOD_SECONDS) * PERIOD_SECONDS <= DAY_SECONDS;
    const periodSeconds = fits ? PERIOD_SECONDS : HOUR_SECONDS;
    return vault.metrics.restoreJobsRunning().alarm(this, "Slow", {
      ...placementOf(this),
      above: 0,
      severity,
      route,
      periodSeconds,
      evaluationPeriods: periods(periodSeconds),
      description: `A restore takes longer than the ${String(recoveryTimeMinutes)} minutes that were promised`,
    });
  }
}
