import { DataProtectionBackupVault as BackupVault } from "@cdktf/provider-azurerm/lib/data-protection-backup-vault";
import { Construct, type IConstruct } from "constructs";
import { given, oneOf, problem, wholeNumber } from "../../core/checks";
import {
  DataRemoval,
  dataRemovalProblems,
  destroysData,
  keptUnless,
  type DataRemovalProps,
} from "../../core/data-removal";
import { environmentOf } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { azurePlace, placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import { BackupRedundancy, VaultImmutability } from "./vault-protection";

/** A vault of Azure Backup: in two regions, immutable, kept. */
export interface AzureBackupVaultProps extends DataRemovalProps, AzurePlacementProps {
  /** @default - derived from the construct path */
  readonly vaultName?: string;
  /** A change makes a new vault. @default BackupRedundancy.GEO */
  readonly redundancy?: BackupRedundancy;
  /** @default VaultImmutability.UNLOCKED, or OFF where both removal keys are turned */
  readonly immutability?: VaultImmutability;
  /** Days in which a deleted backup can be had back, 14 to 180. @default 14 */
  readonly softDeleteDays?: number;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

const VAULT_NAME: NameRule = {
  rule: "2-50 letters, digits or hyphens, a letter first",
  pattern: /^[A-Za-z][A-Za-z0-9-]{1,49}$/,
  maximum: 50,
  source: "https://learn.microsoft.com/azure/backup/create-manage-backup-vault",
};
/** https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about */
const SOFT_DELETE_DAYS = { minimum: 14, maximum: 180, unit: "days" };

/** A vault of Azure Backup with an identity of its own, which is granted what each backup needs. */
export class AzureBackupVault extends Construct {
  public readonly path: string;
  public readonly vaultId: string;
  public readonly vaultName: string;
  /** Object id of its managed identity. */
  public readonly principalId: string;
  public readonly resource: BackupVault;

  public constructor(scope: Construct, id: string, props: AzureBackupVaultProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...vaultProblems(this, props)]);
    const destroys = destroysData(this, props);
    const redundancy = props.redundancy ?? BackupRedundancy.GEO;
    this.resource = new BackupVault(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.vaultName ?? physicalName(this, VAULT_NAME),
        ...azurePlace(this, props),
        datastoreType: "VaultStore",
        redundancy,
        ...(redundancy === BackupRedundancy.GEO && { crossRegionRestoreEnabled: true }),
        ...protection(props, destroys),
        identity: { type: "SystemAssigned" },
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
    this.path = this.node.path;
    this.vaultId = this.resource.id;
    this.vaultName = this.resource.name;
    this.principalId = this.resource.identity.principalId;
  }
}

/** What is locked for good is purged never; what may be removed would otherwise stay for two weeks. */
const protection = ({ immutability, softDeleteDays }: AzureBackupVaultProps, destroys: boolean) =>
  destroys
    ? { immutability: immutability ?? VaultImmutability.OFF, softDelete: "Off" }
    : {
        immutability: immutability ?? VaultImmutability.UNLOCKED,
        softDelete: immutability === VaultImmutability.LOCKED ? "AlwaysOn" : "On",
        retentionDurationInDays: softDeleteDays ?? SOFT_DELETE_DAYS.minimum,
      };

const vaultProblems = (scope: IConstruct, props: AzureBackupVaultProps): string[] => [
  ...given(props.vaultName, (name) => nameProblems("vaultName", name, VAULT_NAME)),
  ...given(props.redundancy, (value) => oneOf("redundancy", value, Object.values(BackupRedundancy))),
  ...given(props.immutability, (value) => oneOf("immutability", value, Object.values(VaultImmutability))),
  ...lockProblems(scope, props),
  ...given(props.softDeleteDays, (days) => wholeNumber("softDeleteDays", days, SOFT_DELETE_DAYS)),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

/** What nobody can remove would stay, and be billed, after everything around it has gone. */
function lockProblems(scope: IConstruct, { immutability, dataRemoval }: AzureBackupVaultProps): string[] {
  const removable = dataRemoval === DataRemoval.DESTROY || environmentOf(scope)?.dataRemoval === "allowed";
  if (immutability !== VaultImmutability.LOCKED || !removable) return [];
  return [
    problem("immutability", "UNLOCKED or OFF where data may be removed, because LOCKED is for ever", immutability),
  ];
}
