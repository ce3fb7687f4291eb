import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { Construct } from "constructs";
import { given, matching, wholeNumber } from "../../core/checks";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { inOtherAccounts } from "../../identity/aws/accounts";
import { arnPart, standing } from "../../identity/aws/arn";
import type { AwsKeyPolicyRef, AwsKeyRef, AwsKeyUse, AwsKeyUser, AwsServiceKeyUse } from "../references";
import { AwsKeyGrants } from "./key-grants";
import { OwnedKeyPolicy } from "./key-policy";
import { ReferredKey, type AwsKeyAttributes } from "./referred-key";

/** A symmetric key of KMS: rotated, kept, used by nobody who was not granted it. */
export interface AwsKeyProps extends DataRemovalProps, AwsPlacementProps {
  /** What it encrypts, for people. @default - none */
  readonly description?: string;
  /** Alias without `alias/`. @default - derived from the construct path */
  readonly aliasName?: string;
  /** Days from one rotation to the next, 90 to 2,560. @default 365 */
  readonly rotationDays?: number;
  /** Days that remain to call a deletion off, 7 to 30. @default 30, or 7 where data may be removed */
  readonly deletionWindowDays?: number;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A key of KMS, own or referred to. */
export interface IAwsKey extends Required<AwsKeyRef> {
  readonly grants: AwsKeyGrants;
}

/** The provider's resources of a key, each for overrides and moves. */
export interface AwsKeyResources {
  readonly alias: KmsAlias;
  readonly policy: KmsKeyPolicy;
}

const ALIAS_NAME: NameRule = {
  rule: "1-250 letters, digits or any of /_-, without alias/ and not starting with aws/",
  pattern: /^(?!alias\/)(?!aws\/)[A-Za-z0-9/_-]{1,250}$/,
  maximum: 250,
  source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
const ROTATION = { minimum: 90, maximum: 2560, unit: "days" };
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
const DELETION_WINDOW = { minimum: 7, maximum: 30, unit: "days" };
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
const DESCRIPTION_MAXIMUM = 8192;

/** A customer-managed key of KMS with its alias and its one policy. */
export class AwsKey extends Construct implements IAwsKey {
  /** Refers to a key that exists; its policy is never written. */
  public static fromKeyAttributes(scope: Construct, id: string, attributes: AwsKeyAttributes): IAwsKey {
    return new ReferredKey(scope, id, attributes);
  }

  public readonly keyArn: string;
  public readonly keyId: string;
  /** `alias/…` */
  public readonly aliasName: string;
  /** The account, where it is known as a literal. */
  public readonly accountId?: string;
  public readonly grants: AwsKeyGrants;
  public readonly resource: KmsKey;
  public readonly resources: AwsKeyResources;
  private readonly policy: OwnedKeyPolicy;

  public constructor(scope: Construct, id: string, props: AwsKeyProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...keyProblems(props)]);
    this.resource = this.createKey(props);
    this.keyArn = this.resource.arn;
    this.keyId = this.resource.keyId;
    this.accountId = standing(this, props, this.keyArn).accountId;
    const alias = this.nameKey(props.aliasName ?? physicalName(this, ALIAS_NAME));
    this.aliasName = alias.name;
    this.policy = new OwnedKeyPolicy(this, this.keyId, {
      region: arnPart(this.keyArn, "region"),
      accountId: arnPart(this.keyArn, "account"),
    });
    this.resources = { alias, policy: this.policy.resource };
    this.grants = new AwsKeyGrants(this, this);
  }

  public admit(role: AwsKeyUser, use: AwsKeyUse): void {
    if (inOtherAccounts(this, role)) this.policy.admit(role, use);
  }

  public allowService(use: AwsServiceKeyUse): AwsKeyPolicyRef {
    return this.policy.allowService(use);
  }

  public allowLogGroup(logGroupName: string): AwsKeyPolicyRef {
    return this.policy.allowLogGroup(logGroupName);
  }

  private createKey(props: AwsKeyProps): KmsKey {
    const destroys = destroysData(this, props);
    return new KmsKey(
      this,
      "Resource",
      placed(this, {
        description: props.description,
        enableKeyRotation: true,
        rotationPeriodInDays: props.rotationDays ?? 365,
        deletionWindowInDays:
          props.deletionWindowDays ?? (destroys ? DELETION_WINDOW.minimum : DELETION_WINDOW.maximum),
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
  }

  private nameKey(aliasName: string): KmsAlias {
    return new KmsAlias(this, "Alias", placed(this, { name: `alias/${aliasName}`, targetKeyId: this.keyId }));
  }
}

const keyProblems = (props: AwsKeyProps): string[] => [
  ...given(props.description, (description) =>
    matching(
      "description",
      description,
      new RegExp(`^[^]{0,${String(DESCRIPTION_MAXIMUM)}}$`),
      `a text of at most ${String(DESCRIPTION_MAXIMUM)} characters`,
    ),
  ),
  ...given(props.aliasName, (name) => nameProblems("aliasName", name, ALIAS_NAME)),
  ...given(props.rotationDays, (days) => wholeNumber("rotationDays", days, ROTATION)),
  ...given(props.deletionWindowDays, (days) => wholeNumber("deletionWindowDays", days, DELETION_WINDOW)),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];
