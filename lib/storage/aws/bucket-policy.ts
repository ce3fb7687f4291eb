import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Lazy, type ITerraformDependable } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { placed } from "../../core/placement";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { AwsStatement } from "../../identity/aws/statement";
import type { AwsBucketRef } from "../references";
import { writerStatement, type Rendered, type WriterStatement, type WritingService } from "./service-access";

/** Where permissions of services and of roles of other accounts go: the bucket has to agree to them. */
export interface BucketPolicy {
  admit(verb: string, prefix: string, principal: AwsPrincipal, statements: readonly AwsStatement[]): void;
  /** Answers with the policy that says so, if it is an own one. */
  allowService(writer: WritingService): S3BucketPolicy | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const LONGEST_POLICY_BYTES = 20_480;

/** The policy of an own bucket: TLS only, at least 1.2, and what services and roles of other accounts were granted. */
export class OwnedBucketPolicy implements BucketPolicy {
  public readonly resource: S3BucketPolicy;
  private readonly foreign = new Map<string, Rendered>();
  private readonly writers = new Map<string, { readonly statement: WriterStatement; readonly sources: Set<string> }>();

  public constructor(
    private readonly bucket: Construct,
    private readonly identity: Pick<AwsBucketRef, "bucketName" | "bucketArn">,
    after: ITerraformDependable,
  ) {
    claim(bucket, S3BucketPolicy.tfResourceType, bucket.node.path);
    const { bucketName, bucketArn } = identity;
    const policy = Lazy.stringValue({ produce: () => this.render(bucketArn) });
    // two writers of bucket settings at once meet with 409 OperationAborted
    this.resource = new S3BucketPolicy(
      bucket,
      "Policy",
      placed(bucket, { bucket: bucketName, policy, dependsOn: [after] }),
    );
    bucket.node.addValidation({ validate: () => this.sizeProblems(bucketArn) });
  }

  public admit(verb: string, prefix: string, principal: AwsPrincipal, statements: readonly AwsStatement[]): void {
    for (const [index, statement] of statements.entries())
      this.foreign.set(
        `${principal.literalArn ?? ""}|${verb}|${prefix}|${String(index)}`,
        foreignStatement(this.bucket, principal, statement),
      );
  }

  public allowService(writer: WritingService): S3BucketPolicy {
    const statement = writerStatement(this.bucket, this.identity.bucketArn, writer);
    const known = this.writers.get(statement.key) ?? { statement, sources: new Set() };
    known.sources.add(statement.sourceArn);
    this.writers.set(statement.key, known);
    return this.resource;
  }

  private render(bucketArn: string): string {
    const services = [...this.writers]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { statement, sources }]) => statement.render([...sources].sort()));
    const admitted = [...this.foreign]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, statement]) => statement);
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [...transportRules(bucketArn), ...services, ...admitted],
    });
  }

  private sizeProblems(bucketArn: string): string[] {
    const bytes = new TextEncoder().encode(this.render(bucketArn)).length;
    return bytes <= LONGEST_POLICY_BYTES
      ? []
      : [
          `the policy of the bucket must have at most ${String(LONGEST_POLICY_BYTES)} bytes, got ${String(bytes)}; let fewer sources write into it, or grant fewer roles of other accounts`,
        ];
  }
}

/** The policy of a bucket that somebody else owns is never written: the error shows the statement to add there. */
export class ForeignBucketPolicy implements BucketPolicy {
  public constructor(
    private readonly bucket: IConstruct,
    private readonly identity: Pick<AwsBucketRef, "bucketName" | "bucketArn">,
  ) {}

  public admit(_verb: string, _prefix: string, principal: AwsPrincipal, statements: readonly AwsStatement[]): void {
    const wanted = statements.map((statement) => foreignStatement(this.bucket, principal, statement));
    this.refuse(`a grant to ${String(principal.literalArn)} of another account`, wanted);
  }

  public allowService(writer: WritingService): undefined {
    const { render, sourceArn } = writerStatement(this.bucket, this.identity.bucketArn, writer);
    this.refuse(`the writer ${writer.service}`, [render([sourceArn])]);
  }

  private refuse(got: string, statements: readonly Rendered[]): never {
    const wanted = statements.map((statement) => JSON.stringify(statement));
    throw new ConstructValidationError(this.bucket.node.path, [
      `the policy of "${this.identity.bucketName}" must be changed by its owner, because the bucket is only referred to here, got ${got}; the owner adds ${wanted.join(" and ")}, and policyAgrees: true says so here`,
    ]);
  }
}

/** The policy of a bucket whose owner has added what is granted here: nothing is left to do. */
export const AGREED_POLICY: BucketPolicy = { admit: () => undefined, allowService: () => undefined };

/**
 * Names the account and holds it to the role by `aws:PrincipalArn`: a role as principal would have to exist first, and
 * would be a reference back into the stack that uses the bucket.
 */
function foreignStatement(
  bucket: IConstruct,
  principal: AwsPrincipal,
  { actions, resources, condition }: AwsStatement,
): Rendered {
  if (principal.literalArn === undefined || principal.accountId === undefined)
    throw new ConstructValidationError(bucket.node.path, [
      "grantee must be a role whose account is declared (environment.aws.accountId), because it is of another account, got one without",
    ]);
  return {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${principal.accountId}:root` },
    Action: actions,
    Resource: resources,
    Condition: { ...condition, ArnEquals: { "aws:PrincipalArn": principal.literalArn } },
  };
}

const transportRules = (bucketArn: string): readonly Rendered[] => {
  const deny = (sid: string, condition: object): Rendered => ({
    Sid: sid,
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: condition,
  });
  return [
    deny("DenyInsecureTransport", { Bool: { "aws:SecureTransport": "false" } }),
    deny("DenyOutdatedTls", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
  ];
};
