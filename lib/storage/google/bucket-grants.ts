import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { IConstruct } from "constructs";
import { keyPrefix } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { GooglePrincipal, IamCondition } from "../../identity/google/principal";
import type { BucketGrants, ObjectSelection } from "../bucket";
import type { GoogleBucketRef } from "../references";

/** What each verb means: a predefined role, and whether it lists. https://cloud.google.com/storage/docs/access-control/iam-roles */
interface Verb {
  readonly name: string;
  readonly role: string;
  readonly lists: boolean;
}

const READ: Verb = { name: "read", role: "roles/storage.objectViewer", lists: true };
// to overwrite an object takes storage.objects.delete, which no role has without deleting: that is the verb delete
const WRITE: Verb = { name: "write", role: "roles/storage.objectCreator", lists: false };
// the narrowest role that deletes; a custom role's id stays taken for up to 37 days after the role is destroyed
const DELETE: Verb = { name: "delete", role: "roles/storage.legacyBucketWriter", lists: false };

/**
 * Who may do what with the objects of a bucket, as memberships on it. Cloud Storage cuts the verbs a little differently:
 * `write` creates objects and overwrites none, because overwriting is deleting to it; `delete` deletes, overwrites and,
 * without a prefix, lists. Who overwrites is granted both. The key, if there is one, is used by Cloud Storage itself.
 */
export class GoogleBucketGrants implements BucketGrants<GooglePrincipal> {
  public constructor(
    private readonly construct: IConstruct,
    private readonly bucket: GoogleBucketRef,
  ) {}

  public read(grantee: Grantee<GooglePrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give(READ, grantee, selection);
  }

  /** Creates objects; to overwrite one the service account is granted `delete` as well. */
  public write(grantee: Grantee<GooglePrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give(WRITE, grantee, selection);
  }

  /** Deletes and overwrites objects; versions that are named are removed for good, but for the days of soft delete. */
  public delete(grantee: Grantee<GooglePrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give(DELETE, grantee, selection);
  }

  private give(
    { name, role, lists }: Verb,
    grantee: Grantee<GooglePrincipal>,
    { prefix = "" }: ObjectSelection,
  ): Grant {
    const principal = principalOf<GooglePrincipal>(this.construct, "google", grantee);
    const problems = keyPrefix("prefix", prefix);
    if (problems.length > 0) throw new ConstructValidationError(this.construct.node.path, problems);
    const { path, bucketName } = this.bucket;
    return principal.allow(
      { verb: name, target: path, part: prefix },
      {
        role,
        ...(prefix !== "" && { condition: below(bucketName, prefix, lists) }),
        bind: (scope, id, member) => new StorageBucketIamMember(scope, id, { ...member, bucket: bucketName }),
      },
    );
  }
}

const LONGEST_TITLE = 80;

/**
 * Holds a role to a prefix. A listing is an action on the bucket, which has no prefix in its name, so the prefix that
 * the listing asks for counts instead. https://cloud.google.com/iam/docs/conditions-attribute-reference#api-attributes
 */
function below(bucketName: string, prefix: string, lists: boolean): IamCondition {
  const objects = `resource.name.startsWith(${JSON.stringify(`projects/_/buckets/${bucketName}/objects/${prefix}`)})`;
  const asked = `api.getAttribute("storage.googleapis.com/objectListPrefix", "")`;
  const listing = `${asked}.startsWith(${JSON.stringify(prefix)})`;
  return {
    title: `below ${prefix.replace(/[^A-Za-z0-9/_-]+/g, "-").slice(0, LONGEST_TITLE)}`,
    expression: lists ? `${objects} || ${listing}` : objects,
  };
}
