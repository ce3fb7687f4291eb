import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { Annotations, Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { given, matching, text } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import type { Grantee } from "../../core/grant";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { azurePlace, placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import type { AzurePrincipal } from "../../identity/azure/principal";
import { KeyOfficers } from "./key-officers";
import { VaultNetwork, vaultNetworkProblems } from "./vault-network";

/** A vault for keys: Entra's roles alone decide, nothing is purged, and nobody reaches it from outside. */
export interface AzureKeyVaultProps extends DataRemovalProps, AzurePlacementProps {
  /** @default - derived from the construct path, within 24 characters */
  readonly vaultName?: string;
  /** From where its keys can be reached; whoever deploys them has to. @default VaultNetwork.closed() */
  readonly network?: VaultNetwork;
  /** UUID of the Entra tenant whose identities may use it. @default - the environment's `azure.tenantId` */
  readonly tenantId?: string;
  /** Who deploys: made Key Vault Crypto Officer of the vault before its first key. @default - somebody who is already */
  readonly officer?: Grantee<AzurePrincipal>;
  /** Resource id of the Log Analytics workspace that is told who used which key. @default - nobody is */
  readonly auditWorkspaceId?: string;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The provider's resources of a vault besides itself, each for overrides and moves. */
export interface AzureKeyVaultResources {
  readonly audit?: MonitorDiagnosticSetting;
}

/** A vault as an `AzureKey` is put into it. */
export interface IAzureKeyVault {
  readonly vaultId: string;
  /** Resource id of its resource group. */
  readonly resourceGroupId: string;
  /** Who may deploy its keys. */
  readonly officers: KeyOfficers;
}

const VAULT_NAME: NameRule = {
  rule: "3-24 letters, digits or single hyphens, a letter first and no hyphen last",
  pattern: /^(?!.*--)[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/,
  maximum: 24,
  sharedIn: "azure",
  source: "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault",
};
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Days in which a deleted vault or key can be had back. https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview */
const SOFT_DELETE_DAYS = { longest: 90, shortest: 7 };

/** A vault of Azure for any number of `AzureKey`s. It is never purged: Storage takes no key from a vault that could be. */
export class AzureKeyVault extends Construct implements IAzureKeyVault {
  public readonly vaultId: string;
  public readonly vaultName: string;
  /** Such as `https://acme.vault.azure.net/`. */
  public readonly vaultUri: string;
  public readonly resourceGroupId: string;
  public readonly officers: KeyOfficers;
  public readonly resource: KeyVault;
  public readonly resources: AzureKeyVaultResources;

  public constructor(scope: Construct, id: string, props: AzureKeyVaultProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...vaultProblems(props)]);
    const network = props.network ?? VaultNetwork.closed();
    this.resource = this.create(props, network);
    this.vaultId = this.resource.id;
    this.vaultName = this.resource.name;
    this.vaultUri = this.resource.vaultUri;
    this.resourceGroupId = Token.asString(Fn.element(Fn.split("/providers/", this.vaultId), 0));
    this.officers = new KeyOfficers(this, this.vaultId, props.officer);
    this.resources = props.auditWorkspaceId === undefined ? {} : { audit: this.audit(props.auditWorkspaceId) };
    if (!network.isPublic)
      Annotations.of(this).addInfo(
        "Keys are made through the vault's own address, which is closed: deploy from a network with a private endpoint to it, or say network: VaultNetwork.selected({ ipRanges }).",
      );
  }

  private create(props: AzureKeyVaultProps, network: VaultNetwork): KeyVault {
    const destroys = destroysData(this, props);
    return new KeyVault(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.vaultName ?? physicalName(this, VAULT_NAME),
        ...azurePlace(this, props),
        tenantId: props.tenantId ?? environmentFact(this, "azure.tenantId", ({ azure }) => azure?.tenantId),
        skuName: "standard",
        rbacAuthorizationEnabled: true,
        purgeProtectionEnabled: true,
        softDeleteRetentionDays: destroys ? SOFT_DELETE_DAYS.shortest : SOFT_DELETE_DAYS.longest,
        ...accessRules(network),
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
  }

  private audit(workspaceId: string): MonitorDiagnosticSetting {
    return new MonitorDiagnosticSetting(
      this,
      "Audit",
      placedGlobally(this, {
        name: "audit",
        targetResourceId: this.vaultId,
        logAnalyticsWorkspaceId: workspaceId,
        enabledLog: [{ category: "AuditEvent" }],
      }),
    );
  }
}

const accessRules = ({ isPublic, networks: { ipRanges = [], subnetIds = [] } }: VaultNetwork) => ({
  publicNetworkAccessEnabled: isPublic,
  networkAcls: {
    defaultAction: "Deny",
    bypass: "AzureServices",
    ...(ipRanges.length > 0 && { ipRules: [...ipRanges] }),
    ...(subnetIds.length > 0 && { virtualNetworkSubnetIds: [...subnetIds] }),
  },
});

const vaultProblems = (props: AzureKeyVaultProps): string[] => [
  ...given(props.vaultName, (name) => nameProblems("vaultName", name, VAULT_NAME)),
  ...given(props.network, (network) => vaultNetworkProblems("network", network)),
  ...given(props.tenantId, (tenantId) => matching("tenantId", tenantId, UUID, "a UUID")),
  ...given(props.auditWorkspaceId, (id) => text("auditWorkspaceId", id)),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];
