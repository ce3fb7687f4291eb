import { Construct } from "constructs";
import { flag, given, literal, matching, object, wholeNumber } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { place } from "../../core/placement";
import { arnPart } from "../../identity/aws/arn";
import type { AwsBackupVaultRef } from "../references";
import { BackupVaultMetrics } from "./vault-metrics";
import { ForeignVaultPolicy } from "./vault-policy";
import type { RetentionBounds } from "./vault-lock";

/** What has to be known of an existing vault. */
export interface BackupVaultAttributes {
  /** `arn:aws:backup:<region>:<account>:backup-vault:<name>`, literal. */
  readonly vaultArn: string;
  /** Its customer-managed key; copies from another account need one. @default - the account's own aws/backup */
  readonly keyArn?: string;
  /** What its lock demands, so that rules are held against it. @default - no lock */
  readonly retentionBounds?: RetentionBounds;
  /**
   * Says that the owner has let this account copy into it, by its policy and the policy of its key; without it such a
   * copy is an error that shows the statement to add. @default false
   */
  readonly policyAgrees?: boolean;
}

/** A vault that exists and is not ours to change. */
export class ReferredVault extends Construct implements AwsBackupVaultRef {
  public readonly path: string;
  public readonly vaultName: string;
  public readonly vaultArn: string;
  public readonly region: string;
  public readonly accountId: string;
  public readonly keyArn?: string;
  public readonly retentionBounds?: RetentionBounds;
  public readonly metrics: BackupVaultMetrics;
  private readonly policy: ForeignVaultPolicy;

  public constructor(scope: Construct, id: string, attributes: BackupVaultAttributes) {
    super(scope, id);
    assertValid(this, attributeProblems(attributes));
    place(this, "aws", { region: arnPart(attributes.vaultArn, "region") });
    const { vaultArn, keyArn, retentionBounds, policyAgrees = false } = attributes;
    this.path = this.node.path;
    this.vaultArn = vaultArn;
    this.vaultName = vaultArn.split(":").at(-1) ?? "";
    this.region = arnPart(vaultArn, "region");
    this.accountId = arnPart(vaultArn, "account");
    this.keyArn = keyArn;
    this.retentionBounds = retentionBounds;
    this.policy = new ForeignVaultPolicy(this, policyAgrees);
    this.metrics = new BackupVaultMetrics(this.vaultName, { region: this.region });
  }

  public admitCopies(accountId: string): void {
    if (accountId !== this.accountId) this.policy.admitCopies(accountId);
  }

  public shareKeyWith(accountId: string): void {
    if (accountId !== this.accountId) this.policy.shareKeyWith(accountId);
  }
}

const VAULT_ARN = {
  pattern: /^arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[A-Za-z0-9_-]{2,50}$/,
  rule: "the ARN of a vault (arn:aws:backup:<region>:<account>:backup-vault:<name>)",
};
const KEY_ARN = {
  pattern: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/,
  rule: "the ARN of a key (arn:aws:kms:<region>:<account>:key/<id>)",
};

const attributeProblems = (attributes: BackupVaultAttributes): string[] => [
  ...literal("vaultArn", attributes.vaultArn),
  ...matching("vaultArn", attributes.vaultArn, VAULT_ARN.pattern, VAULT_ARN.rule),
  ...given(attributes.keyArn, (arn) => matching("keyArn", arn, KEY_ARN.pattern, KEY_ARN.rule)),
  ...given(attributes.retentionBounds, boundsProblems),
  ...given(attributes.policyAgrees, (value) => flag("policyAgrees", value)),
];

function boundsProblems(bounds: RetentionBounds): readonly string[] {
  const shape = object("retentionBounds", bounds);
  if (shape.length > 0) return shape;
  return (["minimumDays", "maximumDays"] as const).flatMap((name) =>
    given(bounds[name], (days) => [
      ...literal(`retentionBounds.${name}`, days),
      ...wholeNumber(`retentionBounds.${name}`, days, { minimum: 1, unit: "days" }),
    ]),
  );
}
