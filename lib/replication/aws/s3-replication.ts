import { S3BucketReplicationConfigurationA as S3BucketReplication } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { Annotations, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { given, having, problem } from "../../core/checks";
import { claim } from "../../core/claim";
import { assertValid } from "../../core/errors";
import { waitFor, type Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { place, placed, placementOf, type PlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { inOtherAccounts, type InAccount } from "../../identity/aws/accounts";
import type { AwsPrincipal } from "../../identity/aws/principal";
import { AwsRole } from "../../identity/aws/role";
import type { Trust } from "../../identity/aws/trust";
import type { AwsBucket, IAwsBucket } from "../../storage/aws/bucket";
import { bucketIdentity, CopyEngine, loopProblems } from "../loops";
import { copiedPrefixes } from "../prefixes";
import { destinationsProblems, type S3ReplicationDestination } from "./destination";
import {
  replicationAlarms,
  s3MonitoringProblems,
  type S3ReplicationMonitoring,
  type S3RuleAlarms,
} from "./replication-alarms";
import { S3ReplicationMetrics } from "./replication-metrics";
import { isReencrypted, replicationRules, rulesOf, type S3ReplicationRule } from "./rules";

/** Copies of what is written into a bucket from now on, made by S3 itself. */
export interface S3ReplicationProps extends PlacementProps {
  /** A bucket of this app: its one replication configuration is written here. */
  readonly source: AwsBucket;
  /** Up to 1,000 prefixes altogether; the order changes nothing. */
  readonly destinations: readonly S3ReplicationDestination[];
  /** A role of the source's account that S3 may assume; it is granted what it needs. @default - a role of its own */
  readonly role?: Grantee<AwsPrincipal>;
  /** Of its own role. @default - derived from the construct path */
  readonly roleName?: string;
  /** What failed, lags or waits, told to whom. @default - the environment's route, in the region of the source */
  readonly monitoring?: S3ReplicationMonitoring;
  /** Of the role. @default - the environment's tags */
  readonly tags?: Tags;
}

/** The provider's resources besides the configuration, each for overrides and moves. */
export interface S3ReplicationResources {
  /** The role with which S3 copies, if it is not a given one. */
  readonly role?: AwsRole;
}

/**
 * Replicates new objects of one bucket to others, in the same or another region and account.
 *
 * Objects that exist already are not copied, and copies are not copied on: two buckets may replicate to each other.
 */
export class S3Replication extends Construct {
  /** The provider's class, for overrides and moves. */
  public readonly resource: S3BucketReplication;
  public readonly resources: S3ReplicationResources;
  /** The role with which S3 copies. */
  public readonly role: AwsPrincipal;
  /** One for each prefix of each destination, by id. */
  public readonly rules: readonly S3ReplicationRule[];
  public readonly metrics: S3ReplicationMetrics;
  /** One entry for each rule with metrics, once there is somebody to tell. */
  public readonly alarms: readonly S3RuleAlarms[];

  public constructor(scope: Construct, id: string, props: S3ReplicationProps) {
    super(scope, id);
    const problems = replicationProblems(props);
    assertValid(this, problems.length > 0 ? problems : this.standingProblems(props));
    const { source, destinations } = props;
    claim(this, S3BucketReplication.tfResourceType, source.path);
    const { role, resources } = this.replicator(props);
    this.role = role;
    this.resources = resources;
    this.rules = rulesOf(destinations);
    const rule = replicationRules(source, this.rules);
    this.resource = new S3BucketReplication(
      this,
      "Resource",
      placed(this, { bucket: source.bucketName, role: this.role.roleArn, rule }),
    );
    this.waitForVersions([source, ...destinations.map(({ bucket }) => bucket)]);
    this.grant(props);
    for (const { bucket } of destinations) this.tellUnusedKey(source, bucket);
    this.metrics = new S3ReplicationMetrics(this, source, this.rules);
    this.alarms = replicationAlarms(this, source, props.monitoring);
  }

  /** What only a replication that is right in itself can be asked. */
  private standingProblems(props: S3ReplicationProps): readonly string[] {
    return [...this.placeBeside(props), ...this.strangerProblems(props), ...this.roundProblems(props)];
  }

  private roundProblems({ source, destinations }: S3ReplicationProps): readonly string[] {
    return destinations.flatMap((destination, index) =>
      loopProblems(this, `destinations[${String(index)}].prefixes`, {
        from: bucketIdentity(source.path, source.bucketArn),
        to: bucketIdentity(destination.bucket.path, destination.bucket.bucketArn),
        prefixes: copiedPrefixes(destination),
        engine: CopyEngine.S3_REPLICATION,
      }),
    );
  }

  /** The configuration belongs to the source, so it stands where the source does. */
  private placeBeside({ source, provider }: S3ReplicationProps): string[] {
    const beside = placementOf(source);
    return place(this, "aws", { ...beside, provider: provider ?? beside.provider });
  }

  /** The role's rights name the buckets, the configuration names the role: from two stacks they would wait for each other. */
  private strangerProblems({ role }: S3ReplicationProps): readonly string[] {
    const principal: unknown = role?.grantPrincipal;
    const own = TerraformStack.of(this);
    return Construct.isConstruct(principal) && TerraformStack.of(principal) !== own
      ? [problem("role", `one of stack "${own.node.id}" (AwsRole.fromRoleAttributes refers to another one)`, principal)]
      : [];
  }

  private replicator({ source, role: given, roleName, tags }: S3ReplicationProps): {
    readonly role: AwsPrincipal;
    readonly resources: S3ReplicationResources;
  } {
    if (given !== undefined) return { role: principalOf<AwsPrincipal>(this, "aws", given), resources: {} };
    const { provider } = placementOf(this);
    const description = `Replicates ${source.path}`;
    const role = new AwsRole(this, "Role", { trust: trustFor(source), roleName, description, tags, provider });
    return { role, resources: { role } };
  }

  /** S3 refuses a configuration while one of the buckets has no versions; another stack is deployed before. */
  private waitForVersions(buckets: readonly IAwsBucket[]): void {
    const own = TerraformStack.of(this);
    for (const { versioning } of buckets)
      if (versioning && TerraformStack.of(versioning) === own) waitFor(this.resource, versioning);
  }

  private grant({ source, destinations }: S3ReplicationProps): void {
    const grantee = { grantPrincipal: this.role };
    const prefixes = [...new Set(destinations.flatMap(copiedPrefixes))].sort();
    source.grants.replicateFrom(grantee, prefixes).before(this.resource);
    for (const destination of destinations)
      destination.bucket.grants
        .replicateTo(grantee, {
          prefixes: copiedPrefixes(destination),
          withKey: isReencrypted(source, destination.bucket),
        })
        .before(this.resource);
  }

  private tellUnusedKey(source: IAwsBucket, bucket: IAwsBucket): void {
    if (source.keyArn === undefined && bucket.keyArn !== undefined)
      Annotations.of(this).addInfo(
        `Copies in ${bucket.path} are encrypted with S3's own keys, as their originals in ${source.path} are: the key of the destination is not used for them.`,
      );
  }
}

/**
 * For the source bucket only. Conditions hold where S3 names the bucket it acts for, which it does not document for
 * replication: without IfExists its silence would be a refusal, and nothing would be copied.
 */
const trustFor = ({ bucketArn, accountId }: AwsBucket): Trust => ({
  principal: { Service: "s3.amazonaws.com" },
  action: "sts:AssumeRole",
  condition: {
    ArnLikeIfExists: { "aws:SourceArn": bucketArn },
    ...(accountId !== undefined && { StringEqualsIfExists: { "aws:SourceAccount": accountId } }),
  },
});

const OWN_BUCKET =
  "an AwsBucket of this app, because its one replication configuration is written here (a bucket that is only referred to belongs to somebody else)";

const replicationProblems = ({
  source,
  destinations,
  role,
  roleName,
  monitoring,
  tags,
}: S3ReplicationProps): string[] => {
  const foreign = ["bucketArn", "versioning"].flatMap((fact) => having("source", source, fact, OWN_BUCKET)).slice(0, 1);
  return [
    ...foreign,
    ...(foreign.length > 0 ? [] : destinationsProblems(source, destinations)),
    ...given(role, (value) => roleProblems(foreign.length > 0 ? {} : source, value)),
    ...(role !== undefined && roleName !== undefined
      ? [problem("roleName", "left to the role, where a role is given", roleName)]
      : []),
    ...s3MonitoringProblems(monitoring),
    ...tagProblems("tags", tags),
  ];
};

/** S3 takes a role of the source's own account only. */
function roleProblems(source: InAccount, role: Grantee<AwsPrincipal>): readonly string[] {
  const shape = having("role", role, "grantPrincipal", "a role of AWS");
  if (shape.length > 0 || !inOtherAccounts(source, role.grantPrincipal)) return shape;
  const { accountId } = role.grantPrincipal;
  return [problem("role", `of account ${String(source.accountId)}, as the source is`, accountId)];
}
