import type { StorageTransferJob } from "@cdktf/provider-google/lib/storage-transfer-job";
import { Construct } from "constructs";
import { having } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { place } from "../../core/placement";
import type { GoogleAlarm } from "../../monitoring/google/alarm";
import type { AzureBucketRef } from "../../storage/references";
import { bucketIdentity, loopProblems } from "../loops";
import type { AzureTransferTrust } from "../references";
import { watchErrors } from "./transfer-alarm";
import {
  gcsTransferProblems,
  openDestination,
  transferJob,
  transferRoute,
  waitForRights,
  type GcsTransferProps,
} from "./transfer-job";
import { TransferMetrics } from "./transfer-metrics";

/** Copies from a container of Azure to Cloud Storage, made by Storage Transfer of Google. */
export interface AzureToGcsTransferProps extends GcsTransferProps {
  /** Any container, own or referred to; its account lets Storage Transfer's addresses in. */
  readonly source: AzureBucketRef;
  /** What opens it: `new GoogleTransferAccess(…)` of Azure. */
  readonly trust: AzureTransferTrust;
}

/**
 * Copies blobs from a container of Azure to a bucket of Cloud Storage, without a key of either cloud: the service agent of
 * Storage Transfer acts as a managed identity with its own token.
 *
 * Each run copies what is new or different; nothing is ever deleted, on either side.
 */
export class AzureToGcsTransfer extends Construct {
  /** `transferJobs/<id>` */
  public readonly jobName: string;
  public readonly metrics: TransferMetrics;
  /** Goes off with the first blob that could not be copied; there is one as soon as there is a route. */
  public readonly errorAlarm?: GoogleAlarm;
  public readonly resource: StorageTransferJob;

  public constructor(scope: Construct, id: string, props: AzureToGcsTransferProps) {
    super(scope, id);
    const problems = [...place(this, "google", props), ...transferProblems(props)];
    assertValid(this, problems.length > 0 ? problems : loopProblems(this, "prefixes", route(props)));
    const { source, destination, trust } = props;
    const { clientId, tenantId } = trust;
    this.resource = transferJob(this, props, {
      source: {
        azureBlobStorageDataSource: {
          storageAccount: source.account.accountName,
          container: source.bucketName,
          federatedIdentityConfig: { clientId, tenantId },
        },
      },
      description: `${this.node.path}: ${source.path} (Azure) to ${destination.path} (Cloud Storage)`,
    });
    openDestination(this.resource, this, destination);
    waitForRights(this.resource, trust);
    this.jobName = this.resource.name;
    this.metrics = new TransferMetrics(this.jobName, props);
    this.errorAlarm = watchErrors(this, this.metrics, props.monitoring);
  }
}

const route = (props: AzureToGcsTransferProps) =>
  transferRoute(bucketIdentity(props.source.path, props.source.containerId), props);

const transferProblems = (props: AzureToGcsTransferProps): readonly string[] => [
  ...having("source", props.source, "containerId", "a container of Azure, own or referred to"),
  ...["clientId", "tenantId"]
    .flatMap((fact) =>
      having(
        "trust",
        props.trust,
        fact,
        "an identity that Google may act as, as GoogleTransferAccess of Azure makes it",
      ),
    )
    .slice(0, 1),
  ...gcsTransferProblems(props, false),
];
