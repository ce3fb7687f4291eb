import type { IConstruct } from "constructs";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { keyStatements } from "../../encryption/aws/key-use";
import type { AwsKeyRef } from "../../encryption/references";
import { inOtherAccounts } from "../../identity/aws/accounts";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { AwsQueueRef } from "../references";
import type { QueuePolicy } from "./queue-policy";

/** What each verb means for the queue and for its key. */
interface Verb {
  readonly name: string;
  readonly queue: readonly string[];
  readonly key: readonly string[];
}

// a sender also decrypts: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
const SEND: Verb = { name: "send", queue: ["sqs:SendMessage"], key: ["kms:GenerateDataKey", "kms:Decrypt"] };
const CONSUME: Verb = {
  name: "consume",
  queue: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
  key: ["kms:Decrypt"],
};
const PURGE: Verb = { name: "purge", queue: ["sqs:PurgeQueue"], key: [] };

/** Who may do what with the messages of a queue, its key included. */
export class AwsQueueGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly queue: AwsQueueRef,
    private readonly policy: QueuePolicy,
    private readonly key: AwsKeyRef | undefined,
  ) {}

  /** Send messages; no receive. */
  public send(grantee: Grantee<AwsPrincipal>): Grant {
    return this.give(SEND, grantee);
  }

  /** Receive messages and delete them, one by one: what an event source mapping needs. */
  public consume(grantee: Grantee<AwsPrincipal>): Grant {
    return this.give(CONSUME, grantee);
  }

  /** Throw all messages away at once. */
  public purge(grantee: Grantee<AwsPrincipal>): Grant {
    return this.give(PURGE, grantee);
  }

  private give({ name, queue, key }: Verb, grantee: Grantee<AwsPrincipal>): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    if (inOtherAccounts(this.queue, principal)) this.policy.admit(name, principal, queue);
    return principal.allow({ verb: name, target: this.queue.path }, [
      { actions: queue, resources: [this.queue.queueArn] },
      ...keyStatements(this.key, principal, { actions: key, viaService: "sqs" }, this.queue.region),
    ]);
  }
}
