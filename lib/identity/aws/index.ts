export type { AwsPrincipal, GrantName } from "./principal";
export { AwsRole, type AwsRoleAttributes, type AwsRoleProps } from "./role";
export type { AwsStatement, Condition } from "./statement";
export { trustService, type ServiceTrustScope, type Trust } from "./trust";
