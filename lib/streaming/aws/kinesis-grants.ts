import type { IConstruct } from "constructs";
import { ConstructValidationError } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { keyStatements } from "../../encryption/aws/key-use";
import type { AwsKeyRef } from "../../encryption/references";
import { inOtherAccounts } from "../../identity/aws/accounts";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { KinesisStreamRef } from "../references";

/** What each verb means for the stream and for its key. https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html */
interface Verb {
  readonly name: string;
  readonly stream: readonly string[];
  readonly key: readonly string[];
}

const PRODUCE: Verb = {
  name: "produce",
  stream: ["kinesis:PutRecord", "kinesis:PutRecords"],
  key: ["kms:GenerateDataKey"],
};
// what a mapping of Lambda asks of a stream: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html
const CONSUME: Verb = {
  name: "consume",
  stream: [
    "kinesis:DescribeStream",
    "kinesis:DescribeStreamSummary",
    "kinesis:GetRecords",
    "kinesis:GetShardIterator",
    "kinesis:ListShards",
  ],
  key: ["kms:Decrypt"],
};

/** Who may do what with the records of a stream, its key included. */
export class KinesisGrants {
  public constructor(
    private readonly construct: IConstruct,
    private readonly stream: KinesisStreamRef,
    private readonly key: AwsKeyRef | undefined,
  ) {}

  /** Put records. */
  public produce(grantee: Grantee<AwsPrincipal>): Grant {
    return this.give(PRODUCE, grantee);
  }

  /** Read records, sharing the stream's throughput with its other readers. */
  public consume(grantee: Grantee<AwsPrincipal>): Grant {
    return this.give(CONSUME, grantee);
  }

  /** @throws ConstructValidationError for a role of another account: a stream has no policy of its own here */
  private give({ name, stream, key }: Verb, grantee: Grantee<AwsPrincipal>): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    if (inOtherAccounts(this.stream, principal))
      throw new ConstructValidationError(this.construct.node.path, [foreign(name, this.stream, principal)]);
    return principal.allow({ verb: name, target: this.stream.path }, [
      { actions: stream, resources: [this.stream.streamArn] },
      ...keyStatements(this.key, principal, { actions: key, viaService: "kinesis" }, this.stream.region),
    ]);
  }
}

const foreign = (verb: string, { accountId }: KinesisStreamRef, principal: AwsPrincipal): string =>
  `${verb} must be granted to a role of the stream's own account ${String(accountId)}, got ${String(principal.literalArn)}; let that role assume one of this account`;
