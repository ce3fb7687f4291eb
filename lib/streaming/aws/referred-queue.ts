import { Construct } from "constructs";
import { flag, given, isToken, matching, text } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { arnPart } from "../../identity/aws/arn";
import type { AwsQueueRef } from "../references";
import { encryptionProblems, type QueueEncryption } from "./encryption";
import { AwsQueueGrants } from "./queue-grants";
import { AwsQueueMetrics } from "./queue-metrics";
import { ForeignQueuePolicy, type SendingService } from "./queue-policy";

/** What has to be known of an existing queue. */
export interface AwsQueueAttributes {
  readonly queueArn: string;
  /** A grant includes the key. */
  readonly encryption: QueueEncryption;
  /** @default - `https://sqs.<region>.amazonaws.com/<account>/<name>` */
  readonly queueUrl?: string;
  /**
   * Says that the owner of the queue has added what services and roles of other accounts need; without it such a use is
   * an error that shows the statement to add. @default false
   */
  readonly policyAgrees?: boolean;
}

/** A queue that exists and is not ours to change. */
export class ReferredQueue extends Construct implements AwsQueueRef {
  public readonly path: string;
  public readonly queueName: string;
  public readonly queueArn: string;
  public readonly queueUrl: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn?: string;
  public readonly grants: AwsQueueGrants;
  public readonly metrics: AwsQueueMetrics;
  private readonly policy: ForeignQueuePolicy;

  public constructor(scope: Construct, id: string, attributes: AwsQueueAttributes) {
    super(scope, id);
    assertValid(this, referenceProblems(attributes));
    const { queueArn, encryption, queueUrl, policyAgrees = false } = attributes;
    const account = arnPart(queueArn, "account");
    this.path = this.node.path;
    this.queueName = arnPart(queueArn, "resource");
    this.queueArn = queueArn;
    this.region = arnPart(queueArn, "region");
    this.queueUrl = queueUrl ?? `https://sqs.${this.region}.amazonaws.com/${account}/${this.queueName}`;
    this.accountId = isToken(queueArn) ? undefined : account;
    this.keyArn = encryption.keyArn;
    this.policy = new ForeignQueuePolicy(this, queueArn, policyAgrees);
    this.grants = new AwsQueueGrants(this, this, this.policy, encryption.key);
    this.metrics = new AwsQueueMetrics(this.queueName);
  }

  /** @throws ConstructValidationError with the statement to add, unless the owner has added it (`policyAgrees`) */
  public allowService(sender: SendingService): void {
    this.policy.allowService(sender);
  }
}

const referenceProblems = ({ queueArn, encryption, queueUrl, policyAgrees }: AwsQueueAttributes): string[] => [
  ...matching(
    "queueArn",
    queueArn,
    /^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/,
    "the ARN of a standard queue (arn:aws:sqs:<region>:<account>:<name>)",
  ),
  ...encryptionProblems(encryption),
  ...given(queueUrl, (url) => text("queueUrl", url)),
  ...given(policyAgrees, (value) => flag("policyAgrees", value)),
];
