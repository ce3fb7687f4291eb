import type { IConstruct } from "constructs";
import { given, literal } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { AwsStatement } from "../../identity/aws/statement";
import type { BucketGrants, ObjectSelection } from "../bucket";
import type { AwsBucketRef } from "../references";
import type { BucketPolicy } from "./bucket-policy";

/** What each verb means for the objects, the listing and the key. */
interface Verb {
  readonly objects: readonly string[];
  readonly bucket: readonly string[];
  readonly key: readonly string[];
}

const READ: Verb = {
  objects: ["s3:GetObject", "s3:GetObjectVersion"],
  bucket: ["s3:ListBucket"],
  key: ["kms:Decrypt"],
};
// the key is also read from in a multipart upload: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
const WRITE: Verb = {
  objects: ["s3:PutObject", "s3:AbortMultipartUpload"],
  bucket: [],
  key: ["kms:GenerateDataKey", "kms:Decrypt"],
};
const DELETE: Verb = { objects: ["s3:DeleteObject"], bucket: [], key: [] };

/** Who may do what with the objects of an S3 bucket, its key included. */
export class AwsBucketGrants implements BucketGrants<AwsPrincipal> {
  public constructor(
    private readonly construct: IConstruct,
    private readonly bucket: AwsBucketRef,
    private readonly policy: BucketPolicy,
  ) {}

  public read(grantee: Grantee<AwsPrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give("read", READ, grantee, selection);
  }

  public write(grantee: Grantee<AwsPrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give("write", WRITE, grantee, selection);
  }

  public delete(grantee: Grantee<AwsPrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give("delete", DELETE, grantee, selection);
  }

  private give(name: string, verb: Verb, grantee: Grantee<AwsPrincipal>, { prefix = "" }: ObjectSelection): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    const problems = given(prefix, (value) => literal("prefix", value));
    if (problems.length > 0) throw new ConstructValidationError(this.construct.node.path, problems);
    const statements = this.statements(verb, prefix);
    if (isForeign(this.bucket, principal)) this.policy.admit(name, prefix, principal, statements);
    return principal.allow({ verb: name, target: this.bucket.path, part: prefix }, [
      ...statements,
      ...this.keyStatements(verb),
    ]);
  }

  private statements(verb: Verb, prefix: string): readonly AwsStatement[] {
    const { bucketArn } = this.bucket;
    const listed = prefix === "" ? {} : { condition: { StringLike: { "s3:prefix": `${prefix}*` } } };
    return [
      { actions: verb.objects, resources: [`${bucketArn}/${prefix}*`] },
      ...(verb.bucket.length > 0 ? [{ actions: verb.bucket, resources: [bucketArn], ...listed }] : []),
    ];
  }

  private keyStatements({ key }: Verb): readonly AwsStatement[] {
    const { keyArn, region } = this.bucket;
    if (keyArn === undefined || key.length === 0) return [];
    return [
      {
        actions: key,
        resources: [keyArn],
        condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
    ];
  }
}

/** Whether bucket and role are known to stand in different accounts. */
const isForeign = ({ accountId: own }: AwsBucketRef, { accountId }: AwsPrincipal): boolean =>
  own !== undefined && accountId !== undefined && own !== accountId;
