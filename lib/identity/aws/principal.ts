import type { Grant, Principal } from "../../core/grant";
import type { GrantName } from "../grant-name";
import type { AwsStatement } from "./statement";

export type { GrantName };

/** A role of AWS, own or referred to. */
export interface AwsPrincipal extends Principal<"aws"> {
  /** A reference for an own role, the literal name for one that is referred to. */
  readonly roleName: string;
  /** A reference for an own role: it orders stacks. Where that must not be, {@link literalArn}. */
  readonly roleArn: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
  /** The ARN made of literals, for policies in another account: valid before the role exists, and no reference between stacks. */
  readonly literalArn?: string;
  /** Adds one inline policy below the role, or answers with the one that is there. */
  allow(name: GrantName, statements: readonly AwsStatement[]): Grant;
}
