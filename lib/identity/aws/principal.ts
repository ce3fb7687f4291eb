import type { Grant, Principal } from "../../core/grant";
import type { AwsStatement } from "./statement";

/** What tells one grant from another; its construct id follows from it, so repeating a grant changes nothing. */
export interface GrantName {
  /** `read`, `write`, `consume`. */
  readonly verb: string;
  /** Construct path of what is granted on. */
  readonly target: string;
  /** The part of it, such as a key prefix. @default - the whole */
  readonly part?: string;
}

/** A role of AWS, own or referred to. */
export interface AwsPrincipal extends Principal<"aws"> {
  readonly roleName: string;
  readonly roleArn: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
  /** The ARN made of literals, for policies in another account: valid before the role exists, and no reference between stacks. */
  readonly literalArn?: string;
  /** Adds one inline policy below the role, or answers with the one that is there. */
  allow(name: GrantName, statements: readonly AwsStatement[]): Grant;
}
