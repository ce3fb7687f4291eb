import { isToken } from "../../core/checks";
import type { AwsKeyRef } from "../../encryption/references";
import type { InAccount } from "../../identity/aws/accounts";
import type { BucketPolicy } from "./bucket-policy";
import { sourceAccountOf, type WriterPolicies, type WritingService } from "./service-access";

/** What S3 does with a key for a service that writes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html */
const WRITE_KEY_ACTIONS = ["kms:GenerateDataKey"];

/** Has the policies of a bucket and of its key agree to a service that writes into it. */
export function admitWriter(
  { accountId }: InAccount,
  policy: BucketPolicy,
  key: AwsKeyRef | undefined,
  writer: WritingService,
): WriterPolicies {
  const sourceAccount = sourceAccountOf(writer, accountId);
  const ofBucket = policy.allowService({ ...writer, sourceAccount });
  const literalAccount = sourceAccount !== undefined && !isToken(sourceAccount) && { sourceAccount };
  const ofKey = key?.allowService?.({ service: writer.service, actions: WRITE_KEY_ACTIONS, ...literalAccount });
  return [ofBucket, ofKey].filter((one) => one !== undefined);
}
