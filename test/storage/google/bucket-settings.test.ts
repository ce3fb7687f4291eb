import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageNotification } from "@cdktf/provider-google/lib/storage-notification";
import type { App, TerraformStack } from "cdktf";
import { RetentionMode } from "../../../lib/storage/retention";
import { GoogleBucket, type GoogleBucketProps } from "../../../lib/storage/google/bucket";
import { BucketNotification, ObjectEvent } from "../../../lib/storage/google/bucket-notification";
import { BucketLocation, DualRegionReplication } from "../../../lib/storage/google/location";
import { Autoclass } from "../../../lib/storage/google/protection";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { stackOn, templateOn } from "../clouds/cloud";
import { GOOGLE } from "../clouds/google";
import { danglingReferences } from "../references";

const templateOf = (build: (stack: TerraformStack) => unknown): Template => templateOn(GOOGLE, build);
const bucketWith = (props: GoogleBucketProps) =>
  templateOf((stack) => new GoogleBucket(stack, "pos", props)).only(StorageBucket);
const errorOf = (props: GoogleBucketProps): string => messageOf(() => bucketWith(props));

describe("where a bucket of Google stands", () => {
  test("may be two regions of a continent, with turbo replication", () => {
    const location = BucketLocation.dualRegion("us-central1", "us-east1", { replication: DualRegionReplication.TURBO });
    expect(bucketWith({ location }).attributes).toMatchObject({
      location: "US",
      custom_placement_config: { data_locations: ["US-CENTRAL1", "US-EAST1"] },
      rpo: "ASYNC_TURBO",
    });
  });

  test("is replicated as usual unless told", () => {
    expect(
      bucketWith({ location: BucketLocation.dualRegion("europe-west1", "europe-west4") }).attributes,
    ).toMatchObject({
      location: "EU",
      rpo: "DEFAULT",
    });
  });

  test.each([
    ["us-central1", "europe-west1"],
    ["us-central1", "us-central1"],
    ["australia-southeast1", "australia-southeast2"],
  ])("fails on %s and %s", (one, other) => {
    expect(errorOf({ location: BucketLocation.dualRegion(one, other) })).toBe(
      `lake/pos has 1 problem\n  location must be two different regions whose names both begin with us-, europe- or asia-, got "${one}, ${other}"`,
    );
  });
});

describe("what protects a bucket of Google", () => {
  test("is a retention that is locked or not, beside versions", () => {
    const bucket = bucketWith({
      retention: { minimumDays: 30, mode: RetentionMode.COMPLIANCE },
      objectRetention: true,
    });
    expect(bucket.get("retention_policy")).toEqual({ retention_period: 2_592_000, is_locked: true });
    expect(bucket.get("versioning")).toEqual({ enabled: true });
    expect(bucket.get("enable_object_retention")).toBe(true);
    expect(bucketWith({ retention: { minimumDays: 1 } }).get("retention_policy.is_locked")).toBe(false);
  });

  test("is a soft delete of as many days as are said", () => {
    expect(bucketWith({ softDeleteDays: 30 }).get("soft_delete_policy")).toEqual({
      retention_duration_seconds: 2_592_000,
    });
    expect(bucketWith({ softDeleteDays: 0 }).get("soft_delete_policy.retention_duration_seconds")).toBe(0);
  });

  test("fails on what is out of bounds, or sets the class of objects twice", () => {
    const transitions = [{ tier: "cool", afterDays: 30 } as const];
    const wrong = {
      autoclass: Autoclass.ARCHIVE,
      softDeleteDays: 3,
      objectRetention: "yes",
      lifecycle: [{ transitions }],
    };
    expect(errorOf(wrong as never)).toBe(
      lines(
        "lake/pos has 3 problems",
        '  autoclass must be left out where lifecycle or noncurrentVersions have transitions, because both would set the class, got "ARCHIVE"',
        "  softDeleteDays must be 0, or at least 7 days, got 3",
        '  objectRetention must be true or false, got "yes"',
      ),
    );
    expect(errorOf({ autoclass: "COLDLINE" as never, softDeleteDays: 91 })).toBe(
      lines(
        "lake/pos has 2 problems",
        '  autoclass must be one of "NEARLINE", "ARCHIVE", got "COLDLINE"',
        "  softDeleteDays must be a whole number from 0 to 90 days, got 91",
      ),
    );
  });

  test("moves by last access with autoclass, and still expires", () => {
    const bucket = bucketWith({ autoclass: Autoclass.NEARLINE, lifecycle: [{ expireAfterDays: 90 }] });
    expect(bucket.get("autoclass")).toEqual({ enabled: true, terminal_storage_class: "NEARLINE" });
  });
});

