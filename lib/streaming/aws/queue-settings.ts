import type { SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import type { Construct } from "constructs";
import { destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { tagsFor } from "../../core/tagging";
import type { Tags } from "../../core/tags";
import type { QueueEncryption } from "./encryption";

/** What every queue has: how it is asked, encrypted, kept and tagged. */
export type QueueSettings = Partial<SqsQueueConfig>;

/** The longest poll: fewer empty answers, and every server of SQS is asked. */
const LONG_POLL_SECONDS = 20;

/** What a queue was given of it. */
interface QueueChoices extends DataRemovalProps {
  readonly encryption?: QueueEncryption;
  readonly tags?: Tags;
}

/** The settings of a queue, with dead letters or of dead letters. */
export function queueSettings(scope: Construct, props: QueueChoices): QueueSettings {
  const keyArn = props.encryption?.keyArn;
  return {
    receiveWaitTimeSeconds: LONG_POLL_SECONDS,
    ...(keyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: keyArn }),
    ...keptUnless(destroysData(scope, props)),
    ...tagsFor(scope, props.tags),
  };
}
