export { AzureKey, type AzureKeyProps, type IAzureKey } from "./key";
export type { AzureKeyGrants } from "./key-grants";
export type { KeyOfficers } from "./key-officers";
export type { AzureKeyAttributes } from "./referred-key";
export { AzureKeyVault, type AzureKeyVaultProps, type AzureKeyVaultResources, type IAzureKeyVault } from "./vault";
export { VaultNetwork, type VaultNetworks } from "./vault-network";
