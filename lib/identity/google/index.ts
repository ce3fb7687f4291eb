export type { GrantName } from "../grant-name";
export type { GooglePermission, GooglePrincipal, IamCondition, IamMember } from "./principal";
export {
  GoogleServiceAccount,
  type GoogleServiceAccountAttributes,
  type GoogleServiceAccountProps,
} from "./service-account";
