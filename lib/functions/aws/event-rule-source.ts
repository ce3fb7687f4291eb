import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import { given, having, matching, object, problem } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { waitFor } from "../../core/grant";
import { physicalName } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { arnPart } from "../../identity/aws/arn";
import type { DeadLetterQueue } from "../../streaming/aws/dead-letter-queue";
import { DELIVERY, LONGEST_DESCRIPTION } from "./event-delivery";
import { RULE_NAME } from "./object-event-limits";
import type { EventConsumer } from "./object-event-source";
import type { EventFilter } from "./stream-limits";

/** Which events of a bus run a function. */
export interface EventRuleOptions {
  /** In the language of EventBridge: `{ source: ["acme.tickets"], "detail-type": ["NewTicketCreated"] }`. */
  readonly pattern: EventFilter;
  /** Where an event goes that could not be handed to the function. */
  readonly deadLetterQueue: DeadLetterQueue;
  /** Name of the bus. @default - the account's default bus */
  readonly eventBusName?: string;
  /** What it is for, at most 512 characters. @default - none */
  readonly description?: string;
}

/** What the function hands to its rule. */
export interface EventRuleSourceProps extends EventRuleOptions, AwsPlacementProps {
  readonly consumer: EventConsumer & { readonly functionName: string };
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The provider's resources of a rule, each for overrides and moves. */
export interface EventRuleSourceResources {
  readonly target: CloudwatchEventTarget;
  readonly permission: LambdaPermission;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const PATTERN_CHARACTERS = 4096;
const DESCRIPTION = {
  pattern: new RegExp(`^.{0,${String(LONGEST_DESCRIPTION)}}$`, "s"),
  rule: `a text of at most ${String(LONGEST_DESCRIPTION)} characters`,
};
const BUS_NAME = { pattern: /^[/.\-_A-Za-z0-9]{1,256}$/, rule: "1-256 letters, digits or any of /._-" };

/** Events of a bus that run a function, one by one. */
export class EventRuleSource extends Construct {
  public readonly ruleArn: string;
  public readonly resource: CloudwatchEventRule;
  public readonly resources: EventRuleSourceResources;

  public constructor(scope: Construct, id: string, props: EventRuleSourceProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...ruleProblems(props)]);
    this.resource = this.createRule(props);
    this.ruleArn = this.resource.arn;
    const permission = this.permit(props);
    this.resources = { target: this.createTarget(props, permission), permission };
  }

  private createRule({ pattern, eventBusName, description, tags }: EventRuleSourceProps): CloudwatchEventRule {
    return new CloudwatchEventRule(
      this,
      "Resource",
      placed(this, {
        name: physicalName(this, RULE_NAME),
        description,
        eventBusName,
        eventPattern: JSON.stringify(pattern),
        ...tagsFor(this, tags),
      }),
    );
  }

  private permit({ consumer }: EventRuleSourceProps): LambdaPermission {
    return new LambdaPermission(
      this,
      "Permission",
      placed(this, {
        statementId: `rule-${this.node.id}`.replace(/[^A-Za-z0-9_-]+/g, "-").slice(0, 100),
        action: "lambda:InvokeFunction",
        functionName: consumer.functionName,
        principal: "events.amazonaws.com",
        sourceArn: this.ruleArn,
        sourceAccount: arnPart(this.ruleArn, "account"),
      }),
    );
  }

  private createTarget(
    { consumer, deadLetterQueue, eventBusName }: EventRuleSourceProps,
    permission: LambdaPermission,
  ): CloudwatchEventTarget {
    const { ruleArn: sourceArn } = this;
    deadLetterQueue.allowService({
      sid: `Rule${this.node.addr.slice(-8)}`,
      service: "events.amazonaws.com",
      sourceArn,
    });
    const target = new CloudwatchEventTarget(
      this,
      "Target",
      placed(this, {
        rule: this.resource.name,
        eventBusName,
        arn: consumer.functionArn,
        retryPolicy: DELIVERY,
        deadLetterConfig: { arn: deadLetterQueue.queueArn },
      }),
    );
    // what EventBridge may not deliver it does not try again
    waitFor(target, permission, deadLetterQueue.policy);
    return target;
  }
}

const ruleProblems = (props: EventRuleSourceProps): readonly string[] => [
  ...patternProblems(props.pattern),
  ...having("deadLetterQueue", props.deadLetterQueue, "queueArn", "the dead-letter queue of a queue"),
  ...given(props.eventBusName, (name) => matching("eventBusName", name, BUS_NAME.pattern, BUS_NAME.rule)),
  ...given(props.description, (text) => matching("description", text, DESCRIPTION.pattern, DESCRIPTION.rule)),
  ...tagProblems("tags", props.tags),
];

function patternProblems(pattern: EventFilter): readonly string[] {
  const shape = object("pattern", pattern);
  if (shape.length > 0) return shape;
  const text = JSON.stringify(pattern);
  if (Object.keys(pattern).length === 0)
    return [problem("pattern", "one that names a source, a detail-type or a detail", pattern)];
  return text.length <= PATTERN_CHARACTERS
    ? []
    : [problem("pattern", `at most ${String(PATTERN_CHARACTERS)} characters of JSON`, text.length)];
}
