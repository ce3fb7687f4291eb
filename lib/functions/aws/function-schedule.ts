import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { Construct } from "constructs";
import { having, isToken, problem, wholeNumber } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { arnPart } from "../../identity/aws/arn";
import { AwsRole } from "../../identity/aws/role";
import { trustService } from "../../identity/aws/trust";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";
import type { FunctionGrants } from "./function-grants";

/** When a function is run with what. */
export interface ScheduleOptions {
  /** 1 to 1,440. */
  readonly everyMinutes: number;
  /** The event that the function gets: anything that JSON holds. */
  readonly input: object;
  /** Where runs go that Scheduler could not start. */
  readonly deadLetterQueue: DeadLetterQueue;
}

/** The function that is run. */
export interface ScheduledFunction {
  readonly functionArn: string;
  readonly grants: FunctionGrants;
}

/** What the function hands to its schedule. */
export interface FunctionScheduleProps extends ScheduleOptions, AwsPlacementProps {
  readonly target: ScheduledFunction;
}

const SCHEDULE_NAME: NameRule = {
  rule: "1-64 letters, digits or any of ._-",
  pattern: /^[\w.-]{1,64}$/,
  maximum: 64,
  source: "https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html",
};

/** A day: what is to happen less often has an hour of its own, and that takes a cron expression. */
const EVERY_MINUTES = { minimum: 1, maximum: 1440, unit: "minutes" };

/**
 * A run that comes late meets the next one, so it is tried for one interval only; 60 seconds are the shortest.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html
 */
const RETRIES = 3;

/** Runs a function at a fixed rate (EventBridge Scheduler), as a role that may do nothing else. */
export class FunctionSchedule extends Construct {
  public readonly role: AwsRole;
  public readonly resource: SchedulerSchedule;

  public constructor(scope: Construct, id: string, props: FunctionScheduleProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...scheduleProblems(props)]);
    const { target, everyMinutes, input, deadLetterQueue, provider } = props;
    this.role = new AwsRole(this, "Role", { trust: trustScheduler(target.functionArn), provider });
    this.resource = new SchedulerSchedule(
      this,
      "Resource",
      placed(this, {
        name: physicalName(this, SCHEDULE_NAME),
        scheduleExpression: `rate(${String(everyMinutes)} minutes)`,
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: target.functionArn,
          roleArn: this.role.roleArn,
          input: JSON.stringify(input),
          retryPolicy: { maximumEventAgeInSeconds: everyMinutes * 60, maximumRetryAttempts: RETRIES },
          deadLetterConfig: { arn: deadLetterQueue.queueArn },
        },
      }),
    );
    target.grants.invoke(this.role).before(this.resource);
    deadLetterQueue.grants.send(this.role).before(this.resource);
  }
}

/**
 * Scoped to the group of the schedule: Scheduler names no single one.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
function trustScheduler(functionArn: string): ReturnType<typeof trustService> {
  const account = arnPart(functionArn, "account");
  return trustService("scheduler.amazonaws.com", {
    sourceArn: `arn:aws:scheduler:${arnPart(functionArn, "region")}:${account}:schedule-group/default`,
    sourceAccount: account,
  });
}

const scheduleProblems = ({ everyMinutes, input, deadLetterQueue }: ScheduleOptions): string[] => [
  ...(isToken(everyMinutes)
    ? [problem("everyMinutes", "a literal number, because it stands in the schedule's expression", everyMinutes)]
    : wholeNumber("everyMinutes", everyMinutes, EVERY_MINUTES)),
  ...(typeof input === "object" && (input as unknown) !== null
    ? []
    : [problem("input", "an object that JSON can hold", input)]),
  ...having("deadLetterQueue", deadLetterQueue, "queueArn", "the dead-letter queue of a queue"),
];
