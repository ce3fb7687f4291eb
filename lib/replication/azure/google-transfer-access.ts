import { Construct } from "constructs";
import { given, having } from "../../core/checks";
import { assertValid } from "../../core/errors";
import type { Grant } from "../../core/grant";
import { tagProblems, type Tags } from "../../core/tags";
import { AzureFederatedCredential } from "../../identity/azure/federated-credential";
import { AzureManagedIdentity } from "../../identity/azure/managed-identity";
import { placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import { GOOGLE_ISSUER, subjectProblems } from "../../identity/web-identity";
import type { IAzureBucket } from "../../storage/azure/bucket";
import type { AzureTransferTrust } from "../references";

/** A container of Azure, opened to Storage Transfer of Google. */
export interface GoogleTransferAccessProps extends AzurePlacementProps {
  /** Any container, own or referred to; its account lets Storage Transfer's addresses in. */
  readonly source: IAzureBucket;
  /**
   * The number of the service agent of Storage Transfer in the project that copies: `subjectId` of the data source
   * `google_storage_transfer_project_service_account`, or of the API's `googleServiceAccounts.get`.
   */
  readonly subjectId: string;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/**
 * Lets Storage Transfer of Google read a container of Azure without a key: a managed identity that its service agent acts
 * as with its own token, and nobody else. The other side is `AzureToGcsTransfer` with this as its `trust`.
 */
export class GoogleTransferAccess extends Construct implements AzureTransferTrust {
  public readonly clientId: string;
  public readonly tenantId: string;
  public readonly rights: readonly Grant[];
  public readonly identity: AzureManagedIdentity;
  public readonly credential: AzureFederatedCredential;

  public constructor(scope: Construct, id: string, props: GoogleTransferAccessProps) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...accessProblems(props)]);
    const { source, subjectId, tags, resourceGroupName, location, provider } = props;
    this.identity = new AzureManagedIdentity(this, "Identity", { tags, resourceGroupName, location, provider });
    this.credential = new AzureFederatedCredential(this, "Credential", {
      identity: this.identity,
      issuer: GOOGLE_ISSUER,
      subject: subjectId,
      provider,
    });
    this.clientId = this.identity.clientId;
    this.tenantId = this.identity.tenantId;
    // the whole container: Storage Transfer does not say which prefix it lists with
    this.rights = [source.grants.read(this.identity), this.credential];
  }
}

const accessProblems = (props: GoogleTransferAccessProps): readonly string[] => [
  ...["containerId", "grants"]
    .flatMap((fact) => having("source", props.source, fact, "a container of Azure"))
    .slice(0, 1),
  ...subjectProblems("subjectId", props.subjectId),
  ...given(props.tags, (tags) => tagProblems("tags", tags)),
];
