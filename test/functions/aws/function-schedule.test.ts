import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { TerraformVariable, type TerraformStack } from "cdktf";
import type { AsyncFailureOptions } from "../../../lib/functions/aws/async-failures";
import { NodeFunction } from "../../../lib/functions/aws/node-function";
import type { ScheduleOptions } from "../../../lib/functions/aws/function-schedule";
import { HandlerCode } from "../../../lib/functions/handler-code";
import type { DeadLetterQueue } from "../../../lib/streaming/aws/dead-letter-queue";
import { AwsQueue } from "../../../lib/streaming/aws/queue";
import { templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";

interface Parts {
  readonly enrich: NodeFunction;
  readonly deadLetterQueue: DeadLetterQueue;
}

const parts = (stack: TerraformStack): Parts => ({
  enrich: new NodeFunction(stack, "enrich", { code: HandlerCode.bundled("retraining-trigger") }),
  deadLetterQueue: new AwsQueue(stack, "queue").deadLetterQueue,
});

const DEAD_LETTERS = "${aws_sqs_queue.queue_DeadLetter_8E62B261.arn}";
const FUNCTION = "aws_lambda_function.enrich_E289F4BB";

describe("a schedule", () => {
  const scheduled = (options: Partial<ScheduleOptions> = {}) =>
    templateOf((stack) => {
      const { enrich, deadLetterQueue } = parts(stack);
      enrich.addSchedule("Tick", { everyMinutes: 5, input: { source: "tick" }, deadLetterQueue, ...options });
    });
  const ROLE = "aws_iam_role.enrich_Tick_Role_A47EF4E5";

  test("runs the function at a fixed rate, tries for one interval and leaves a dead letter", () => {
    const { depends_on: waitsFor, ...schedule } = scheduled().only(SchedulerSchedule).attributes;
    expect(schedule).toEqual({
      flexible_time_window: { mode: "OFF" },
      name: "lake-enrich-tick-b0f4c940",
      schedule_expression: "rate(5 minutes)",
      target: {
        arn: `\${${FUNCTION}.arn}`,
        dead_letter_config: { arn: DEAD_LETTERS },
        input: '{"source":"tick"}',
        retry_policy: { maximum_event_age_in_seconds: 300, maximum_retry_attempts: 3 },
        role_arn: `\${${ROLE}.arn}`,
      },
    });
    expect(waitsFor).toEqual([
      expect.stringContaining("Tick_Role_invoke-enrich"),
      expect.stringContaining("Tick_Role_send-DeadLetter"),
    ]);
  });

  test("acts as a role that may run the function and send to the dead letters", () => {
    const template = scheduled();
    const policies = template.all(IamRolePolicy, { path: "enrich/Tick/Role" });
    expect(policies.flatMap((policy) => statementsOf(policy.get("policy")))).toEqual([
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [`\${${FUNCTION}.arn}`] },
      { Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [DEAD_LETTERS] },
    ]);
    const part = (index: number): string => `\${element(split(':', ${FUNCTION}.arn), ${String(index)})}`;
    expect(statementsOf(template.only(IamRole, { path: "enrich/Tick" }).get("assume_role_policy"))).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: { "aws:SourceArn": `arn:aws:scheduler:${part(3)}:${part(4)}:schedule-group/default` },
          StringEquals: { "aws:SourceAccount": part(4) },
        },
      },
    ]);
  });

  test.each([
    [0, "  everyMinutes must be a whole number from 1 to 1440 minutes, got 0"],
    [1441, "  everyMinutes must be a whole number from 1 to 1440 minutes, got 1441"],
    [2.5, "  everyMinutes must be a whole number from 1 to 1440 minutes, got 2.5"],
  ])("fails every %s minutes", (everyMinutes, message) => {
    expect(messageOf(() => scheduled({ everyMinutes }))).toBe(lines("lake/enrich/Tick has 1 problem", message));
  });

  test("fails on an input that is no event, without dead letters, and on a token", () => {
    const broken = { input: "tick" as never, deadLetterQueue: undefined as never };
    expect(messageOf(() => scheduled(broken))).toBe(
      lines(
        "lake/enrich/Tick has 2 problems",
        '  input must be an object that JSON can hold, got "tick"',
        "  deadLetterQueue must be the dead-letter queue of a queue, got undefined",
      ),
    );
    const later = () =>
      templateOf((stack) => {
        const { enrich, deadLetterQueue } = parts(stack);
        const everyMinutes = new TerraformVariable(stack, "minutes", {}).numberValue;
        enrich.addSchedule("Tick", { everyMinutes, input: {}, deadLetterQueue });
      });
    expect(messageOf(later)).toBe(
      lines(
        "lake/enrich/Tick has 1 problem",
        "  everyMinutes must be a literal number, because it stands in the schedule's expression, got a token (a value known only to Terraform)",
      ),
    );
  });
});

describe("a failed asynchronous run", () => {
  const failing = (options: Partial<AsyncFailureOptions> = {}, times = 1) =>
    templateOf((stack) => {
      const { enrich, deadLetterQueue } = parts(stack);
      for (let time = 0; time < times; time++) enrich.onAsyncFailure({ deadLetterQueue, ...options });
    });

  test("becomes a dead letter after two more tries, once the function may send there", () => {
    expect(failing().only(LambdaFunctionEventInvokeConfig).attributes).toEqual({
      depends_on: [expect.stringContaining("enrich_Role_send-DeadLetter")],
      destination_config: { on_failure: { destination: DEAD_LETTERS } },
      function_name: `\${${FUNCTION}.function_name}`,
      maximum_event_age_in_seconds: 21_600,
      maximum_retry_attempts: 2,
    });
  });

  test("is tried as often and as long as is said", () => {
    const options = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 };
    expect(failing(options).only(LambdaFunctionEventInvokeConfig).attributes).toMatchObject({
      maximum_event_age_in_seconds: 60,
      maximum_retry_attempts: 0,
    });
  });

  test("fails with all problems at once", () => {
    const options = { deadLetterQueue: {} as never, maximumRetryAttempts: 3, maximumEventAgeSeconds: 59 };
    expect(messageOf(() => failing(options))).toBe(
      lines(
        "lake/enrich has 3 problems",
        "  deadLetterQueue must be the dead-letter queue of a queue, got {}",
        "  maximumRetryAttempts must be a whole number from 0 to 2, got 3",
        "  maximumEventAgeSeconds must be a whole number from 60 to 21600 seconds, got 59",
      ),
    );
  });

  test("fails to be ruled twice", () => {
    expect(messageOf(() => failing({}, 2))).toBe(
      lines(
        "lake/enrich has 1 problem",
        "  onAsyncFailure must be said once, because Lambda keeps one rule of a function, got a second one",
      ),
    );
  });
});
