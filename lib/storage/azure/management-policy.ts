import {
  StorageManagementPolicy,
  type StorageManagementPolicyRule,
} from "@cdktf/provider-azurerm/lib/storage-management-policy";
import { Annotations, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { isToken, problem } from "../../core/checks";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { stableHash } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import type { BucketProps } from "../bucket";
import { housekeeping, MOST_POLICY_RULES, userRules, versionRules, type PolicyTarget } from "./lifecycle";
import { snapshotRules, type BlobSnapshots } from "./snapshots";

/** What a bucket asks of the policy of its account. */
export interface PolicyProps extends BucketProps {
  /** @default - they stay as they are */
  readonly snapshots?: BlobSnapshots;
}

/** Where the lifecycle of the buckets of an account goes: an account has one policy for all of them. */
export interface ManagementPolicy {
  /** Adds the rules of a bucket. */
  add(bucket: IConstruct, containerName: string, props: PolicyProps): void;
}

/** The policy of an own account, made with its first bucket: Azure takes none without a rule. */
export class OwnedManagementPolicy implements ManagementPolicy {
  public resource?: StorageManagementPolicy;
  private readonly rules: StorageManagementPolicyRule[] = [];

  public constructor(
    private readonly account: Construct,
    private readonly accountId: string,
    private readonly versioned: boolean,
  ) {
    claim(account, StorageManagementPolicy.tfResourceType, account.node.path);
  }

  /**
   * The rules name the container by a literal and make no reference, so a bucket of another stack can have some too.
   *
   * @throws ConstructValidationError when the policy is full, or another stack's container has a name that is not literal
   */
  public add(bucket: IConstruct, containerName: string, props: PolicyProps): void {
    const target = policyTarget(bucket, containerName);
    const added = [...askedRules(target, props), ...(this.versioned ? [housekeeping(target, props)] : [])];
    const problems = [...this.nameProblems(bucket, containerName), ...this.sizeProblems(added.length)];
    if (problems.length > 0) throw new ConstructValidationError(bucket.node.path, problems);
    if (added.length === 0) return;
    this.rules.push(...added);
    const sorted = [...this.rules].sort((one, other) => (one.name < other.name ? -1 : 1));
    this.resource ??= this.create();
    this.resource.putRule(sorted);
  }

  private create(): StorageManagementPolicy {
    const config = placedGlobally(this.account, { storageAccountId: this.accountId });
    return new StorageManagementPolicy(this.account, "ManagementPolicy", config);
  }

  private nameProblems(bucket: IConstruct, containerName: string): string[] {
    if (!isToken(containerName) || TerraformStack.of(bucket) === TerraformStack.of(this.account)) return [];
    const rule = `a literal value, because the management policy of ${this.account.node.path} in another stack names the container`;
    return [problem("bucketName", rule, containerName)];
  }

  private sizeProblems(added: number): string[] {
    const count = this.rules.length + added;
    if (count <= MOST_POLICY_RULES) return [];
    const rule = `at most ${String(MOST_POLICY_RULES)} rules with all other buckets of ${this.account.node.path}, one of each for its versions`;
    return [problem("lifecycle", rule, count)];
  }
}

/** The policy of an account that somebody else owns is never written: its owner is told what to add. */
export class ForeignManagementPolicy implements ManagementPolicy {
  public constructor(
    private readonly accountName: string,
    private readonly versioned: boolean,
  ) {}

  public add(bucket: IConstruct, containerName: string, props: PolicyProps): void {
    const target = policyTarget(bucket, containerName);
    const asked = askedRules(target, props);
    const rules = [...asked, ...(this.versioned ? [housekeeping(target, props)] : [])];
    const added = rules.map((rule) => JSON.stringify(rule)).join(" and ");
    const advice = `the owner adds ${added}, and policyAgrees: true says so here`;
    if (asked.length > 0 || props.noncurrentVersions !== undefined)
      throw new ConstructValidationError(bucket.node.path, [
        `the management policy of "${this.accountName}" must be changed by its owner, because the account is only referred to here, got a lifecycle for "${containerName}"; ${advice}`,
      ]);
    if (!this.versioned) return;
    Annotations.of(bucket).addInfo(
      `Versions are kept for ever unless the owner of "${this.accountName}" removes them: ${advice}.`,
    );
  }
}

/** The policy of an account whose owner has added the rules of the buckets that are made here: nothing is left to do. */
export const AGREED_POLICY: ManagementPolicy = { add: () => undefined };

/** What was asked for; not what every container with versions has. */
const askedRules = (target: PolicyTarget, props: PolicyProps): StorageManagementPolicyRule[] => [
  ...userRules(target, props),
  ...versionRules(target, props),
  ...snapshotRules(target, props.snapshots),
];

const policyTarget = (bucket: IConstruct, containerName: string): PolicyTarget => ({
  containerName,
  rulePrefix: isToken(containerName) ? stableHash(bucket.node.path) : containerName,
});
