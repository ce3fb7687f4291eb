import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { Construct } from "constructs";
import { given, having, isToken, literal, matching, problem, wholeNumber } from "../../core/checks";
import { claim } from "../../core/claim";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { place, placed, type PlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { AwsKey } from "../../encryption/aws/key";
import type { AwsKeyRef } from "../../encryption/references";
import { arnPart } from "../../identity/aws/arn";

/** The automated backups of a database, kept a second time in another region. */
export interface DatabaseBackupReplicationProps extends DataRemovalProps, PlacementProps {
  /** ARN of an instance of RDS with automated backups: `arn:aws:rds:<region>:<account>:db:<name>`. */
  readonly databaseArn: string;
  /** Another region than the database's, such as `us-west-2`. */
  readonly region: string;
  /** Of that region. @default - a key of its own */
  readonly key?: AwsKeyRef;
  /** 1 to 35. @default 7 */
  readonly retentionDays?: number;
  /** Of the own key. @default - the environment's tags */
  readonly tags?: Tags;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstanceAutomatedBackupsReplication.html */
const RETENTION = { minimum: 1, maximum: 35, unit: "days" };
const RETENTION_DAYS = 7;

/**
 * Snapshots and logs of one instance of RDS on their way to another region, so that it can be restored there to any
 * second. The instance itself is only referred to: it may be anybody's.
 */
export class DatabaseBackupReplication extends Construct {
  /** The region of the copies. */
  public readonly region: string;
  /** The key of the copies, own or given. */
  public readonly key: AwsKeyRef;
  public readonly resource: DbInstanceAutomatedBackupsReplication;

  public constructor(scope: Construct, id: string, props: DatabaseBackupReplicationProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...replicationProblems(props)]);
    const { databaseArn, region } = props;
    claim(this, DbInstanceAutomatedBackupsReplication.tfResourceType, `${databaseArn} in ${region}`);
    this.region = region;
    this.key = props.key ?? this.createKey(props);
    this.resource = new DbInstanceAutomatedBackupsReplication(
      this,
      "Resource",
      placed(this, {
        sourceDbInstanceArn: databaseArn,
        kmsKeyId: this.key.keyArn,
        retentionPeriod: props.retentionDays ?? RETENTION_DAYS,
        ...keptUnless(destroysData(this, props)),
      }),
    );
  }

  private createKey({ dataRemoval, region, provider, tags }: DatabaseBackupReplicationProps): AwsKey {
    const description = `Backups of a database in ${this.node.path}`;
    return new AwsKey(this, "Key", { description, dataRemoval, region, provider, tags });
  }
}

const DATABASE_ARN = {
  pattern: /^arn:aws[a-z-]*:rds:[a-z0-9-]+:\d{12}:db:[a-z][a-z0-9-]{0,62}$/,
  rule: "the ARN of an instance of RDS (arn:aws:rds:<region>:<account>:db:<name>)",
};

const replicationProblems = (props: DatabaseBackupReplicationProps): string[] => [
  ...matching("databaseArn", props.databaseArn, DATABASE_ARN.pattern, DATABASE_ARN.rule),
  ...regionProblems(props),
  ...given(props.key, (key) => having("key", key, "keyArn", "a key of AWS, such as an AwsKey")),
  ...given(props.retentionDays, (days) => wholeNumber("retentionDays", days, RETENTION)),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

function regionProblems({ databaseArn, region }: DatabaseBackupReplicationProps): string[] {
  const own = [
    ...literal("region", region),
    ...((region as string | undefined) === undefined
      ? [problem("region", "given, because it is where the copies go", region)]
      : []),
  ];
  if (own.length > 0 || isToken(databaseArn) || typeof databaseArn !== "string") return own;
  return arnPart(databaseArn, "region") === region
    ? [problem("region", "another one than the database's", region)]
    : [];
}
