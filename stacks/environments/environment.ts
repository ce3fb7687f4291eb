import type { Environment } from "../../lib/core/environment";
import type { Cloud } from "../../lib/core/placement";
import type { RetrainingBatching } from "../../lib/functions/aws/retraining-props";
import type { StartWhen } from "../../lib/functions/retraining";
import type { AccountReplication } from "../../lib/storage/azure/replication";

/** Where Terraform keeps the state of a stack. */
export type StateBackend =
  { readonly kind: "file" } | { readonly kind: "s3"; readonly bucket: string; readonly region: string };

/** An environment of the reference platform: what the library asks for, and what these stacks decide by it. */
export interface PlatformEnvironment extends Environment {
  /** First part of every global name. */
  readonly organisation: string;
  /** Clouds that the lake stands on. */
  readonly clouds: readonly Cloud[];
  readonly backend: StateBackend;
  /** Region of the lake's second copy on AWS; without it the copy stands in the first region. */
  readonly replicaRegion?: string;
  /** Copies of the lake on Azure: one place where it can be made again, a second region where it cannot. */
  readonly accountReplication: AccountReplication;
  /** Backups of what cannot be made again, beside versions and the second copy. */
  readonly backups: "none" | "nightly";
  /** Whether data on AWS is encrypted with keys of our own, one a data domain. */
  readonly customerManagedKeys: boolean;
  /** Days that logs are kept. */
  readonly logRetentionDays: number;
  /** The topic of the people on call, who read every alarm. */
  readonly onCallTopicArn: string;
  /** How soon new data becomes a training job. @default - the trigger's own pace */
  readonly retraining?: { readonly startWhen: StartWhen; readonly batching: RetrainingBatching };
  /** Whether the AWS provider speaks to the local cloud. */
  readonly emulated: boolean;
}
