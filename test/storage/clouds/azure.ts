import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { RoleDefinition } from "@cdktf/provider-azurerm/lib/role-definition";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageContainerImmutabilityPolicy } from "@cdktf/provider-azurerm/lib/storage-container-immutability-policy";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import type { Grantee, Principal } from "../../../lib/core/grant";
import { AzureManagedIdentity } from "../../../lib/identity/azure/managed-identity";
import type { AzurePrincipal } from "../../../lib/identity/azure/principal";
import { AzureBucket, type IAzureBucket } from "../../../lib/storage/azure/bucket";
import type { LifecycleRule } from "../../../lib/storage/lifecycle";
import { RetentionMode } from "../../../lib/storage/retention";
import { StorageTier } from "../../../lib/storage/tier";
import type { Transition } from "../../../lib/storage/transitions";
import type { Template } from "../../../lib/testing/template";
import type { AnyBucket, BucketCloud } from "./cloud";

const any = (bucket: IAzureBucket): AnyBucket => ({
  path: bucket.path,
  bucketName: bucket.bucketName,
  grant: (verb, to: Grantee<Principal>, prefix) => bucket.grants[verb](to as Grantee<AzurePrincipal>, { prefix }),
});

export interface PolicyRule {
  readonly name: string;
  readonly filters: {
    readonly prefix_match: readonly string[];
    readonly match_blob_index_tag?: readonly {
      readonly name: string;
      readonly operation: string;
      readonly value: string;
    }[];
  };
  readonly actions: {
    readonly base_blob?: Readonly<Record<string, number>>;
    readonly version?: Readonly<Record<string, number>>;
  };
}

/** The rules of the only management policy, in their order. */
export const policyRules = (template: Template, path?: string): readonly PolicyRule[] =>
  template.only(StorageManagementPolicy, { path }).get("rule") as readonly PolicyRule[];

const TIER_OF: Readonly<Record<string, StorageTier>> = {
  change_tier_to_cool_after_days_since_creation: StorageTier.COOL,
  tier_to_cold_after_days_since_creation_greater_than: StorageTier.COLD,
  change_tier_to_archive_after_days_since_creation: StorageTier.ARCHIVE,
  tier_to_cool_after_days_since_modification_greater_than: StorageTier.COOL,
  tier_to_cold_after_days_since_modification_greater_than: StorageTier.COLD,
  tier_to_archive_after_days_since_modification_greater_than: StorageTier.ARCHIVE,
};
const VERSION_EXPIRY = "delete_after_days_since_creation";
const EXPIRY = "delete_after_days_since_modification_greater_than";

const transitionsOf = (actions: Readonly<Record<string, number>>): readonly Transition[] =>
  Object.entries(actions)
    .flatMap(([action, afterDays]) => (TIER_OF[action] ? [{ tier: TIER_OF[action], afterDays }] : []))
    .sort((one, other) => one.afterDays - other.afterDays);

function readRule({ name, filters, actions: { base_blob = {} } }: PolicyRule): LifecycleRule {
  const [match = ""] = filters.prefix_match;
  const prefix = match.slice(match.indexOf("/") + 1);
  const tags = (filters.match_blob_index_tag ?? []).map(({ name: key, operation, value }) => [
    key,
    operation === "==" ? value : operation,
  ]);
  const transitions = transitionsOf(base_blob);
  return {
    ...(name.endsWith("--archive-rule") && { id: "archive-rule" }),
    ...(prefix && { prefix }),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags) as Record<string, string> }),
    ...(transitions.length > 0 && { transitions }),
    ...(base_blob[EXPIRY] !== undefined && { expireAfterDays: base_blob[EXPIRY] }),
  };
}

const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const PATH_BELOW = `(@Resource[${BLOBS}:path] StringStartsWith 'raw/')`;

