import type { IConstruct } from "constructs";
import { keyPrefix, matching } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { principalOf } from "../../core/grantee";
import type { AzurePrincipal } from "../../identity/azure/principal";
import type { AzureRole } from "../../identity/azure/role";
import type { BucketGrants, ObjectSelection } from "../bucket";
import type { AzureBucketRef, AzureStorageAccountRef } from "../references";
import { actBelow, ADD_BLOB, DELETE_BLOB, readBelow, WRITE_BLOB } from "./blob-condition";

/** What each verb means: a role, and what holds it to a prefix. */
interface Verb {
  readonly name: string;
  readonly role: (account: AzureStorageAccountRef) => AzureRole;
  readonly below: (prefixes: readonly string[]) => string;
}

/** The built-in roles that write also delete, the container with everything in it included; a condition does not reach that. */
const custom =
  (title: string, ...dataActions: readonly string[]): Verb["role"] =>
  ({ path, resourceGroupId }) => ({ title, dataActions, target: path, assignableScope: resourceGroupId });

const READ: Verb = { name: "read", role: () => ({ builtIn: "Storage Blob Data Reader" }), below: readBelow };
const WRITE: Verb = {
  name: "write",
  role: custom("write blobs", WRITE_BLOB, ADD_BLOB),
  below: actBelow(WRITE_BLOB, ADD_BLOB),
};
const DELETE: Verb = { name: "delete", role: custom("delete blobs", DELETE_BLOB), below: actBelow(DELETE_BLOB) };

/**
 * Who may do what with the blobs of a container, as role assignments on it, one an identity and verb. Azure keeps no role that only writes or only
 * deletes, so these verbs define one for the identity and the account, which takes the right to define roles in the
 * account's resource group (Owner or User Access Administrator). Listing below a prefix has to ask for that prefix.
 */
export class AzureBucketGrants implements BucketGrants<AzurePrincipal> {
  public constructor(
    private readonly construct: IConstruct,
    private readonly bucket: AzureBucketRef,
  ) {}

  public read(grantee: Grantee<AzurePrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give(READ, grantee, selection);
  }

  public write(grantee: Grantee<AzurePrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give(WRITE, grantee, selection);
  }

  public delete(grantee: Grantee<AzurePrincipal>, selection: ObjectSelection = {}): Grant {
    return this.give(DELETE, grantee, selection);
  }

  private give(verb: Verb, grantee: Grantee<AzurePrincipal>, { prefix = "" }: ObjectSelection): Grant {
    const principal = principalOf<AzurePrincipal>(this.construct, "azure", grantee);
    const problems = prefixProblems(prefix);
    if (problems.length > 0) throw new ConstructValidationError(this.construct.node.path, problems);
    const { path, containerId, account } = this.bucket;
    return principal.allow(
      { verb: verb.name, target: path, part: prefix },
      {
        scope: containerId,
        role: verb.role(account),
        conditionFor: verb.below,
      },
    );
  }
}

/** A condition holds its texts in single quotes and knows no way to write one inside. */
function prefixProblems(prefix: string): string[] {
  const problems = keyPrefix("prefix", prefix);
  return problems.length > 0
    ? problems
    : matching("prefix", prefix, /^[^']*$/, "without single quotes, which conditions of Azure cannot hold");
}
