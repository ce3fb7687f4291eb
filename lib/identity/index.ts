export type { Dependent, Grant, Grantee, Principal } from "../core/grant";
