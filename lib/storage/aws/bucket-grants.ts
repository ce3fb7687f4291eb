import type { IConstruct } from "constructs";
import { keyPrefix } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import { keyStatements } from "../../encryption/aws/key-use";
import type { AwsKeyRef } from "../../encryption/references";
import { inOtherAccounts } from "../../identity/aws/accounts";
import type { AwsPrincipal } from "../../identity/aws/principal";
import type { AwsStatement, Condition } from "../../identity/aws/statement";
import type { BucketGrants, ObjectSelection } from "../bucket";
import type { AwsBucketRef } from "../references";
import type { BucketPolicy } from "./bucket-policy";

/** What each verb means for the objects, the bucket and the key. */
interface Verb {
  readonly name: string;
  readonly objects: readonly string[];
  readonly bucket: readonly string[];
  readonly key: readonly string[];
  /** Needed besides, where bucket and role stand in different accounts. */
  readonly abroad?: readonly string[];
  /** Whether S3 itself acts: it asks the bucket without a prefix, and names the bucket or the object to the key. */
  readonly byService?: boolean;
  /** Whether the bucket is listed from its beginning, whatever is read of it. */
  readonly listsAll?: boolean;
}

const READ: Verb = {
  name: "read",
  objects: ["s3:GetObject", "s3:GetObjectVersion"],
  bucket: ["s3:ListBucket"],
  key: ["kms:Decrypt"],
};
// the key is also read from in a multipart upload: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
const WRITE: Verb = {
  name: "write",
  objects: ["s3:PutObject", "s3:AbortMultipartUpload"],
  bucket: [],
  key: ["kms:GenerateDataKey", "kms:Decrypt"],
};
const DELETE: Verb = { name: "delete", objects: ["s3:DeleteObject"], bucket: [], key: [] };
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
const TAG: Verb = { name: "tag", objects: ["s3:GetObjectTagging", "s3:PutObjectTagging"], bucket: [], key: [] };
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
const REPLICATE_FROM: Verb = {
  name: "replicate-from",
  objects: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
  bucket: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
  key: ["kms:Decrypt"],
  byService: true,
};
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html#object-lock-managing-replication
const REPLICATE_LOCKED_FROM: Verb = {
  ...REPLICATE_FROM,
  objects: [...REPLICATE_FROM.objects, "s3:GetObjectRetention", "s3:GetObjectLegalHold"],
};
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html; a bucket key is made with GenerateDataKey
const REPLICATE_TO: Verb = {
  name: "replicate-to",
  objects: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
  bucket: [],
  key: ["kms:Encrypt", "kms:GenerateDataKey"],
  abroad: ["s3:ObjectOwnerOverrideToBucketOwner"],
  byService: true,
};

// https://cloud.google.com/storage-transfer/docs/source-amazon-s3: it does not say which prefix it lists with
const TRANSFER_FROM: Verb = {
  name: "transfer-from",
  objects: ["s3:GetObject"],
  bucket: ["s3:ListBucket", "s3:GetBucketLocation"],
  key: ["kms:Decrypt"],
  listsAll: true,
};

const WHOLE_BUCKET: readonly string[] = [""];

/** What comes into a bucket as copies. */
export interface ReplicaOptions {
  /** Beginnings of the keys; literal. @default - the whole bucket */
  readonly prefixes?: readonly string[];
  /**
   * Whether the copies are encrypted with the bucket's key. Copies of objects under S3's own keys are not, whatever the
   * bucket's default. @default - whether the bucket has a key
   */
  readonly withKey?: boolean;
}

/** Who may do what with the objects of an S3 bucket, its key included. */
export class AwsBucketGrants implements BucketGrants<AwsPrincipal> {
  public constructor(
    private readonly construct: IConstruct,
    private readonly bucket: AwsBucketRef,
    private readonly policy: BucketPolicy,
    private readonly key: AwsKeyRef | undefined,
  ) {}

  public read(grantee: Grantee<AwsPrincipal>, { prefix = "" }: ObjectSelection = {}): Grant {
    return this.give(READ, grantee, [prefix]);
  }

