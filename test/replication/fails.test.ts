import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Lazy, type TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AwsKey } from "../../lib/encryption/aws/key";
import { AwsRole } from "../../lib/identity/aws/role";
import type { S3ReplicationDestination } from "../../lib/replication/aws/destination";
import { S3Replication, type S3ReplicationProps } from "../../lib/replication/aws/s3-replication";
import { CopyEngine, loopProblems } from "../../lib/replication/loops";
import { AwsBucket, type IAwsBucket } from "../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../lib/storage/aws/encryption";
import { synthApp } from "../../lib/testing/synth";
import { awsStack, functionRole, OTHER_ACCOUNT, PROD } from "../support/aws-stack";
import { lines, messageOf } from "../support/messages";

/** The message with which a replication from `lake/pos` fails. */
const failing = (props: (stack: TerraformStack, source: AwsBucket) => unknown): string =>
  messageOf(() =>
    synthApp((app) => {
      const stack = awsStack(app, "lake", PROD);
      const source = new AwsBucket(stack, "pos", { bucketName: "acme-pos" });
      new S3Replication(stack, "dr", { source, ...(props(stack, source) as object) } as S3ReplicationProps);
    }),
  );

const problem = (text: string): string => lines("lake/dr has 1 problem", `  ${text}`);

const referred = (stack: TerraformStack, bucketName = "acme-audit", versioned = true): IAwsBucket =>
  AwsBucket.fromBucketAttributes(stack, "audit", {
    bucketName,
    encryption: BucketEncryption.s3Managed(),
    versioned,
  });

const S3_ONLY = "a bucket of S3, because S3 replicates to S3 alone";
const OWN =
  "an AwsBucket of this app, because its one replication configuration is written here (a bucket that is only referred to belongs to somebody else)";

describe("a destination", () => {
  test.each([
    ["containerId", "S3ToAzureCopy of cloud-conductor/replication/azure copies to a container of Azure"],
    ["url", "S3ToGcsTransfer of cloud-conductor/replication/google copies to a bucket of Google"],
  ])("in another cloud, told by its %s, names what to use instead", (fact, instead) => {
    const bucket = (stack: TerraformStack) =>
      Object.assign(new Construct(stack, "hub"), { [fact]: "there", grants: {} });
    expect(failing((stack) => ({ destinations: [{ bucket: bucket(stack) }] }))).toBe(
      problem(`destinations[0].bucket must be ${S3_ONLY} (${instead}), got the construct lake/hub`),
    );
  });

  test.each([
    [undefined, "undefined"],
    ["acme-west", '"acme-west"'],
    [{ bucketArn: "arn:aws:s3:::acme" }, '{"bucketArn":"arn:aws:s3:::acme"}'],
  ])("%p is no bucket", (bucket, got) => {
    expect(failing(() => ({ destinations: [{ bucket }] }))).toBe(
      problem(`destinations[0].bucket must be ${S3_ONLY}, got ${got}`),
    );
  });

  test("is another bucket than the source", () => {
    expect(failing((_, source) => ({ destinations: [{ bucket: source }] }))).toBe(
      problem("destinations[0].bucket must be another bucket than the source, got the construct lake/pos"),
    );
  });

  test("is another bucket than the source, by its name too", () => {
    expect(failing((stack) => ({ destinations: [{ bucket: referred(stack, "acme-pos") }] }))).toBe(
      problem("destinations[0].bucket must be another bucket than the source, got the construct lake/audit"),
    );
  });

  test("that is referred to says that it is versioned", () => {
    expect(failing((stack) => ({ destinations: [{ bucket: referred(stack, "acme-audit", false) }] }))).toBe(
      problem(
        "destinations[0].bucket must be versioned (a bucket that is referred to says so: versioned: true), got the construct lake/audit",
      ),
    );
  });

  test("of a source with a key has a key", () => {
    const build = () =>
      synthApp((app) => {
        const stack = awsStack(app, "lake", PROD);
        const source = new AwsBucket(stack, "pos", { encryption: BucketEncryption.key(new AwsKey(stack, "key")) });
        new S3Replication(stack, "dr", { source, destinations: [{ bucket: new AwsBucket(stack, "west") }] });
      });
    expect(messageOf(build)).toBe(
      problem(
        "destinations[0].bucket must be encrypted with a key of its own region (BucketEncryption.key), as the source lake/pos is, because S3 would skip its objects, got the construct lake/west",
      ),
    );
  });

  test.each([false, true])("of a source with locks has locks, which one that is referred to says: %p", (locked) => {
    const build = () =>
      synthApp((app) => {
        const stack = awsStack(app, "lake", PROD);
        const source = new AwsBucket(stack, "pos", { retention: { minimumDays: 30 } });
        const bucket = AwsBucket.fromBucketAttributes(stack, "west", {
          bucketName: "acme-west",
          encryption: BucketEncryption.s3Managed(),
          versioned: true,
          locked,
        });
        new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
      });
    const message = problem(
      "destinations[0].bucket must be locked by a retention, as the source lake/pos is, because S3 copies locked objects to buckets with locks alone (a bucket that is referred to says so: locked: true), got the construct lake/west",
    );
    expect(locked ? build().stackNames : messageOf(build)).toEqual(locked ? ["lake"] : message);
  });

  test("with several faults is told all of them", () => {
    const destination = (stack: TerraformStack) => ({
      bucket: referred(stack, "acme-audit", false),
      prefixes: ["/raw", Lazy.stringValue({ produce: () => "x" })],
      tier: "lukewarm",
      timeControl: 15,
      deleteMarkers: "yes",
      metrics: 1,
      replicaModifications: "both",
    });
    expect(failing((stack) => ({ destinations: [destination(stack)] }))).toBe(
      lines(
        "lake/dr has 8 problems",
        "  destinations[0].bucket must be versioned (a bucket that is referred to says so: versioned: true), got the construct lake/audit",
        '  destinations[0].prefixes[0] must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/raw"',
        "  destinations[0].prefixes[1] must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
        '  destinations[0].tier must be one of "hot", "cool", "cold", "archive", "deep-archive", got "lukewarm"',
        "  destinations[0].timeControl must be true or false, got 15",
        "  destinations[0].metrics must be true or false, got 1",
        '  destinations[0].deleteMarkers must be true or false, got "yes"',
        '  destinations[0].replicaModifications must be true or false, got "both"',
      ),
    );
  });
});

