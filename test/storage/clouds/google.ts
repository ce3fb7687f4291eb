import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { Grantee, Principal } from "../../../lib/core/grant";
import type { GooglePrincipal } from "../../../lib/identity/google/principal";
import { GoogleServiceAccount } from "../../../lib/identity/google/service-account";
import { GoogleBucket, type IGoogleBucket } from "../../../lib/storage/google/bucket";
import type { LifecycleRule } from "../../../lib/storage/lifecycle";
import type { NoncurrentVersions } from "../../../lib/storage/noncurrent";
import { RetentionMode, type ObjectRetention } from "../../../lib/storage/retention";
import { StorageTier } from "../../../lib/storage/tier";
import type { Transition } from "../../../lib/storage/transitions";
import type { Template } from "../../../lib/testing/template";
import type { AnyBucket, BucketCloud } from "./cloud";

const any = (bucket: IGoogleBucket): AnyBucket => ({
  path: bucket.path,
  bucketName: bucket.bucketName,
  grant: (verb, to: Grantee<Principal>, prefix) => bucket.grants[verb](to as Grantee<GooglePrincipal>, { prefix }),
});

interface BucketRule {
  readonly action: { readonly type: string; readonly storage_class?: string };
  readonly condition: {
    readonly age?: number;
    readonly with_state?: string;
    readonly days_since_noncurrent_time?: number;
    readonly num_newer_versions?: number;
    readonly matches_prefix?: readonly string[];
  };
}

/** The lifecycle rules of the only bucket. */
export const bucketRules = (template: Template): readonly BucketRule[] =>
  template.only(StorageBucket).get("lifecycle_rule") as readonly BucketRule[];

const TIER_OF: Readonly<Record<string, StorageTier>> = {
  NEARLINE: StorageTier.COOL,
  COLDLINE: StorageTier.COLD,
  ARCHIVE: StorageTier.ARCHIVE,
};

interface Gathered {
  readonly prefix?: string;
  readonly transitions: Transition[];
  expireAfterDays?: number;
}

/** One rule a prefix again: Cloud Storage has one rule an action. */
function lifecycle(template: Template): readonly LifecycleRule[] {
  const rules = new Map<string, Gathered>();
  for (const { action, condition } of bucketRules(template).filter(
    ({ condition: { with_state } }) => with_state === "LIVE",
  )) {
    const [prefix = ""] = condition.matches_prefix ?? [];
    const rule = rules.get(prefix) ?? { ...(prefix && { prefix }), transitions: [] };
    rules.set(prefix, rule);
    if (action.storage_class === undefined) rule.expireAfterDays = condition.age;
    else
      rule.transitions.push({ tier: TIER_OF[action.storage_class] ?? StorageTier.HOT, afterDays: condition.age ?? -1 });
  }
  return [...rules.values()].map(({ transitions, ...rule }) => ({
    ...rule,
    ...(transitions.length > 0 && { transitions }),
  }));
}

function versions(template: Template): NoncurrentVersions {
  const rules = bucketRules(template).filter(({ condition: { with_state } }) => with_state === "ARCHIVED");
  const moves = rules.filter(({ action }) => action.type === "SetStorageClass");
  const end = rules.find(({ action }) => action.type === "Delete")?.condition;
  return {
    ...(moves.length > 0 && {
      transitions: moves.map(({ action, condition }) => ({
        tier: TIER_OF[action.storage_class ?? ""] ?? StorageTier.HOT,
        afterDays: condition.days_since_noncurrent_time ?? -1,
      })),
    }),
    expireAfterDays: end?.days_since_noncurrent_time,
    // the live one counts there
    ...(end?.num_newer_versions && { keepNewest: end.num_newer_versions - 1 }),
  };
}

function retention(template: Template): ObjectRetention | undefined {
  const bucket = template.only(StorageBucket);
  if (!bucket.has("retention_policy")) return undefined;
  const { retention_period, is_locked } = bucket.get("retention_policy") as {
    readonly retention_period: number;
    readonly is_locked: boolean;
  };
  return {
    minimumDays: retention_period / 86_400,
    mode: is_locked ? RetentionMode.COMPLIANCE : RetentionMode.GOVERNANCE,
  };
}

const BUCKET = "${google_storage_bucket.pos_A02B06CA.name}";
const OBJECTS_BELOW = `resource.name.startsWith("projects/_/buckets/${BUCKET}/objects/raw/")`;
const LISTING_BELOW = `api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("raw/")`;

