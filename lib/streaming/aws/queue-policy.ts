import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Lazy } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isToken, literal, matching, problem, text } from "../../core/checks";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { placed } from "../../core/placement";
import { waitForKey } from "../../encryption/aws/key-use";
import type { AwsKeyRef } from "../../encryption/references";
import { arnPart } from "../../identity/aws/arn";
import type { AwsPrincipal } from "../../identity/aws/principal";

/** A service that sends to a queue on behalf of a resource. */
export interface SendingService {
  /** Tells the statement from others: letters and digits. */
  readonly sid: string;
  /** Such as `events.amazonaws.com`. */
  readonly service: string;
  /** ARN of the rule, bucket or topic that it sends for, or a pattern of it. */
  readonly sourceArn: string;
  /** The account of that resource. @default - the queue's own for S3, whose ARNs hold none; else that of `sourceArn` */
  readonly sourceAccount?: string;
}

/** Where permissions of services and of roles of other accounts go: the queue has to agree to them. */
export interface QueuePolicy {
  allowService(sender: SendingService): void;
  admit(verb: string, principal: AwsPrincipal, actions: readonly string[]): void;
}

/** A statement as it stands in the document. */
type Rendered = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
const STATEMENTS_MAXIMUM = 20;

/** What a service does with the key of a queue it sends to. */
const SEND_KEY_ACTIONS = ["kms:Decrypt", "kms:GenerateDataKey"];

/** What of a queue its policy is about. */
interface OwnedQueue {
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly key?: AwsKeyRef;
}

/** The one policy of an own queue: TLS only, and what services and roles of other accounts were allowed. */
export class OwnedQueuePolicy implements QueuePolicy {
  public readonly resource: SqsQueuePolicy;
  private readonly statements = new Map<string, Rendered>();

  public constructor(
    private readonly construct: Construct,
    private readonly queue: OwnedQueue,
  ) {
    claim(construct, SqsQueuePolicy.tfResourceType, construct.node.path);
    const { queueArn, queueUrl } = queue;
    const policy = Lazy.stringValue({ produce: () => this.render(queueArn) });
    this.resource = new SqsQueuePolicy(construct, "Policy", placed(construct, { queueUrl, policy }));
    construct.node.addValidation({ validate: () => this.sizeProblems() });
  }

  /** @throws ConstructValidationError when the sid says something else already */
  public allowService(sender: SendingService): void {
    const statement = serviceStatement(this.construct, this.queue.queueArn, sender);
    const known = this.statements.get(sender.sid);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(statement))
      throw new ConstructValidationError(this.construct.node.path, [
        problem("sid", "one of its own for each sender", sender.sid),
      ]);
    this.statements.set(sender.sid, statement);
    this.admitToKey(sender);
  }

  public admit(verb: string, principal: AwsPrincipal, actions: readonly string[]): void {
    const statement = roleStatement(this.construct, this.queue.queueArn, principal, actions);
    this.statements.set(`${String(principal.literalArn)}|${verb}`, statement);
  }

  private admitToKey({ service, sourceAccount }: SendingService): void {
    const literalAccount = sourceAccount !== undefined && !isToken(sourceAccount) && { sourceAccount };
    const keyPolicy = this.queue.key?.allowService?.({ service, actions: SEND_KEY_ACTIONS, ...literalAccount });
    // who waits for this policy then waits for the key as well
    waitForKey(this.resource, keyPolicy);
  }

  private render(queueArn: string): string {
    const allowed = [...this.statements].sort(([one], [other]) => (one < other ? -1 : 1));
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [transportRule(queueArn), ...allowed.map(([, statement]) => statement)],
    });
  }

  private sizeProblems(): string[] {
    const count = this.statements.size + 1;
    return count <= STATEMENTS_MAXIMUM
      ? []
      : [
          `the policy of the queue must have at most ${String(STATEMENTS_MAXIMUM)} statements, got ${String(count)}; send through fewer rules or to a second queue`,
        ];
  }
}

/** The policy of a queue that somebody else owns is never written: the error shows the statement to add there. */
export class ForeignQueuePolicy implements QueuePolicy {
  public constructor(
    private readonly construct: IConstruct,
    private readonly queueArn: string,
    private readonly agreed: boolean,
  ) {}

  public allowService(sender: SendingService): void {
    this.refuse(`the sender ${sender.service}`, serviceStatement(this.construct, this.queueArn, sender));
  }

  public admit(_verb: string, principal: AwsPrincipal, actions: readonly string[]): void {
    const statement = roleStatement(this.construct, this.queueArn, principal, actions);
    this.refuse(`a grant to ${String(principal.literalArn)} of another account`, statement);
  }

  private refuse(got: string, statement: Rendered): void {
    if (this.agreed) return;
    throw new ConstructValidationError(this.construct.node.path, [
      `the policy of the queue must be changed by its owner, because the queue is only referred to here, got ${got}; the owner adds ${JSON.stringify(statement)}, and policyAgrees: true says here that it is done`,
    ]);
  }
}

function serviceStatement(construct: IConstruct, queueArn: string, sender: SendingService): Rendered {
  const problems = senderProblems(sender);
  if (problems.length > 0) throw new ConstructValidationError(construct.node.path, problems);
  const { sid, service, sourceArn } = sender;
  const ownAccount = service === "s3.amazonaws.com" ? arnPart(queueArn, "account") : undefined;
  const sourceAccount = sender.sourceAccount ?? ownAccount;
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: {
      ArnLike: { "aws:SourceArn": sourceArn },
      ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
    },
  };
}

const senderProblems = ({ sid, service, sourceArn, sourceAccount }: SendingService): string[] => [
  ...literal("sid", sid),
  ...matching("sid", sid, /^(?!DenyInsecureTransport$)[A-Za-z0-9]{1,64}$/, "1-64 letters or digits"),
  ...literal("service", service),
  ...matching("service", service, /^[a-z0-9.-]+\.amazonaws\.com$/, "a service such as events.amazonaws.com"),
  ...matching("sourceArn", sourceArn, /^arn:aws[a-z-]*:[a-z0-9-]+:.+$/, "the ARN of what the service sends for"),
  ...(sourceAccount === undefined ? [] : text("sourceAccount", sourceAccount)),
];

/** Names the account and holds it to the role, so that it is valid before the role exists and refers to no other stack. */
function roleStatement(
  construct: IConstruct,
  queueArn: string,
  { literalArn, accountId }: AwsPrincipal,
  actions: readonly string[],
): Rendered {
  if (literalArn === undefined || accountId === undefined)
    throw new ConstructValidationError(construct.node.path, [
      "grantee must be a role whose account is declared (environment.aws.accountId), because it is of another account, got one without",
    ]);
  return {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: actions,
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:PrincipalArn": literalArn } },
  };
}

const transportRule = (queueArn: string): Rendered => ({
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: { AWS: "*" },
  Action: "sqs:*",
  Resource: queueArn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
