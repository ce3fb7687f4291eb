import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketReplicationConfigurationA as S3BucketReplication } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import type { TerraformStack } from "cdktf";
import { useEnvironment } from "../../lib/core/environment";
import { AwsKey } from "../../lib/encryption/aws/key";
import { AwsRole } from "../../lib/identity/aws/role";
import { trustService } from "../../lib/identity/aws/trust";
import type { S3ReplicationDestination } from "../../lib/replication/aws/destination";
import { S3Replication } from "../../lib/replication/aws/s3-replication";
import { AwsBucket } from "../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../lib/storage/aws/encryption";
import { StorageTier } from "../../lib/storage/tier";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";
import { ACCOUNT, awsStack, PROD, templateOf } from "../support/aws-stack";
import { statementsOf } from "../support/policies";

type Settings = Omit<S3ReplicationDestination, "bucket">;

/** Replication from `pos` to `west` in one stack. */
const replicated = (...settings: readonly Settings[]): Template =>
  templateOf((stack) => {
    const source = new AwsBucket(stack, "pos");
    const bucket = new AwsBucket(stack, "west", { region: "us-west-2" });
    const destinations = settings.map((one) => ({ bucket, ...one }));
    new S3Replication(stack, "dr", { source, destinations });
  });

const configuration = (template: Template) => template.only(S3BucketReplication);

describe("a rule", () => {
  test("has all that S3 asks of version 2, whatever was said", () => {
    expect(configuration(replicated({})).get("rule")).toEqual([
      {
        id: "west-all-ad2568cd",
        priority: 1,
        status: "Enabled",
        filter: { prefix: "" },
        delete_marker_replication: { status: "Disabled" },
        destination: { bucket: "${aws_s3_bucket.west_264B498D.arn}", metrics: { status: "Enabled" } },
      },
    ]);
  });

  test("stands for each prefix, told apart by id and priority", () => {
    const block = configuration(replicated({ prefixes: ["training-data/", "raw/pos sales/"] }));
    expect([0, 1].map((index) => block.get(`rule.${String(index)}.filter.prefix`))).toEqual([
      "raw/pos sales/",
      "training-data/",
    ]);
    expect([0, 1].map((index) => block.get(`rule.${String(index)}.priority`))).toEqual([1, 2]);
    expect([0, 1].map((index) => block.get(`rule.${String(index)}.id`))).toEqual([
      "west-raw-pos-sales-aff66487",
      "west-training-data-67065718",
    ]);
  });

  test("keeps its id when another one comes before it", () => {
    const ids = (...prefixes: readonly string[]) =>
      (configuration(replicated({ prefixes })).get("rule") as readonly { id: string }[]).map(({ id }) => id);
    expect(ids("clean/", "raw/")[1]).toBe(ids("raw/")[0]);
  });

  test.each([
    [StorageTier.HOT, "STANDARD"],
    [StorageTier.COOL, "STANDARD_IA"],
    [StorageTier.COLD, "GLACIER_IR"],
    [StorageTier.ARCHIVE, "GLACIER"],
    [StorageTier.DEEP_ARCHIVE, "DEEP_ARCHIVE"],
  ])("puts copies into the tier %s", (tier, storageClass) => {
    expect(configuration(replicated({ tier })).get("rule.0.destination.storage_class")).toBe(storageClass);
  });

  test("copies delete markers when told", () => {
    expect(configuration(replicated({ deleteMarkers: true })).get("rule.0.delete_marker_replication.status")).toBe(
      "Enabled",
    );
  });
});

