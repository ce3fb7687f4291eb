export type { GrantName } from "../grant-name";
export type { GooglePermission, GooglePrincipal, IamCondition, IamMember } from "./principal";
export { GoogleService, GoogleServiceAgent } from "./service-agent";
export {
  GoogleServiceAccount,
  type GoogleServiceAccountAttributes,
  type GoogleServiceAccountProps,
} from "./service-account";