export const GOOGLE: BucketCloud = {
  name: "Google Cloud",
  provider: (stack, alias) =>
    new GoogleProvider(stack, alias ?? "provider", { project: "acme-prod", region: "europe-west1", alias }),
  providerType: "google",
  make: (scope, id, props) => any(new GoogleBucket(scope, id, props)),
  refer: (scope, id) => any(GoogleBucket.fromBucketAttributes(scope, id, { bucketName: "acme-legacy" })),
  principal: (scope, id) => new GoogleServiceAccount(scope, id),
  privacy: (template) => {
    const bucket = template.only(StorageBucket);
    return [bucket.get("public_access_prevention"), bucket.get("uniform_bucket_level_access")];
  },
  private: ["enforced", true],
  // with keys of Google's own, which cannot be switched off
  encryption: (template) => template.only(StorageBucket).has("encryption"),
  encrypted: false,
  versioning: (template) => template.only(StorageBucket).get("versioning"),
  versioned: { enabled: true },
  // the API has no other way in
  transport: () => "TLS",
  tlsOnly: "TLS",
  guards: (template) => ({
    preventDestroy: template.all(StorageBucket).map((block) => block.has("lifecycle.prevent_destroy")),
    native: {
      force_destroy: template.only(StorageBucket).get("force_destroy"),
      soft_delete: template.only(StorageBucket).get("soft_delete_policy.retention_duration_seconds"),
    },
  }),
  kept: { preventDestroy: [true], native: { force_destroy: false, soft_delete: 604_800 } },
  removable: { preventDestroy: [false], native: { force_destroy: true, soft_delete: 0 } },
  lifecycle,
  versions,
  retention,
  refused: {
    id: "left out on Google Cloud, whose rules have no names",
    tags: "left out on Google Cloud, whose lifecycle does not see them (write such objects below a prefix of their own)",
    minimumSizeBytes:
      "left out on Google Cloud, whose lifecycle does not see it (write the large ones below a prefix of their own)",
    maximumSizeBytes:
      "left out on Google Cloud, whose lifecycle does not see it (write the large ones below a prefix of their own)",
  },
  noncurrentDays: (template) => bucketRules(template).find(({ condition }) => condition.with_state === "ARCHIVED"),
  abortDays: (template) => bucketRules(template).find(({ action }) => action.type === "AbortIncompleteMultipartUpload"),
  tags: (template) => template.only(StorageBucket).get("labels"),
  tagged: { "cost-center": "data-42", environment: "prod", owner: "sales---co" },
  nameOf: (template) => template.only(StorageBucket).get("name"),
  names: {
    generated: "lake-pos-",
    longest: 63,
    rule: '3-63 lower-case letters, digits, hyphens or underscores (222 with dots), without "google" and not beginning with "goog"',
  },
  granted: (template) =>
    template.all(StorageBucketIamMember).map((block) => ({
      role: block.get("role"),
      bucket: block.get("bucket"),
      ...(block.has("condition") && { condition: block.get("condition") }),
    })),
  grants: {
    read: {
      whole: [{ role: "roles/storage.objectViewer", bucket: BUCKET }],
      below: [
        {
          role: "roles/storage.objectViewer",
          bucket: BUCKET,
          condition: { title: "below raw/", expression: `${OBJECTS_BELOW} || ${LISTING_BELOW}` },
        },
      ],
    },
    write: {
      whole: [{ role: "roles/storage.objectCreator", bucket: BUCKET }],
      below: [
        {
          role: "roles/storage.objectCreator",
          bucket: BUCKET,
          condition: { title: "below raw/", expression: OBJECTS_BELOW },
        },
      ],
    },
    delete: {
      whole: [{ role: "roles/storage.legacyBucketWriter", bucket: BUCKET }],
      below: [
        {
          role: "roles/storage.legacyBucketWriter",
          bucket: BUCKET,
          condition: { title: "below raw/", expression: OBJECTS_BELOW },
        },
      ],
    },
  },
  addresses: [
    "google_service_account.delete_1CCE71FF",
    "google_service_account.read_01E76452",
    "google_service_account.write_BABD5EC8",
    "google_storage_bucket.pos_A02B06CA",
    "google_storage_bucket_iam_member.delete_delete-pos-0177a2ae_6249C15E",
    "google_storage_bucket_iam_member.read_read-pos-0177a2ae_D99757E3",
    "google_storage_bucket_iam_member.write_write-pos-0177a2ae_10480EBF",
  ],
};