describe("several destinations", () => {
  const template = () =>
    templateOf((stack) => {
      const source = new AwsBucket(stack, "pos");
      const [west, north] = ["west", "north"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      new S3Replication(stack, "dr", {
        source,
        destinations: [
          { bucket: west, prefixes: ["raw/"], tier: StorageTier.COOL },
          { bucket: north, timeControl: true },
          { bucket: west, prefixes: ["clean/"] },
        ],
      });
    });

  test("are rules of one configuration, in the order of their ids", () => {
    const rules = configuration(template()).get("rule") as readonly {
      priority: number;
      filter: { prefix: string };
      destination: { bucket: string; storage_class?: string };
    }[];
    expect(rules.map(({ priority, filter, destination }) => [priority, filter.prefix, destination.bucket])).toEqual([
      [1, "", "${aws_s3_bucket.north_5C39B528.arn}"],
      [2, "clean/", "${aws_s3_bucket.west_264B498D.arn}"],
      [3, "raw/", "${aws_s3_bucket.west_264B498D.arn}"],
    ]);
    expect(rules.map(({ destination }) => destination.storage_class)).toEqual([undefined, undefined, "STANDARD_IA"]);
  });

  test("are all waited for", () => {
    expect(configuration(template()).get("depends_on")).toEqual([
      "aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6",
      "aws_s3_bucket_versioning.west_Versioning_F5DBDEB8",
      "aws_s3_bucket_versioning.north_Versioning_4DB5F1BE",
      "aws_iam_role_policy.dr_Role_replicate-from-pos-072d3427_C8E25837",
      "aws_iam_role_policy.dr_Role_replicate-to-west-cd4aae6b_9C4B25A4",
      "aws_iam_role_policy.dr_Role_replicate-to-north-c790da18_FFF3BFE0",
      "aws_iam_role_policy.dr_Role_replicate-to-west-a68aa97b_38261862",
    ]);
  });
});

describe("the configuration", () => {
  test("is the source's, and waits for the versions of both and for the rights of its role", () => {
    const block = configuration(replicated({ prefixes: ["raw/"] }));
    expect([block.get("bucket"), block.get("role"), block.get("depends_on")]).toEqual([
      "${aws_s3_bucket.pos_A02B06CA.bucket}",
      "${aws_iam_role.dr_Role_C3C80080.arn}",
      [
        "aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6",
        "aws_s3_bucket_versioning.west_Versioning_F5DBDEB8",
        "aws_iam_role_policy.dr_Role_replicate-from-pos-0177a2ae_398B9FC0",
        "aws_iam_role_policy.dr_Role_replicate-to-west-cd4aae6b_9C4B25A4",
      ],
    ]);
  });

  test("stands where the source stands, not where the copies do", () => {
    const template = templateOf((stack) => {
      const provider = new AwsProvider(stack, "audit", { alias: "audit" });
      const source = new AwsBucket(stack, "pos", { region: "eu-central-1", provider });
      const bucket = new AwsBucket(stack, "west", { region: "us-west-2", provider });
      new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
    });
    const { attributes } = configuration(template);
    expect([attributes["region"], attributes["provider"]]).toEqual(["eu-central-1", "aws.audit"]);
    expect(template.only(IamRole).get("provider")).toBe("aws.audit");
  });

  test("in one region writes no region at all", () => {
    const template = templateOf((stack) => {
      const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
    });
    expect(configuration(template).has("region")).toBe(false);
  });

  test("can be overridden and moved by the provider's class", () => {
    const template = templateOf((stack) => {
      const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      const { resource, resources, role } = new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
      resource.addOverride("rule.0.status", "Disabled");
      resources.role?.resource.addOverride("path", "/replication/");
      expect(role).toBe(resources.role);
    });
    expect(configuration(template).get("rule.0.status")).toBe("Disabled");
    expect(template.only(IamRole).get("path")).toBe("/replication/");
  });

  test("two synths of it are equal", () => {
    const once = () => replicated({ prefixes: ["raw/", "clean/"], timeControl: true });
    expect(configuration(once()).attributes).toEqual(configuration(once()).attributes);
  });
});

describe("the role", () => {
  test("is for S3 on behalf of the source, tagged as the rest", () => {
    const template = templateOf((stack) => {
      const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      new S3Replication(stack, "dr", { source, destinations: [{ bucket }], tags: { owner: "dr" } });
    });
    const role = template.only(IamRole);
    expect(statementsOf(role.get("assume_role_policy"))).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLikeIfExists: { "aws:SourceArn": "${aws_s3_bucket.pos_A02B06CA.arn}" },
          StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
    expect(role.get("tags")).toEqual({ CostCenter: "Data 42", Environment: "prod", Owner: "dr" });
  });

  test("without a declared account is for the source alone", () => {
    const template = templateOf((stack) => {
      const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
    }, "undeclared");
    expect(statementsOf(template.only(IamRole).get("assume_role_policy"))[0]?.Condition).toEqual({
      ArnLikeIfExists: { "aws:SourceArn": "${aws_s3_bucket.pos_A02B06CA.arn}" },
    });
  });

  test("may be given, and gets the rights all the same", () => {
    const template = templateOf((stack) => {
      const role = new AwsRole(stack, "crr", { trust: trustService("s3.amazonaws.com"), roleName: "s3-crr-role" });
      const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      const replication = new S3Replication(stack, "dr", { source, destinations: [{ bucket }], role });
      expect([replication.role, replication.resources]).toEqual([role, {}]);
    });
    expect(configuration(template).get("role")).toBe("${aws_iam_role.crr_E71BE022.arn}");
    expect(template.all({ tfResourceType: "aws_iam_role_policy" }).map(({ path }) => path)).toEqual([
      "crr/replicate-from-pos-2d9baf16",
      "crr/replicate-to-copy-11f7840a",
    ]);
  });
});

describe("keys of both sides", () => {
  test("are named to S3, which would skip the objects otherwise", () => {
    const template = templateOf((stack) => {
      const source = new AwsBucket(stack, "pos", { encryption: BucketEncryption.key(new AwsKey(stack, "key")) });
      const bucket = new AwsBucket(stack, "west", {
        region: "us-west-2",
        encryption: BucketEncryption.key(new AwsKey(stack, "west-key", { region: "us-west-2" })),
      });
      new S3Replication(stack, "dr", { source, destinations: [{ bucket, prefixes: ["raw/", "clean/"] }] });
    });
    for (const index of ["0", "1"]) {
      const block = configuration(template);
      expect([
        block.get(`rule.${index}.source_selection_criteria`),
        block.get(`rule.${index}.destination.encryption_configuration`),
      ]).toEqual([
        { sse_kms_encrypted_objects: { status: "Enabled" } },
        { replica_kms_key_id: "${aws_kms_key.west-key_E546312F.arn}" },
      ]);
    }
  });

  test("of the destination alone are not used, and a note says so", () => {
    const app = synthApp((root) => {
      const stack = awsStack(root, "lake", PROD);
      const source = new AwsBucket(stack, "pos");
      const bucket = new AwsBucket(stack, "west", { encryption: BucketEncryption.key(new AwsKey(stack, "key")) });
      new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
    });
    const block = configuration(Template.of(app.stack("lake")));
    expect([
      block.has("rule.0.source_selection_criteria"),
      block.has("rule.0.destination.encryption_configuration"),
    ]).toEqual([false, false]);
    expect(app.annotations("lake")).toEqual([
      {
        constructPath: "lake/dr",
        level: "info",
        message:
          "Copies in lake/west are encrypted with S3's own keys, as their originals in lake/pos are: the key of the destination is not used for them.",
      },
    ]);
  });
});

describe("across stacks", () => {
  test("the copies' stack is deployed before, and nothing waits for a resource of another stack", () => {
    const app = synthApp((root) => {
      const bucket = new AwsBucket(awsStack(root, "west", PROD), "copy", { region: "us-west-2" });
      const stack = awsStack(root, "lake", PROD);
      new S3Replication(stack, "dr", { source: new AwsBucket(stack, "pos"), destinations: [{ bucket }] });
    });
    expect([app.dependencies("lake"), app.dependencies("west")]).toEqual([["west"], []]);
    const block = configuration(Template.of(app.stack("lake")));
    expect(block.get("rule.0.destination.bucket")).toBe(
      "${data.terraform_remote_state.cross-stack-reference-input-west.outputs.cross-stack-output-aws_s3_bucketcopy_DD9954EAarn}",
    );
    expect(block.get("depends_on")).toEqual([
      "aws_s3_bucket_versioning.pos_Versioning_B3C5CEA6",
      expect.stringMatching(/^aws_iam_role_policy\.dr_Role_replicate-from-pos/) as string,
      expect.stringMatching(/^aws_iam_role_policy\.dr_Role_replicate-to-copy/) as string,
    ]);
  });

  test("the source may stand in another stack than its replication", () => {
    const app = synthApp((root) => {
      const source = new AwsBucket(awsStack(root, "lake", PROD), "pos");
      const stack = awsStack(root, "dr", PROD);
      new S3Replication(stack, "dr", { source, destinations: [{ bucket: new AwsBucket(stack, "copy") }] });
    });
    expect([app.dependencies("dr"), app.dependencies("lake")]).toEqual([["lake"], []]);
  });

  test("two buckets may replicate to each other, because copies are not copied on", () => {
    const template = templateOf((stack) => {
      const [one, other] = ["one", "other"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
      new S3Replication(stack, "there", { source: one, destinations: [{ bucket: other }] });
      new S3Replication(stack, "back", { source: other, destinations: [{ bucket: one }] });
    });
    expect(template.count(S3BucketReplication)).toBe(2);
  });
});

test("an environment with its own provider places configuration and role there", () => {
  const template = templateOf((stack: TerraformStack) => {
    const awsProvider = new AwsProvider(stack, "audit", { alias: "audit" });
    useEnvironment(stack, PROD, { awsProvider });
    const [source, bucket] = ["pos", "copy"].map((id) => new AwsBucket(stack, id)) as [AwsBucket, AwsBucket];
    const replication = new S3Replication(stack, "dr", { source, destinations: [{ bucket }] });
    expect(replication.role.accountId).toBe(ACCOUNT);
  });
  expect([configuration(template).get("provider"), template.only(IamRole).get("provider")]).toEqual([
    "aws.audit",
    "aws.audit",
  ]);
});
