import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { TerraformStack, type App } from "cdktf";
import { GoogleServiceAccount } from "../../../lib/identity/google/service-account";
import { GoogleBucket, type GoogleBucketProps } from "../../../lib/storage/google/bucket";
import { BucketEncryption } from "../../../lib/storage/google/encryption";
import { synthApp } from "../../../lib/testing/synth";
import type { Template } from "../../../lib/testing/template";
import { messageOf } from "../../support/messages";
import { stackOn, templateOn } from "../clouds/cloud";
import { bucketRules, GOOGLE } from "../clouds/google";

const KEY = { keyName: "projects/acme/locations/europe-west1/keyRings/lake/cryptoKeys/objects" };
const bucketWith = (props: GoogleBucketProps = {}): Template =>
  templateOn(GOOGLE, (stack) => new GoogleBucket(stack, "pos", props));
const errorOf = (build: (stack: TerraformStack) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(GOOGLE, app))));

describe("a bucket of Cloud Storage", () => {
  test("is secure, versioned and kept by default, as a whole", () => {
    expect(bucketWith({ bucketName: "acme-pos" }).only(StorageBucket).attributes).toEqual({
      force_destroy: false,
      labels: { "cost-center": "data-42", environment: "prod" },
      lifecycle: { prevent_destroy: true },
      lifecycle_rule: [
        { action: { type: "Delete" }, condition: { days_since_noncurrent_time: 90, with_state: "ARCHIVED" } },
        { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
      ],
      location: "europe-west1",
      name: "acme-pos",
      public_access_prevention: "enforced",
      soft_delete_policy: { retention_duration_seconds: 604_800 },
      storage_class: "STANDARD",
      uniform_bucket_level_access: true,
      versioning: { enabled: true },
    });
  });

  test("stands where its location says, before the environment", () => {
    expect(bucketWith({ location: "EU" }).only(StorageBucket).get("location")).toBe("EU");
  });

  test("needs a location, and says which declaration is missing", () => {
    const build = (app: App): void => {
      const stack = new TerraformStack(app, "lake");
      GOOGLE.provider(stack);
      new GoogleBucket(stack, "pos");
    };
    expect(messageOf(() => synthApp(build))).toBe(
      "lake/pos has 1 problem\n  environment.google.region must be declared with useEnvironment(…) on the stack or above the construct, got no environment",
    );
  });

  test("takes a customer-managed key", () => {
    const template = bucketWith({ encryption: BucketEncryption.key(KEY) });
    expect(template.only(StorageBucket).get("encryption")).toEqual({ default_kms_key_name: KEY.keyName });
  });

  test("refuses an encryption that is none", () => {
    expect(errorOf((stack) => new GoogleBucket(stack, "pos", { encryption: KEY.keyName as never }))).toBe(
      `lake/pos has 1 problem\n  encryption must be BucketEncryption.googleManaged() or BucketEncryption.key(key), got "${KEY.keyName}"`,
    );
  });

  test("has a rule for each action, on live objects below the prefix", () => {
    const lifecycle = [{ prefix: "raw/", transitions: [{ tier: "cold", afterDays: 0 } as const], expireAfterDays: 10 }];
    expect(bucketRules(bucketWith({ lifecycle })).slice(0, 2)).toEqual([
      {
        action: { type: "SetStorageClass", storage_class: "COLDLINE" },
        condition: { age: 0, send_age_if_zero: true, matches_prefix: ["raw/"], with_state: "LIVE" },
      },
      { action: { type: "Delete" }, condition: { age: 10, matches_prefix: ["raw/"], with_state: "LIVE" } },
    ]);
  });

  test("takes 98 actions, and no more", () => {
    const lifecycle = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ prefix: `p${String(index)}/`, expireAfterDays: 1 }));
    expect(bucketRules(bucketWith({ lifecycle: lifecycle(98) }))).toHaveLength(100);
    expect(messageOf(() => bucketWith({ lifecycle: lifecycle(99) }))).toBe(
      "lake/pos has 1 problem\n  lifecycle must be at most 98 transitions and expirations together on Google Cloud, got 99",
    );
  });

  test("has no deep archive", () => {
    const lifecycle = [{ transitions: [{ tier: "deep-archive", afterDays: 180 } as const] }];
    expect(errorOf((stack) => new GoogleBucket(stack, "pos", { lifecycle }))).toBe(
      'lake/pos has 1 problem\n  lifecycle[0].transitions[0].tier must be a tier of Google Cloud, which has no DEEP_ARCHIVE (the nearest is ARCHIVE), got "deep-archive"',
    );
  });

  test.each([["goog-pos"], ["acme-google-pos"], ["acme-g00gle"], ["10.0.0.1"], ["pos-"], ["a..b"]])(
    "refuses the name %s",
    (bucketName) => {
      expect(errorOf((stack) => new GoogleBucket(stack, "pos", { bucketName }))).toBe(
        `lake/pos has 1 problem\n  bucketName must be ${GOOGLE.names.rule}, got "${bucketName}"`,
      );
    },
  );

  test.each([["pos_raw"], ["data.acme.com"], [`${"a".repeat(63)}.${"b".repeat(63)}`]])("takes the name %s", (name) => {
    expect(bucketWith({ bucketName: name }).only(StorageBucket).get("name")).toBe(name);
  });

  test("is named without what Google keeps for itself, wherever it stands", () => {
    const template = templateOn(GOOGLE, (stack) => new GoogleBucket(stack, "google"));
    expect(template.only(StorageBucket).get("name")).toMatch(/^cc-[0-9a-f]{8}$/);
  });
});

