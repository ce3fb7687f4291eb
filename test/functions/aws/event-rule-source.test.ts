import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { TerraformStack } from "cdktf";
import type { EventRuleOptions } from "../../../lib/functions/aws/event-rule-source";
import { NodeFunction } from "../../../lib/functions/aws/node-function";
import type { QueueEventSourceOptions } from "../../../lib/functions/aws/queue-event-source";
import { HandlerCode } from "../../../lib/functions/handler-code";
import { AwsQueue } from "../../../lib/streaming/aws/queue";
import { templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

const code = HandlerCode.bundled("retraining-trigger");
const answerIn = (stack: TerraformStack) => new NodeFunction(stack, "answer", { code, timeoutSeconds: 30 });

const ruleWith = (options: Partial<EventRuleOptions> = {}) =>
  templateOf((stack) => {
    const { deadLetterQueue } = new AwsQueue(stack, "tickets");
    const pattern = { source: ["acme.tickets"], "detail-type": ["NewTicketCreated"] };
    answerIn(stack).addEventRule("created", { pattern, deadLetterQueue, ...options });
  });

describe("a rule on a bus", () => {
  test("runs the function as that rule of that account alone", () => {
    const template = ruleWith();
    const arn = "${aws_cloudwatch_event_rule.answer_created_65F47DB2.arn}";
    expect(template.only(LambdaPermission).attributes).toEqual({
      action: "lambda:InvokeFunction",
      function_name: "${aws_lambda_function.answer_830DFE91.function_name}",
      principal: "events.amazonaws.com",
      source_account: `\${element(split(":", aws_cloudwatch_event_rule.answer_created_65F47DB2.arn), 4)}`,
      source_arn: arn,
      statement_id: "rule-created",
    });
    expect(template.only(CloudwatchEventRule).json("event_pattern")).toEqual({
      source: ["acme.tickets"],
      "detail-type": ["NewTicketCreated"],
    });
  });

  test("puts what it cannot hand over into the dead letters, which let it", () => {
    const template = ruleWith({ eventBusName: "tickets", description: "New tickets" });
    expect(template.only(CloudwatchEventTarget).attributes).toMatchObject({
      event_bus_name: "tickets",
      dead_letter_config: { arn: "${aws_sqs_queue.tickets_DeadLetter_60F3E6A5.arn}" },
      depends_on: [
        "aws_lambda_permission.answer_created_Permission_DE7D227C",
        "aws_sqs_queue_policy.tickets_DeadLetter_Policy_98743EDE",
      ],
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
    });
    expect(template.only(CloudwatchEventRule).attributes).toMatchObject({
      event_bus_name: "tickets",
      description: "New tickets",
    });
    const policies = template.all(SqsQueuePolicy).map((policy) => JSON.stringify(policy.json("policy")));
    expect(policies.filter((policy) => policy.includes("events.amazonaws.com"))).toHaveLength(1);
  });

  test("fails on every wrong option at once", () => {
    const failing = () =>
      ruleWith({ pattern: {}, eventBusName: "a b", deadLetterQueue: "dead" as never, description: "x".repeat(600) });
    expect(messageOf(failing)).toBe(
      lines(
        "lake/answer/created has 4 problems",
        "  pattern must be one that names a source, a detail-type or a detail, got {}",
        '  deadLetterQueue must be the dead-letter queue of a queue, got "dead"',
        '  eventBusName must be 1-256 letters, digits or any of /._-, got "a b"',
        `  description must be a text of at most 512 characters, got "${"x".repeat(119)}… (602 characters)`,
      ),
    );
  });
});

const messagesWith = (options: QueueEventSourceOptions = {}, visibilityTimeoutSeconds = 180) =>
  templateOf((stack) => {
    answerIn(stack).addEventSource(new AwsQueue(stack, "tickets", { visibilityTimeoutSeconds }), options);
  });

describe("messages of a queue", () => {
  test("are reported one by one", () => {
    expect(
      messagesWith({ maximumConcurrency: 5, filters: [{ body: { kind: ["a"] } }] }).only(LambdaEventSourceMapping)
        .attributes,
    ).toEqual({
      batch_size: 10,
      depends_on: ["aws_iam_role_policy.answer_Role_consume-tickets-a94c66fe_1447708A"],
      event_source_arn: "${aws_sqs_queue.tickets_BA39CE78.arn}",
      filter_criteria: { filter: [{ pattern: '{"body":{"kind":["a"]}}' }] },
      function_name: "${aws_lambda_function.answer_830DFE91.arn}",
      function_response_types: ["ReportBatchItemFailures"],
      maximum_batching_window_in_seconds: 0,
      scaling_config: { maximum_concurrency: 5 },
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("fail when they would be delivered again while they are worked on", () => {
    expect(messageOf(() => messagesWith({ batchSize: 20, maximumBatchingWindowSeconds: 10 }))).toBe(
      lines(
        "lake/answer/messages-tickets-45a5c622 has 1 problem",
        "  visibilityTimeoutSeconds of lake/tickets must be at least 190, six times the function's timeout and its window, got 180",
      ),
    );
  });
});
