import { S3BucketReplicationConfigurationA as S3BucketReplication } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { AwsKey } from "../../lib/encryption/aws/key";
import type { S3ReplicationDestination } from "../../lib/replication/aws/destination";
import { S3Replication } from "../../lib/replication/aws/s3-replication";
import { AwsBucket } from "../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../lib/storage/aws/encryption";
import { StorageTier } from "../../lib/storage/tier";
import { templateOf } from "../support/aws-stack";

type Settings = Omit<S3ReplicationDestination, "bucket">;

interface Rule {
  readonly id: string;
  readonly priority: number;
  readonly filter: object;
  readonly destination: Readonly<Record<string, unknown>>;
  readonly source_selection_criteria?: object;
}

/** The rules of a replication from `pos` to `west`, once for each of the settings. */
const rules = (all: readonly Settings[], withKeys = false): readonly Rule[] =>
  templateOf((stack) => {
    const encryption = withKeys ? BucketEncryption.key(new AwsKey(stack, "key")) : undefined;
    const [source, bucket] = ["pos", "west"].map((id) => new AwsBucket(stack, id, { encryption })) as [
      AwsBucket,
      AwsBucket,
    ];
    new S3Replication(stack, "dr", { source, destinations: all.map((one) => ({ bucket, ...one })) });
  })
    .only(S3BucketReplication)
    .get("rule") as readonly Rule[];

describe("metrics", () => {
  const minutes = 15;

  test.each([
    ["by themselves have no threshold", {}, { status: "Enabled" }, undefined],
    [
      "with time control have its threshold",
      { timeControl: true },
      { status: "Enabled", event_threshold: { minutes } },
      { status: "Enabled", time: { minutes } },
    ],
    ["can be off", { metrics: false }, undefined, undefined],
  ])("%s", (_, settings, metrics, time) => {
    const [rule] = rules([settings]);
    expect([rule?.destination["metrics"], rule?.destination["replication_time"]]).toEqual([metrics, time]);
  });
});

describe("tags", () => {
  test.each([
    ["one alone", { objectTags: { class: "training" } }, { tag: { key: "class", value: "training" } }],
    [
      "several, in one order",
      { objectTags: { tier: "hot", class: "training" } },
      { and: { prefix: "", tags: { class: "training", tier: "hot" } } },
    ],
    [
      "one below a prefix",
      { prefixes: ["raw/"], objectTags: { class: "training" } },
      { and: { prefix: "raw/", tags: { class: "training" } } },
    ],
  ])("choose objects: %s", (_, settings, filter) => {
    expect(rules([settings])[0]?.filter).toEqual(filter);
  });

  test("that no object can have together may go to one bucket, in tiers of their own", () => {
    const both = rules([
      { objectTags: { class: "training" }, tier: StorageTier.HOT },
      { objectTags: { class: "archive" }, tier: StorageTier.ARCHIVE },
    ]);
    expect(both.map(({ destination }) => destination["storage_class"]).sort()).toEqual(["GLACIER", "STANDARD"]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
    expect(both.map(({ priority }) => priority)).toEqual([1, 2]);
  });
});

describe("the order in which destinations are said", () => {
  test("changes nothing", () => {
    const [one, other]: readonly [Settings, Settings] = [{ prefixes: ["raw/", "clean/"] }, { prefixes: ["models/"] }];
    expect(rules([one, other])).toEqual(rules([other, one]));
  });

  test("the order of tags neither", () => {
    const first = rules([{ objectTags: { a: "1", b: "2" } }]);
    expect(rules([{ objectTags: { b: "2", a: "1" } }])).toEqual(first);
  });
});

describe("changes of copies", () => {
  const on = { replica_modifications: { status: "Enabled" } };

  test("are left alone by default", () => {
    expect(rules([{}])[0]?.source_selection_criteria).toBeUndefined();
  });

  test("are copied when told", () => {
    expect(rules([{ replicaModifications: true }])[0]?.source_selection_criteria).toEqual(on);
  });

  test("are copied beside what keys need", () => {
    expect(rules([{ replicaModifications: true }], true)[0]?.source_selection_criteria).toEqual({
      ...on,
      sse_kms_encrypted_objects: { status: "Enabled" },
    });
  });
});
