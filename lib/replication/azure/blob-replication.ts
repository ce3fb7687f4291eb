import { StorageObjectReplication } from "@cdktf/provider-azurerm/lib/storage-object-replication";
import { Construct } from "constructs";
import { problem } from "../../core/checks";
import { claim } from "../../core/claim";
import { assertValid, ConstructValidationError } from "../../core/errors";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import type { AzureStorageAccountRef } from "../../storage/references";
import { bucketIdentity, CopyEngine, loopProblems } from "../loops";
import { copiedPrefixes } from "../prefixes";
import { copiesProblems, isOwn, type BlobCopy } from "./blob-copy";
import { CopiedSince } from "./copied-since";

/** Copies of block blobs into another account, made by Azure itself. */
export interface BlobReplicationProps extends PlacementProps {
  /** Containers of one account and where they go in another one; the order changes nothing. */
  readonly copies: readonly BlobCopy[];
}

/** https://learn.microsoft.com/azure/storage/blobs/object-replication-overview#replication-policies */
const MOST_PARTNERS = 2;

/**
 * Replicates containers of one storage account to another one, in the same or another region and subscription, never in
 * another tenant. Versions and the change feed that it takes are switched on in own accounts.
 */
export class BlobReplication extends Construct {
  /** The provider's class, for overrides and moves. */
  public readonly resource: StorageObjectReplication;

  public constructor(scope: Construct, id: string, props: BlobReplicationProps) {
    super(scope, id);
    const problems = [...place(this, "azure", props), ...copiesProblems(props.copies)];
    assertValid(this, problems);
    assertValid(this, this.loops(props));
    const [{ from, to }] = props.copies as readonly [BlobCopy, ...BlobCopy[]];
    const [source, destination] = [from.account, to.account];
    claim(this, StorageObjectReplication.tfResourceType, `${source.path} to ${destination.path}`);
    this.switchOn(source, destination);
    this.resource = new StorageObjectReplication(
      this,
      "Resource",
      placedGlobally(this, {
        sourceStorageAccountId: source.accountId,
        destinationStorageAccountId: destination.accountId,
        rules: props.copies.map(replicationRule),
      }),
    );
  }

  private loops({ copies }: BlobReplicationProps): readonly string[] {
    return copies.flatMap((copy, index) =>
      loopProblems(this, `copies[${String(index)}]`, {
        from: bucketIdentity(copy.from.path, copy.from.containerId),
        to: bucketIdentity(copy.to.path, copy.to.containerId),
        prefixes: copiedPrefixes(copy),
        engine: CopyEngine.JOB,
      }),
    );
  }

  /** An account replicates to two others at most, and from two. */
  private switchOn(source: AzureStorageAccountRef, destination: AzureStorageAccountRef): void {
    const most = Math.max(
      isOwn(source) ? source.blobService.replicates("to", destination.path) : 0,
      isOwn(destination) ? destination.blobService.replicates("from", source.path) : 0,
    );
    if (most > MOST_PARTNERS)
      throw new ConstructValidationError(this.node.path, [
        problem("copies", `between accounts that replicate to and from ${String(MOST_PARTNERS)} others at most`, most),
      ]);
    if (isOwn(source)) source.blobService.recordChanges();
  }
}

/** The provider calls what is copied `filter_out_blobs_with_prefix`, and hands it on as the prefixes to match. */
const replicationRule = ({ from, to, prefixes, since = CopiedSince.now() }: BlobCopy) => ({
  sourceContainerName: from.bucketName,
  destinationContainerName: to.bucketName,
  copyBlobsCreatedAfter: since.created,
  ...(prefixes !== undefined && { filterOutBlobsWithPrefix: [...prefixes].sort() }),
});