describe("a destination says", () => {
  const settings = (one: Omit<S3ReplicationDestination, "bucket">) =>
    failing((stack) => ({ destinations: [{ bucket: new AwsBucket(stack, "west"), ...one }] }));
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${String(index)}`, "v"]));

  test.each([
    [
      { timeControl: true, metrics: false },
      "metrics must be on with timeControl, which S3 has only with metrics, got false",
    ],
    [
      { deleteMarkers: true, objectTags: { class: "training" } },
      "deleteMarkers must be off with objectTags, because a delete marker has no tags, got true",
    ],
    [{ objectTags: {} }, "objectTags must be 1-10 tags, or left out for objects whatever their tags, got 0"],
    [{ objectTags: tags(11) }, "objectTags must be 1-10 tags, or left out for objects whatever their tags, got 11"],
    [
      { objectTags: { class: Lazy.stringValue({ produce: () => "x" }) } },
      "objectTags.class must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
    ],
    [
      { objectTags: { class: "v".repeat(257) } },
      `objectTags.class must be a string of at most 256 characters, got "${"v".repeat(119)}… (259 characters)`,
    ],
    [
      { objectTags: { ["k".repeat(129)]: "v" } },
      `objectTags must be keys of at most 128 characters, got "${"k".repeat(119)}… (131 characters)`,
    ],
  ])("%j", (one, text) => {
    expect(settings(one)).toBe(problem(`destinations[0].${text}`));
  });

  test("tags as an object", () => {
    expect(settings({ objectTags: ["training"] as unknown as Record<string, string> })).toBe(
      problem('destinations[0].objectTags must be an object, got ["training"]'),
    );
  });
});

describe("destinations", () => {
  test.each([
    [[], "destinations must be at least one destination, got []"],
    [undefined, "destinations must be a literal list, got undefined"],
    [[null], "destinations[0] must be an object, got null"],
    [
      Lazy.anyValue({ produce: () => [] }),
      "destinations must be a literal list, got a token (a value known only to Terraform)",
    ],
  ])("%p are none", (destinations, text) => {
    expect(failing(() => ({ destinations }))).toBe(problem(text));
  });

  test("send no object to one bucket twice", () => {
    const destinations = (stack: TerraformStack) => {
      const west = new AwsBucket(stack, "west");
      return [{ bucket: west, prefixes: ["raw/"] }, { bucket: new AwsBucket(stack, "north") }, { bucket: west }];
    };
    expect(failing((stack) => ({ destinations: destinations(stack) }))).toBe(
      problem(
        'destinations[2] must be apart from "raw/" of destinations[0].prefixes[0], which goes to the same place, got ""',
      ),
    );
  });

  test("with tags of their own are apart only where no object can have both", () => {
    const twice = (one: Record<string, string>, other: Record<string, string>) =>
      failing((stack) => {
        const bucket = new AwsBucket(stack, "west");
        return {
          destinations: [
            { bucket, objectTags: one },
            { bucket, objectTags: other },
          ],
        };
      });
    expect(twice({ class: "training" }, { tier: "hot" })).toBe(
      problem('destinations[1] must be apart from "" of destinations[0], which goes to the same place, got ""'),
    );
  });

  test("have at most 1,000 prefixes together", () => {
    const prefixes = Array.from({ length: 1001 }, (_, index) => `p${String(index)}/`);
    expect(failing((stack) => ({ destinations: [{ bucket: new AwsBucket(stack, "west"), prefixes }] }))).toBe(
      problem("destinations must be at most 1000 prefixes together, each a rule, got 1001"),
    );
  });
});

