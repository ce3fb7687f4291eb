import { Construct } from "constructs";
import { flag, isToken, matching } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { inOtherAccounts } from "../../identity/aws/accounts";
import { arnPart } from "../../identity/aws/arn";
import type { AwsKeyPolicyRef, AwsKeyRef, AwsKeyUse, AwsKeyUser, AwsServiceKeyUse } from "../references";
import { AwsKeyGrants } from "./key-grants";
import { ForeignKeyPolicy } from "./key-policy";

/** What has to be known of an existing key. */
export interface AwsKeyAttributes {
  /** ARN of the key itself: IAM takes no alias. */
  readonly keyArn: string;
  /**
   * Says that the owner of the key has added what roles of other accounts and services need; without it such a use is
   * an error that shows the statement to add. @default false
   */
  readonly policyAgrees?: boolean;
}

/** A key that exists and is not ours to change. */
export class ReferredKey extends Construct implements AwsKeyRef {
  public readonly keyArn: string;
  public readonly accountId?: string;
  public readonly grants: AwsKeyGrants;
  private readonly policy: ForeignKeyPolicy;

  public constructor(scope: Construct, id: string, { keyArn, policyAgrees = false }: AwsKeyAttributes) {
    super(scope, id);
    assertValid(this, [...keyArnProblems(keyArn), ...flag("policyAgrees", policyAgrees)]);
    this.keyArn = keyArn;
    this.accountId = isToken(keyArn) ? undefined : arnPart(keyArn, "account");
    const standing = { region: arnPart(keyArn, "region"), accountId: arnPart(keyArn, "account") };
    this.policy = new ForeignKeyPolicy(this, standing, policyAgrees);
    this.grants = new AwsKeyGrants(this, this);
  }

  public admit(role: AwsKeyUser, use: AwsKeyUse): void {
    if (inOtherAccounts(this, role)) this.policy.admit(role, use);
  }

  public allowService(use: AwsServiceKeyUse): AwsKeyPolicyRef | undefined {
    return this.policy.allowService(use);
  }

  public allowLogGroup(logGroupName: string): AwsKeyPolicyRef | undefined {
    return this.policy.allowLogGroup(logGroupName);
  }
}

const keyArnProblems = (keyArn: string): string[] =>
  matching(
    "keyArn",
    keyArn,
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
    "the ARN of a key (arn:aws:kms:<region>:<account>:key/<id>), not of an alias",
  );