describe("grants on a bucket of Cloud Storage", () => {
  const grantingBelow = (...prefixes: readonly string[]): Template =>
    templateOn(GOOGLE, (stack) => {
      const bucket = new GoogleBucket(stack, "pos");
      const account = new GoogleServiceAccount(stack, "service");
      for (const prefix of prefixes) bucket.grants.read(account, { prefix });
    });

  test("hold a prefix in quotes that it cannot leave", () => {
    const template = grantingBelow('raw") || ("" == "\\');
    expect(template.only(StorageBucketIamMember).get("condition")).toEqual({
      expression:
        'resource.name.startsWith("projects/_/buckets/${google_storage_bucket.pos_A02B06CA.name}/objects/raw\\") || (\\"\\" == \\"\\\\") || ' +
        'api.getAttribute("storage.googleapis.com/objectListPrefix", "").startsWith("raw\\") || (\\"\\" == \\"\\\\")',
      title: "below raw-",
    });
  });

  test("have a title of at most 100 bytes", () => {
    const title = grantingBelow("ü".repeat(500)).only(StorageBucketIamMember).get("condition.title");
    expect(title).toBe("below -");
    expect(grantingBelow("long/".repeat(100)).only(StorageBucketIamMember).get("condition.title")).toHaveLength(86);
  });

  test("are memberships of their own for each prefix, 20 at most", () => {
    const prefixes = Array.from({ length: 21 }, (_, index) => `p${String(index)}/`);
    expect(grantingBelow(...prefixes.slice(1), "").count(StorageBucketIamMember)).toBe(21);
    expect(messageOf(() => grantingBelow(...prefixes))).toBe(
      "lake/service has 1 problem\n  roles/storage.objectViewer on lake/pos must be granted on at most 20 parts to one service account, got one more; grant on wider prefixes or use a second service account",
    );
  });

  test("on a bucket that exists need its name alone", () => {
    const template = templateOn(GOOGLE, (stack) => {
      const bucket = GoogleBucket.fromBucketAttributes(stack, "old", { bucketName: "acme-legacy", location: "US" });
      expect([bucket.url, bucket.location]).toEqual(["gs://acme-legacy", "US"]);
      bucket.grants.read(new GoogleServiceAccount(stack, "service"));
    });
    expect(template.only(StorageBucketIamMember).attributes).toEqual({
      bucket: "acme-legacy",
      member: "${google_service_account.service_6D174F83.member}",
      role: "roles/storage.objectViewer",
    });
  });
});
