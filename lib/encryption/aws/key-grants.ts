import type { IConstruct } from "constructs";
import { given, literal, matching } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { arnPart } from "../../identity/aws/arn";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { AwsKeyRef, AwsKeyUse } from "../references";
import { keyStatements } from "./key-use";

/** How a grant on a key is limited. */
export interface KeyGrantOptions {
  /** Short name of the only service through which the key may be used: `s3`, `sqs`. @default - any way, directly too */
  readonly viaService?: string;
}

const ENCRYPT = ["kms:Encrypt", "kms:GenerateDataKey"];
const DECRYPT = ["kms:Decrypt"];

/** Who may use a key; what the key encrypts has grants of its own, which include it. */
export class AwsKeyGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly key: AwsKeyRef,
  ) {}

  /** Encrypt, and make data keys. */
  public encrypt(grantee: Grantee<AwsPrincipal>, options: KeyGrantOptions = {}): Grant {
    return this.give("encrypt", ENCRYPT, grantee, options);
  }

  /** Decrypt, data keys included. */
  public decrypt(grantee: Grantee<AwsPrincipal>, options: KeyGrantOptions = {}): Grant {
    return this.give("decrypt", DECRYPT, grantee, options);
  }

  /** Both. */
  public encryptDecrypt(grantee: Grantee<AwsPrincipal>, options: KeyGrantOptions = {}): Grant {
    return this.give("encryptDecrypt", [...ENCRYPT, ...DECRYPT], grantee, options);
  }

  private give(
    verb: string,
    actions: readonly string[],
    grantee: Grantee<AwsPrincipal>,
    { viaService }: KeyGrantOptions,
  ): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    const problems = given(viaService, viaServiceProblems);
    if (problems.length > 0) throw new ConstructValidationError(this.construct.node.path, problems);
    const use: AwsKeyUse = { actions, ...(viaService !== undefined && { viaService }) };
    return principal.allow(
      { verb, target: this.construct.node.path, ...(viaService !== undefined && { part: viaService }) },
      keyStatements(this.key, principal, use, arnPart(this.key.keyArn, "region")),
    );
  }
}

const viaServiceProblems = (viaService: string): readonly string[] => [
  ...literal("viaService", viaService),
  ...matching("viaService", viaService, /^[a-z0-9-]+$/, "the short name of a service, such as s3"),
];