describe("the source", () => {
  const copy = (stack: TerraformStack) => [{ bucket: new AwsBucket(stack, "west") }];

  test("is no bucket of somebody else", () => {
    expect(failing((stack) => ({ source: referred(stack), destinations: copy(stack) }))).toBe(
      problem(`source must be ${OWN}, got the construct lake/audit`),
    );
  });

  test.each([undefined, "acme-pos", null])("is not %p", (source) => {
    const got = source === undefined ? "undefined" : JSON.stringify(source);
    expect(failing((stack) => ({ source, destinations: copy(stack) }))).toBe(
      problem(`source must be ${OWN}, got ${got}`),
    );
  });

  test("has one replication configuration", () => {
    const build = () =>
      synthApp((app) => {
        const stack = awsStack(app, "lake", PROD);
        const source = new AwsBucket(stack, "pos");
        for (const id of ["west", "north"])
          new S3Replication(awsStack(app, id, PROD), "dr", {
            source,
            destinations: [{ bucket: new AwsBucket(stack, id) }],
          });
      });
    expect(messageOf(build)).toBe(
      lines(
        "north/dr has 1 problem",
        '  aws_s3_bucket_replication_configuration of "lake/pos" must have one owner, because the server keeps one and the last writer wins, got west/dr and north/dr',
      ),
    );
  });

  test("with a provider of its own stands in the stack of the replication", () => {
    const build = () =>
      synthApp((app) => {
        const lake = awsStack(app, "lake", PROD);
        const provider = new AwsProvider(lake, "audit", { alias: "audit" });
        const source = new AwsBucket(lake, "pos", { provider });
        const stack = awsStack(app, "dr", PROD);
        new S3Replication(stack, "dr", { source, destinations: [{ bucket: new AwsBucket(stack, "west") }] });
      });
    expect(messageOf(build)).toBe(
      lines("dr/dr has 1 problem", '  provider must be a provider of stack "dr", got the construct lake/audit'),
    );
  });
});

describe("the role", () => {
  const withRole = (role: (stack: TerraformStack) => unknown) =>
    failing((stack) => ({ destinations: [{ bucket: new AwsBucket(stack, "west") }], role: role(stack) }));

  test("is of the source's account", () => {
    const role = (stack: TerraformStack) =>
      AwsRole.fromRoleAttributes(stack, "crr", { roleName: "s3-crr-role", accountId: OTHER_ACCOUNT });
    expect(withRole(role)).toBe(problem('role must be of account 123456789012, as the source is, got "999999999999"'));
  });

  test("stands in the stack of the replication, or the two stacks would wait for each other", () => {
    const build = () =>
      synthApp((app) => {
        const role = functionRole(awsStack(app, "roles", PROD), "crr");
        const stack = awsStack(app, "lake", PROD);
        const [source, bucket] = ["pos", "west"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
        new S3Replication(stack, "dr", { source, destinations: [{ bucket }], role });
      });
    expect(messageOf(build)).toBe(
      problem(
        'role must be one of stack "lake" (AwsRole.fromRoleAttributes refers to another one), got the construct roles/crr',
      ),
    );
  });

  test("is no ARN", () => {
    expect(withRole(() => "arn:aws:iam::123456789012:role/s3-crr-role")).toBe(
      problem('role must be a role of AWS, got "arn:aws:iam::123456789012:role/s3-crr-role"'),
    );
  });

  test("is of no other cloud", () => {
    expect(withRole(() => ({ grantPrincipal: { cloud: "google" } }))).toBe(
      problem(
        "grantee must be a principal of AWS, got one of Google Cloud; for Google Cloud create a keyless trust first and grant to the AWS identity it ends in",
      ),
    );
  });
});

test("a bucket of another cloud does not compile as a destination", () => {
  interface BucketOfAnotherCloud {
    readonly bucketName: string;
    readonly grants: object;
  }
  type Takes<T> = T extends S3ReplicationDestination["bucket"] ? "taken" : "refused";
  const foreign: Takes<BucketOfAnotherCloud> = "refused";
  const own: Takes<AwsBucket> = "taken";
  expect([foreign, own]).toEqual(["refused", "taken"]);
});

test("a way round to the source, over jobs between clouds, is refused", () => {
  const build = () =>
    synthApp((app) => {
      const stack = awsStack(app, "lake", PROD);
      const [source, bucket] = ["pos", "west"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      const job = { from: "lake/west", to: "lake/pos", prefixes: ["raw/"], engine: CopyEngine.JOB };
      expect(loopProblems(new Construct(stack, "home"), "prefixes", job)).toEqual([]);
      new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
    });
  expect(messageOf(build)).toBe(
    problem(
      'destinations[0].prefixes must be apart from what other copies bring here, because copies would be copied again for ever, got lake/dr → lake/home for keys below ""',
    ),
  );
});
