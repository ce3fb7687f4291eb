export type { GrantName } from "../grant-name";
export { AzureFederatedCredential, type AzureFederatedCredentialProps } from "./federated-credential";
export {
  AzureManagedIdentity,
  type AzureManagedIdentityAttributes,
  type AzureManagedIdentityProps,
} from "./managed-identity";
export type { AzurePlace, AzurePlacementProps } from "./placement";
export type { AzurePermission, AzurePrincipal } from "./principal";
export type { AzureRole, BuiltInRole, CustomRole } from "./role";
