export type { GrantName } from "../grant-name";
export type { AwsPrincipal } from "./principal";
export { AwsRole, type AwsRoleAttributes, type AwsRoleProps } from "./role";
export type { AwsStatement, Condition } from "./statement";
export { trustGoogle, trustService, type ServiceTrustScope, type Trust } from "./trust";