  public write(grantee: Grantee<AwsPrincipal>, { prefix = "" }: ObjectSelection = {}): Grant {
    return this.give(WRITE, grantee, [prefix]);
  }

  public delete(grantee: Grantee<AwsPrincipal>, { prefix = "" }: ObjectSelection = {}): Grant {
    return this.give(DELETE, grantee, [prefix]);
  }

  /** See and set the tags of objects, also of those that are written with some; rules of the lifecycle look at them. */
  public tag(grantee: Grantee<AwsPrincipal>, { prefix = "" }: ObjectSelection = {}): Grant {
    return this.give(TAG, grantee, [prefix]);
  }

  /** What a role needs with which S3 copies the objects below some prefixes out of this bucket; `S3Replication` asks for it. */
  public replicateFrom(grantee: Grantee<AwsPrincipal>, prefixes = WHOLE_BUCKET): Grant {
    return this.give(this.bucket.locked === true ? REPLICATE_LOCKED_FROM : REPLICATE_FROM, grantee, prefixes);
  }

  /** What a role, of another account too, needs with which S3 copies objects into this bucket; `S3Replication` asks for it. */
  public replicateTo(
    grantee: Grantee<AwsPrincipal>,
    { prefixes = WHOLE_BUCKET, withKey = true }: ReplicaOptions = {},
  ): Grant {
    return this.give(withKey ? REPLICATE_TO : { ...REPLICATE_TO, key: [] }, grantee, prefixes);
  }

  /** What a role needs with which a service of another cloud copies the objects below some prefixes; `GoogleTransferAccess` asks for it. */
  public transferFrom(grantee: Grantee<AwsPrincipal>, prefixes = WHOLE_BUCKET): Grant {
    return this.give(TRANSFER_FROM, grantee, prefixes);
  }

  private give(verb: Verb, grantee: Grantee<AwsPrincipal>, prefixes: readonly string[]): Grant {
    const principal = principalOf<AwsPrincipal>(this.construct, "aws", grantee);
    const problems = prefixes.flatMap((prefix) => keyPrefix("prefix", prefix));
    if (problems.length > 0) throw new ConstructValidationError(this.construct.node.path, problems);
    const abroad = inOtherAccounts(this.bucket, principal);
    const statements = this.statements(verb, prefixes, abroad);
    const part = prefixes.join("|");
    if (abroad) this.policy.admit(verb.name, part, principal, statements);
    return principal.allow({ verb: verb.name, target: this.bucket.path, part }, [
      ...statements,
      ...this.keyStatements(verb, principal, prefixes),
    ]);
  }

  private statements(verb: Verb, prefixes: readonly string[], abroad: boolean): readonly AwsStatement[] {
    const { bucketArn } = this.bucket;
    const listed =
      verb.byService === true || verb.listsAll === true || prefixes.includes("")
        ? {}
        : { condition: { StringLike: { "s3:prefix": oneOrAll(prefixes.map((prefix) => `${prefix}*`)) } } };
    return [
      {
        actions: [...verb.objects, ...(abroad ? (verb.abroad ?? []) : [])],
        resources: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
      },
      ...(verb.bucket.length > 0 ? [{ actions: verb.bucket, resources: [bucketArn], ...listed }] : []),
    ];
  }

  private keyStatements(
    { key, byService }: Verb,
    principal: AwsPrincipal,
    prefixes: readonly string[],
  ): readonly AwsStatement[] {
    const statements = keyStatements(this.key, principal, { actions: key, viaService: "s3" }, this.bucket.region);
    if (byService !== true) return statements;
    const context = this.encryptionContext(prefixes);
    return statements.map((statement) => ({ ...statement, condition: { ...statement.condition, ...context } }));
  }

  /** With a bucket key S3 names the bucket, without one the object, and one bucket may hold objects of both kinds. */
  private encryptionContext(prefixes: readonly string[]): Condition {
    const { bucketArn } = this.bucket;
    const named = [bucketArn, ...prefixes.map((prefix) => `${bucketArn}/${prefix}*`)];
    return { StringLike: { "kms:EncryptionContext:aws:s3:arn": named } };
  }
}

const oneOrAll = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? "") : values;