export const AZURE: BucketCloud = {
  name: "Azure",
  provider: (stack, alias) =>
    new AzurermProvider(stack, alias ?? "provider", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
      alias,
    }),
  providerType: "azurerm",
  make: (scope, id, props) => any(new AzureBucket(scope, id, props)),
  refer: (scope, id) =>
    any(AzureBucket.fromBucketAttributes(scope, id, { accountName: "acmelegacy", bucketName: "legacy" })),
  principal: (scope, id) => new AzureManagedIdentity(scope, id),
  privacy: (template) => {
    const account = template.only(StorageAccount);
    return {
      access: template.only(StorageContainer).get("container_access_type"),
      nested: account.get("allow_nested_items_to_be_public"),
      network: account.get("public_network_access_enabled"),
      rules: account.get("network_rules"),
      keys: account.get("shared_access_key_enabled"),
      users: account.get("local_user_enabled"),
      tenants: account.get("cross_tenant_replication_enabled"),
    };
  },
  private: {
    access: "private",
    nested: false,
    network: false,
    rules: { bypass: ["AzureServices"], default_action: "Deny" },
    keys: false,
    users: false,
    tenants: false,
  },
  // the service encrypts whatever is said, a second time below it
  encryption: (template) => template.only(StorageAccount).get("infrastructure_encryption_enabled"),
  encrypted: true,
  versioning: (template) => template.only(StorageAccount).get("blob_properties.versioning_enabled"),
  versioned: true,
  transport: (template) => {
    const account = template.only(StorageAccount);
    return [account.get("https_traffic_only_enabled"), account.get("min_tls_version")];
  },
  tlsOnly: [true, "TLS1_2"],
  guards: (template) => ({
    preventDestroy: [...template.all(StorageAccount), ...template.all(StorageContainer)].map((block) =>
      block.has("lifecycle.prevent_destroy"),
    ),
    native: {
      blobs: template.only(StorageAccount).has("blob_properties.delete_retention_policy"),
      containers: template.only(StorageAccount).has("blob_properties.container_delete_retention_policy"),
    },
  }),
  kept: { preventDestroy: [true, true], native: { blobs: true, containers: true } },
  removable: { preventDestroy: [false, false], native: { blobs: false, containers: false } },
  lifecycle: (template) => {
    const rules = policyRules(template).filter(({ actions }) => actions.base_blob !== undefined);
    return rules.map(readRule).sort((one, other) => ((one.prefix ?? "~") < (other.prefix ?? "~") ? -1 : 1));
  },
  versions: (template) => {
    const actions = Object.assign({}, ...policyRules(template).map((rule) => rule.actions.version ?? {})) as Readonly<
      Record<string, number>
    >;
    const transitions = transitionsOf(actions);
    return { ...(transitions.length > 0 && { transitions }), expireAfterDays: actions[VERSION_EXPIRY] };
  },
  retention: (template) => {
    const [policy] = template.all(StorageContainerImmutabilityPolicy);
    if (policy === undefined) return undefined;
    const mode = policy.get("locked") === true ? RetentionMode.COMPLIANCE : RetentionMode.GOVERNANCE;
    return { minimumDays: policy.get("immutability_period_in_days") as number, mode };
  },
  refused: {
    minimumSizeBytes:
      "left out on Azure, which does not tell blobs by size (write the large ones below a prefix of their own)",
    maximumSizeBytes:
      "left out on Azure, which does not tell blobs by size (write the large ones below a prefix of their own)",
    keepNewest: "left out on Azure, which removes versions by their age alone (expireAfterDays)",
  },
  noncurrentDays: (template) => policyRules(template).find(({ actions }) => actions.version)?.actions.version,
  abortDays: () => undefined,
  tags: (template) => template.only(StorageAccount).get("tags"),
  tagged: { CostCenter: "Data 42", Environment: "prod", Owner: "Sales @ Co" },
  nameOf: (template) => template.only(StorageContainer).get("name"),
  names: {
    generated: "lake-pos-",
    longest: 63,
    rule: "3-63 lower-case letters, digits or single hyphens, a letter or digit first and last",
  },
  granted: (template) =>
    template.all(RoleAssignment).map((block) => ({
      role: block.attributes["role_definition_name"] ?? template.only(RoleDefinition).get("permissions"),
      scope: block.get("scope"),
      ...(block.has("condition") && {
        condition: block.get("condition"),
        condition_version: block.get("condition_version"),
      }),
    })),
  grants: {
    read: {
      whole: [{ role: "Storage Blob Data Reader", scope: "${azurerm_storage_container.pos_A02B06CA.id}" }],
      below: [
        {
          role: "Storage Blob Data Reader",
          scope: "${azurerm_storage_container.pos_A02B06CA.id}",
          condition:
            `((!(ActionMatches{'${BLOBS}/read'} AND NOT SubOperationMatches{'Blob.List'})) OR ${PATH_BELOW}) AND ` +
            `((!(ActionMatches{'${BLOBS}/read'} AND SubOperationMatches{'Blob.List'})) OR ` +
            `(@Request[${BLOBS}:prefix] StringStartsWith 'raw/'))`,
          condition_version: "2.0",
        },
      ],
    },
    write: {
      whole: [
        {
          role: [{ data_actions: [`${BLOBS}/write`, `${BLOBS}/add/action`] }],
          scope: "${azurerm_storage_container.pos_A02B06CA.id}",
        },
      ],
      below: [
        {
          role: [{ data_actions: [`${BLOBS}/write`, `${BLOBS}/add/action`] }],
          scope: "${azurerm_storage_container.pos_A02B06CA.id}",
          condition: `((!(ActionMatches{'${BLOBS}/write'}) AND !(ActionMatches{'${BLOBS}/add/action'})) OR ${PATH_BELOW})`,
          condition_version: "2.0",
        },
      ],
    },
    delete: {
      whole: [
        {
          role: [{ data_actions: [`${BLOBS}/delete`] }],
          scope: "${azurerm_storage_container.pos_A02B06CA.id}",
        },
      ],
      below: [
        {
          role: [{ data_actions: [`${BLOBS}/delete`] }],
          scope: "${azurerm_storage_container.pos_A02B06CA.id}",
          condition: `((!(ActionMatches{'${BLOBS}/delete'})) OR ${PATH_BELOW})`,
          condition_version: "2.0",
        },
      ],
    },
  },
  addresses: [
    "azurerm_role_assignment.delete_delete-pos-2d9baf16_28898750",
    "azurerm_role_assignment.read_read-pos-2d9baf16_2455E014",
    "azurerm_role_assignment.write_write-pos-2d9baf16_42CB1E3D",
    "azurerm_role_definition.delete_delete-blobs-Account-5206b1a6_773D7AC6",
    "azurerm_role_definition.write_write-blobs-Account-5206b1a6_B1A5BC7E",
    "azurerm_storage_account.pos_Account_1AC5A6BB",
    "azurerm_storage_container.pos_A02B06CA",
    "azurerm_storage_management_policy.pos_Account_ManagementPolicy_C3EC57C2",
    "azurerm_user_assigned_identity.delete_1CCE71FF",
    "azurerm_user_assigned_identity.read_01E76452",
    "azurerm_user_assigned_identity.write_BABD5EC8",
  ],
};