describe("access logs", () => {
  const app = synthApp((app) => {
    const logging = stackOn(GOOGLE, app, "logging");
    const logs = new GoogleBucket(logging, "logs");
    new GoogleBucket(logging, "beside", { accessLogs: { bucket: logs } });
    const lake = stackOn(GOOGLE, app);
    for (const id of ["one", "two"]) new GoogleBucket(lake, id, { accessLogs: { bucket: logs, prefix: `${id}/` } });
  });

  test("let Cloud Storage write once, where they are taken, before a bucket logs there", () => {
    const logging = Template.of(app.stack("logging"));
    const writer = logging.only(StorageBucketIamMember);
    expect(writer.attributes).toEqual({
      bucket: "${google_storage_bucket.logs_0B6081B1.name}",
      member: "group:cloud-storage-analytics@google.com",
      role: "roles/storage.objectCreator",
    });
    expect(logging.only(StorageBucket, { path: "beside" }).get("depends_on")).toEqual([writer.address]);
  });

  test("go to a bucket of another stack too", () => {
    const lake = Template.of(app.stack("lake"));
    expect(lake.all(StorageBucket).map((bucket) => bucket.get("logging.log_object_prefix"))).toEqual(["one/", "two/"]);
    lake.none(StorageBucketIamMember);
    expect(danglingReferences(app.stack("lake"))).toEqual([]);
  });

  test("fail on no bucket, and on the bucket itself", () => {
    expect(errorOf({ accessLogs: { bucket: "logs" as never, prefix: "/x" } })).toBe(
      lines(
        "lake/pos has 2 problems",
        '  accessLogs.bucket must be a GoogleBucket, own or referred to, got "logs"',
        '  accessLogs.prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/x"',
      ),
    );
    const build = (stack: TerraformStack): void => {
      const bucket = GoogleBucket.fromBucketAttributes(stack, "old", { bucketName: "acme-pos" });
      new GoogleBucket(stack, "pos", { bucketName: "acme-pos", accessLogs: { bucket } });
    };
    expect(messageOf(() => templateOf(build))).toBe(
      'lake/pos has 1 problem\n  accessLogs.bucket must be another bucket, because each log would be logged, got "acme-pos"',
    );
  });
});

describe("news of a bucket", () => {
  const TOPIC = { path: "lake/uploads", topicName: "projects/acme-prod/topics/uploads" };
  const told = (events?: readonly ObjectEvent[]) => (app: App) => {
    const stack = stackOn(GOOGLE, app);
    const bucket = new GoogleBucket(stack, "pos");
    new BucketNotification(stack, "raw", { bucket, topic: TOPIC, prefix: "raw/", events });
    new BucketNotification(stack, "clean", { bucket, topic: TOPIC, prefix: "clean/" });
  };

  test("go to a topic where Cloud Storage may publish, once for all of them", () => {
    const template = Template.of(synthApp(told()).stack("lake"));
    const publisher = template.only(PubsubTopicIamMember);
    expect(publisher.attributes).toEqual({
      member: "serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com",
      role: "roles/pubsub.publisher",
      topic: TOPIC.topicName,
    });
    expect(template.only(StorageNotification, { path: "raw" }).attributes).toEqual({
      bucket: "${google_storage_bucket.pos_A02B06CA.name}",
      depends_on: [publisher.address],
      event_types: ["OBJECT_FINALIZE"],
      object_name_prefix: "raw/",
      payload_format: "JSON_API_V1",
      topic: TOPIC.topicName,
    });
  });

  test("are of the events that are said", () => {
    const template = Template.of(synthApp(told([ObjectEvent.DELETED, ObjectEvent.ARCHIVED])).stack("lake"));
    expect(template.only(StorageNotification, { path: "raw" }).get("event_types")).toEqual([
      "OBJECT_DELETE",
      "OBJECT_ARCHIVE",
    ]);
  });

  test("fail on what is none", () => {
    const build = (stack: TerraformStack): void => {
      const props = { bucket: {}, topic: { path: "x", topicName: "uploads" }, events: ["created"], prefix: 1 };
      new BucketNotification(stack, "raw", props as never);
    };
    expect(messageOf(() => templateOf(build))).toBe(
      lines(
        "lake/raw has 4 problems",
        "  bucket must be a GoogleBucket, own or referred to, got {}",
        '  topic.topicName must be the resource name of a topic (projects/<project>/topics/<topic>), got "uploads"',
        '  events[0] must be one of "OBJECT_FINALIZE", "OBJECT_DELETE", "OBJECT_ARCHIVE", "OBJECT_METADATA_UPDATE", got "created"',
        "  prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got 1",
      ),
    );
  });
});
