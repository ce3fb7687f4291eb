import { differences } from "../../lib/testing/difference";
import { statementsOf } from "./policies";
import { nodesOf, type Node, type TerraformJson } from "./terraform-graph";

/** What every bucket on AWS has beside it, whatever its environment. */
const BESIDE: Readonly<Record<string, object>> = {
  aws_s3_bucket_public_access_block: {
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  },
  aws_s3_bucket_ownership_controls: { rule: { object_ownership: "BucketOwnerEnforced" } },
  aws_s3_bucket_versioning: { versioning_configuration: { status: "Enabled" } },
};

/** What every bucket elsewhere says of itself. */
const ITSELF: Readonly<Record<string, object>> = {
  google_storage_bucket: {
    uniform_bucket_level_access: true,
    public_access_prevention: "enforced",
    versioning: { enabled: true },
  },
  azurerm_storage_account: {
    min_tls_version: "TLS1_2",
    https_traffic_only_enabled: true,
    allow_nested_items_to_be_public: false,
    shared_access_key_enabled: false,
    local_user_enabled: false,
    blob_properties: { versioning_enabled: true },
  },
  azurerm_storage_container: { container_access_type: "private" },
};

/** What stands for versions where there are none: deleted blobs can be had back. */
const HIERARCHICAL = {
  ...ITSELF["azurerm_storage_account"],
  blob_properties: { delete_retention_policy: { days: 7 } },
};

const expectedOf = (node: Node): object =>
  node.attributes["is_hns_enabled"] === true ? HIERARCHICAL : (ITSELF[typeOf(node)] ?? {});

const typeOf = ({ address }: Node): string => address.split(".")[0] ?? "";

/** What is missing at the buckets of a stack: private, encrypted, versioned, over TLS alone, tidied up. */
export function bucketProblems(stack: TerraformJson): readonly string[] {
  const nodes = nodesOf(stack);
  return nodes
    .flatMap((node) =>
      typeOf(node) === "aws_s3_bucket"
        ? awsProblems(node, nodes)
        : differences(expectedOf(node), node.attributes).map((one) => `${node.address}: ${one}`),
    )
    .concat(nodes.filter((node) => typeOf(node) === "google_storage_bucket").flatMap(uploadProblems));
}

function awsProblems(bucket: Node, nodes: readonly Node[]): readonly string[] {
  const beside = (type: string): Node | undefined =>
    nodes.find((node) => typeOf(node) === type && belongsTo(node.attributes["bucket"], bucket));
  const settings = Object.entries(BESIDE).flatMap(([type, expected]) => {
    const node = beside(type);
    return node ? differences(expected, node.attributes).map((one) => `${type} ${one}`) : [`no ${type}`];
  });
  return [
    ...settings,
    ...encryptionProblems(beside("aws_s3_bucket_server_side_encryption_configuration")),
    ...transportProblems(beside("aws_s3_bucket_policy")),
    ...abortProblems(beside("aws_s3_bucket_lifecycle_configuration")),
  ].map((one) => `${bucket.address}: ${one}`);
}

const belongsTo = (bucket: unknown, { address, attributes }: Node): boolean =>
  bucket === `\${${address}.bucket}` || bucket === `\${${address}.id}` || bucket === attributes["bucket"];

interface Encryption {
  readonly apply_server_side_encryption_by_default?: { readonly sse_algorithm?: string };
  readonly bucket_key_enabled?: boolean;
}

function encryptionProblems(encryption: Node | undefined): readonly string[] {
  const [rule] = (encryption?.attributes["rule"] ?? []) as readonly Encryption[];
  const algorithm = rule?.apply_server_side_encryption_by_default?.sse_algorithm;
  if (algorithm === "AES256") return [];
  if (algorithm !== "aws:kms") return ["no encryption at rest"];
  return rule?.bucket_key_enabled === true ? [] : ["a key of one's own without a bucket key"];
}

/** Refused to everybody: plain HTTP, and TLS before 1.2. */
function transportProblems(policy: Node | undefined): readonly string[] {
  const refused = (policy ? statementsOf(policy.attributes["policy"]) : [])
    .filter(
      ({ Effect, Action, Principal }) =>
        Effect === "Deny" && Action === "s3:*" && differences({ AWS: "*" }, Principal).length === 0,
    )
    .map(({ Condition }) => JSON.stringify(Condition));
  const wanted = [{ Bool: { "aws:SecureTransport": "false" } }, { NumericLessThan: { "s3:TlsVersion": "1.2" } }].map(
    (condition) => JSON.stringify(condition),
  );
  return wanted.filter((condition) => !refused.includes(condition)).map((condition) => `does not refuse ${condition}`);
}

interface LifecycleRule {
  readonly status?: string;
  readonly filter?: readonly { readonly prefix?: string }[];
  readonly abort_incomplete_multipart_upload?: readonly { readonly days_after_initiation?: number }[];
}

function abortProblems(lifecycle: Node | undefined): readonly string[] {
  const rules = (lifecycle?.attributes["rule"] ?? []) as readonly LifecycleRule[];
  const aborts = rules.some(
    ({ status, filter, abort_incomplete_multipart_upload: abort }) =>
      status === "Enabled" && filter?.[0]?.prefix === "" && (abort?.[0]?.days_after_initiation ?? 0) > 0,
  );
  return aborts ? [] : ["keeps the parts of uploads that were never completed"];
}

function uploadProblems({ address, attributes }: Node): readonly string[] {
  const rules = (attributes["lifecycle_rule"] ?? []) as readonly { readonly action?: { readonly type?: string } }[];
  return rules.some(({ action }) => action?.type === "AbortIncompleteMultipartUpload")
    ? []
    : [`${address}: keeps the parts of uploads that were never completed`];
}
