import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import { given, isToken, keyPrefix, literal, matching, text } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";

/** A service that writes objects into a bucket on behalf of a resource: logs, inventories, exports. */
export interface WritingService {
  /** Such as `logging.s3.amazonaws.com`. */
  readonly service: string;
  /** ARN of the bucket, trail or delivery that it writes for, or a pattern of it. */
  readonly sourceArn: string;
  /** The account of that resource. @default - the bucket's own for S3, whose ARNs hold none, where it is declared; else that of `sourceArn` */
  readonly sourceAccount?: string;
  /** Beginning of the keys that it writes; literal. @default - the whole bucket */
  readonly prefix?: string;
}

/** What has to be there before a service tries to write: the policies of an own bucket and of its key. */
export type WriterPolicies = readonly (ITerraformDependable & IConstruct)[];

/** A statement as it stands in the document. */
export type Rendered = Readonly<Record<string, unknown>>;

/** One statement for all that a service writes for, below one prefix and for one account. */
export interface WriterStatement {
  /** The same for all that share the statement. */
  readonly key: string;
  readonly sourceArn: string;
  /** The statement, given everything that the service writes for. */
  readonly render: (sourceArns: readonly string[]) => Rendered;
}

/**
 * What a service needs to write: https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html,
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
 *
 * @throws ConstructValidationError on a wrong service, source or prefix
 */
export function writerStatement(construct: IConstruct, bucketArn: string, writer: WritingService): WriterStatement {
  const problems = writerProblems(writer);
  if (problems.length > 0) throw new ConstructValidationError(construct.node.path, problems);
  const { service, sourceArn, sourceAccount, prefix = "" } = writer;
  return {
    key: JSON.stringify([service, prefix, sourceAccount]),
    sourceArn,
    render: (sourceArns) => ({
      Effect: "Allow",
      Principal: { Service: service },
      Action: "s3:PutObject",
      Resource: `${bucketArn}/${prefix}*`,
      Condition: {
        ArnLike: { "aws:SourceArn": sourceArns.length === 1 ? sourceArns[0] : sourceArns },
        ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
      },
    }),
  };
}

const writerProblems = ({ service, sourceArn, sourceAccount, prefix }: WritingService): string[] => [
  ...literal("service", service),
  ...matching("service", service, /^[a-z0-9.-]+\.amazonaws\.com$/, "a service such as logging.s3.amazonaws.com"),
  ...matching("sourceArn", sourceArn, /^arn:aws[a-z-]*:[a-z0-9-]+:.+$/, "the ARN of what the service writes for"),
  ...given(sourceAccount, (account) => text("sourceAccount", account)),
  ...given(prefix, (value) => keyPrefix("prefix", value)),
];

/** The services of S3 itself, whose sources are buckets: their ARNs name no account. */
const OF_S3 = /^(logging\.)?s3\.amazonaws\.com$/;

/** The account that a service writes for, where it can be told. */
export const sourceAccountOf = (
  { service, sourceArn, sourceAccount }: WritingService,
  ownAccount: string | undefined,
): string | undefined =>
  sourceAccount ??
  (OF_S3.test(service) || isToken(sourceArn) ? ownAccount : /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(sourceArn)?.[1]);
