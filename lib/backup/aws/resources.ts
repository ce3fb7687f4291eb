import { having, isToken, literal, matching, object, oneOf, problem } from "../../core/checks";
import type { AwsTableRef } from "../../functions/references";
import { inOtherAccounts } from "../../identity/aws/accounts";
import { arnPart } from "../../identity/aws/arn";
import type { AwsBucketRef } from "../../storage/references";
import type { AwsBackupVaultRef } from "../references";

/** What AWS Backup protects, as it calls it. */
export const BackupResourceType = {
  AURORA: "Aurora",
  DOCUMENT_DB: "DocumentDB",
  DYNAMO_DB: "DynamoDB",
  EBS: "EBS",
  EC2: "EC2",
  EFS: "EFS",
  FSX: "FSx",
  NEPTUNE: "Neptune",
  RDS: "RDS",
  S3: "S3",
} as const;
export type BackupResourceType = (typeof BackupResourceType)[keyof typeof BackupResourceType];

/** Anything that AWS Backup knows, by its ARN. */
export interface BackupResource {
  readonly arn: string;
  readonly type: BackupResourceType;
}

/** What a plan protects: an own or referred bucket or table, or anything by its ARN. */
export type Protected = AwsBucketRef | AwsTableRef | BackupResource;

/** What AWS Backup can do with a type of resource. */
interface TypeFacts {
  /** Minutes that continuous backups may lack. Undefined: only whole backups, made at their times. */
  readonly continuousMinutes?: number;
  /** Whether backups can move to cold storage; for other types AWS Backup ignores it in silence. */
  readonly cold?: boolean;
}

/**
 * Continuous backups: https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html; RDS and Aurora
 * upload their logs every five minutes (https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html). AWS names
 * no figure for S3, whose changes come by way of EventBridge: 15 minutes are this library's own, cautious one.
 * Cold storage: https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html (DynamoDB with
 * its advanced features, see BackupRegionSettings).
 */
const FACTS: Record<BackupResourceType, TypeFacts> = {
  [BackupResourceType.AURORA]: { continuousMinutes: 5 },
  [BackupResourceType.DOCUMENT_DB]: {},
  [BackupResourceType.DYNAMO_DB]: { cold: true },
  [BackupResourceType.EBS]: {},
  [BackupResourceType.EC2]: {},
  [BackupResourceType.EFS]: { cold: true },
  [BackupResourceType.FSX]: {},
  [BackupResourceType.NEPTUNE]: {},
  [BackupResourceType.RDS]: { continuousMinutes: 5 },
  [BackupResourceType.S3]: { continuousMinutes: 15 },
};

/** A protected resource as the plan sees it. */
export interface ProtectedFacts extends TypeFacts {
  readonly arn: string;
  /** Where it is known as a literal. */
  readonly region?: string;
  /** Where it is known as a literal. */
  readonly accountId?: string;
  readonly type: BackupResourceType;
  /** How errors call it. */
  readonly name: string;
  /** Of a table that keeps every second of its last days itself, whatever the plan does. */
  readonly ownRecoveryMinutes?: number;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
const TABLE_RECOVERY_MINUTES = 5;

const isBucket = (resource: Protected): resource is AwsBucketRef => "bucketArn" in resource;
const isTable = (resource: Protected): resource is AwsTableRef => "tableArn" in resource;

/** What is known of a protected resource. */
export const factsOf = (resource: Protected): ProtectedFacts => ({ ...typeFactsOf(resource), ...standingOf(resource) });

/** Region and account as the reference says, else as the ARN does. */
function standingOf(resource: Protected): Pick<ProtectedFacts, "region" | "accountId"> {
  const { region, accountId } =
    "arn" in resource && !isToken(resource.arn)
      ? { region: arnPart(resource.arn, "region"), accountId: arnPart(resource.arn, "account") }
      : (resource as { readonly region?: string; readonly accountId?: string });
  return {
    ...(region !== undefined && region !== "" && !isToken(region) && { region }),
    ...(accountId !== undefined && accountId !== "" && { accountId }),
  };
}

function typeFactsOf(resource: Protected): ProtectedFacts {
  if (isBucket(resource))
    return { ...FACTS.S3, arn: resource.bucketArn, type: BackupResourceType.S3, name: resource.path };
  if (!isTable(resource)) return { ...FACTS[resource.type], ...resource, name: nameOf(resource) };
  const { tableArn: arn, path: name, pointInTimeRecovery } = resource;
  return {
    ...FACTS.DynamoDB,
    arn,
    type: BackupResourceType.DYNAMO_DB,
    name,
    ...(pointInTimeRecovery === true && { ownRecoveryMinutes: TABLE_RECOVERY_MINUTES }),
  };
}

const nameOf = ({ arn, type }: BackupResource): string => (isToken(arn) ? `${type} by a reference` : arn);

const WHAT = "a bucket, a table, or { arn, type } of something else";

/** All that is wrong with a protected resource. */
export function protectedProblems(path: string, resource: Protected): string[] {
  const shape = object(path, resource);
  if (shape.length > 0) return shape;
  if (isBucket(resource)) return bucketProblems(path, resource);
  if (isTable(resource)) return [];
  return [...having(path, resource, "arn", WHAT), ...("arn" in resource ? genericProblems(path, resource) : [])];
}

const bucketProblems = (path: string, { versioned, path: bucket }: AwsBucketRef): string[] =>
  versioned
    ? []
    : [
        problem(
          path,
          "versioned, as AWS Backup demands (a bucket that is referred to says so: versioned: true)",
          bucket,
        ),
      ];

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const ARN = { pattern: /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(\d{12})?:[^*?\s]+$/, rule: "an ARN without a wildcard" };

const genericProblems = (path: string, { arn, type }: BackupResource): string[] => [
  ...matching(`${path}.arn`, arn, ARN.pattern, ARN.rule),
  ...literal(`${path}.type`, type),
  ...(isToken(type) ? [] : oneOf(`${path}.type`, type, Object.values(BackupResourceType))),
];

/** AWS Backup works within one region of one account: what stands elsewhere has a vault and a plan there. */
export function elsewhereProblems(path: string, resource: Protected, vault: AwsBackupVaultRef): string[] {
  const { region, accountId, name } = factsOf(resource);
  const abroad = region !== undefined && !isToken(vault.region) && region !== vault.region;
  return [
    ...(abroad ? [problem(path, `of the vault's region ${vault.region}`, `${name} of ${region}`)] : []),
    ...(inOtherAccounts(vault, { accountId })
      ? [problem(path, `of the vault's account ${String(vault.accountId)}`, `${name} of ${String(accountId)}`)]
      : []),
  ];
}
