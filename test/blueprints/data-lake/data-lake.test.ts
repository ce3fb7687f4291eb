import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageTransferJob } from "@cdktf/provider-google/lib/storage-transfer-job";
import { TerraformOutput, type TerraformStack } from "cdktf";
import { onAws } from "../../../lib/blueprints/data-lake/aws";
import { onAzure } from "../../../lib/blueprints/data-lake/azure";
import { DataLake } from "../../../lib/blueprints/data-lake/data-lake";
import { onGoogle } from "../../../lib/blueprints/data-lake/google";
import type { LakeCloud } from "../../../lib/blueprints/data-lake/lake-cloud";
import { DataRemoval } from "../../../lib/core/data-removal";
import type { Environment } from "../../../lib/core/environment";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { RetentionMode, type ObjectRetention } from "../../../lib/storage/retention";
import { StorageTier } from "../../../lib/storage/tier";
import { Zone } from "../../../lib/storage/zones";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { awsStack, functionRole } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { DEV, PROD, stackOn } from "../../storage/clouds/cloud";
import { errorOf, on, stackOf, THREE } from "./three-clouds";

describe("a lake on three clouds", () => {
  const synthesised = stackOf((stack) => {
    const lake = new DataLake(stack, "lake", {
      clouds: [onAws({ name: "acme" }), onGoogle({ name: "acme" }), onAzure({ name: "acme" })],
      zones: { raw: {}, curated: { on: ["google", "azure"] }, dlq: { on: ["aws"] } },
      tags: { owner: "pos" },
    });
    lake.buckets.aws.raw.grants.write(functionRole(stack));
    const everywhere = { ...lake.logicalPaths, typed: lake.paths.google.curated };
    for (const [name, value] of Object.entries(everywhere)) new TerraformOutput(stack, name, { value, staticId: true });
  });
  const template = Template.of(synthesised);

  test("has a bucket for each zone on each of its clouds, under a path that says both", () => {
    const names = [S3Bucket, StorageBucket].map((type) =>
      template.all(type).map((block) => block.get(type === S3Bucket ? "bucket" : "name")),
    );
    expect(names).toEqual([
      ["acme-dlq-prod", "acme-raw-prod"],
      ["acme-curated-prod", "acme-raw-prod"],
    ]);
    expect(template.all(StorageContainer).map((block) => block.get("name"))).toEqual(["curated", "raw"]);
    expect(template.only(StorageAccount).get("name")).toBe("acmelakeprod");
    expect(template.only(S3Bucket, { path: "lake/aws/raw" }).get("bucket")).toBe("acme-raw-prod");
  });

  test("tells its zones apart by tags, where buckets have tags of their own", () => {
    const tags = (zone: string) => ({ CostCenter: "Data 42", Environment: "prod", Owner: "pos", Zone: zone });
    expect(template.all(S3Bucket).map((block) => block.get("tags"))).toEqual([tags("dlq"), tags("raw")]);
    expect(template.only(StorageAccount).get("tags")).toEqual({
      CostCenter: "Data 42",
      Environment: "prod",
      Owner: "pos",
    });
    expect(template.only(StorageBucket, { path: "lake/google/curated" }).get("labels.zone")).toBe("curated");
  });

  test("is found under logical names, the first cloud's without its name", () => {
    const outputs = synthesised["output"] as Record<string, { readonly value: string }>;
    expect(Object.entries(outputs).map(([name, { value }]) => [name, value])).toEqual([
      ["curated_data", expect.stringMatching(/^gs:\/\/\$\{google_storage_bucket\.lake_google_curated_\w+\.name\}\/$/)],
      [
        "curated_data_azure",
        expect.stringMatching(
          /^abfss:\/\/\$\{azurerm_storage_container\.lake_azure_curated_\w+\.name\}@\$\{azurerm_storage_account\.lake_azure_Account_\w+\.name\}\.dfs\.core\.windows\.net\/$/,
        ),
      ],
      ["dlq_data", expect.stringMatching(/^s3:\/\/\$\{aws_s3_bucket\.lake_aws_dlq_\w+\.bucket\}\/$/)],
      ["raw_data", expect.stringMatching(/^s3:\/\/\$\{aws_s3_bucket\.lake_aws_raw_\w+\.bucket\}\/$/)],
      ["raw_data_azure", expect.stringMatching(/^abfss:/)],
      ["raw_data_google", expect.stringMatching(/^gs:/)],
      ["typed", outputs["curated_data"]?.value],
    ]);
  });
});

describe("zones", () => {
  const template = on(
    (stack) =>
      new DataLake(stack, "lake", {
        clouds: [onAws({ name: "acme" })],
        zones: { raw: {}, staging: {}, processed: {}, curated: {}, archive: {}, checkpoints: {}, models: {}, dlq: {} },
      }),
  );

  /** What is transitioned, what expires, and when replaced versions go. */
  const ages = (from: Template, zone: string): readonly unknown[] => {
    const rules = from
      .only(S3BucketLifecycleConfiguration, { path: `lake/aws/${zone}` })
      .get("rule") as readonly Rule[];
    const all = rules.find(({ id }) => id === "all");
    const versions = rules.find(({ id }) => id === "housekeeping")?.noncurrent_version_expiration[0]?.noncurrent_days;
    const moves = (all?.transition ?? []).map(({ days, storage_class: tier }) => `${tier} ${String(days)}`);
    return [moves.join(", "), all?.expiration?.[0]?.days, versions];
  };
  interface Rule {
    readonly id: string;
    readonly transition?: readonly { readonly days: number; readonly storage_class: string }[];
    readonly expiration?: readonly { readonly days?: number }[];
    readonly noncurrent_version_expiration: readonly { readonly noncurrent_days: number }[];
  }

  test.each([
    [Zone.RAW, "STANDARD_IA 30, GLACIER 90", undefined, 90],
    [Zone.STAGING, "", 30, 7],
    [Zone.PROCESSED, "STANDARD_IA 90", undefined, 90],
    [Zone.CURATED, "STANDARD_IA 90", undefined, 90],
    [Zone.ARCHIVE, "GLACIER 30", undefined, 90],
    [Zone.CHECKPOINTS, "", undefined, 7],
    [Zone.MODELS, "", undefined, 90],
    [Zone.DLQ, "", 90, 7],
  ])("%s ages by itself: %s, removed after %p days, replaced versions after %p", (zone, ...expected) => {
    expect(ages(template, zone)).toEqual(expected);
  });

  test.each([
    [{ expireAfterDays: 90 }, ["STANDARD_IA 30", 90, 90]],
    [{ expireAfterDays: 20, noncurrentVersions: { expireAfterDays: 3 } }, ["", 20, 3]],
    [{ transitions: [] }, ["", undefined, 90]],
    [{ transitions: [{ tier: StorageTier.COLD, afterDays: 10 }] }, ["GLACIER_IR 10", undefined, 90]],
    [
      { transitions: undefined, expireAfterDays: undefined, noncurrentVersions: undefined, on: undefined },
      ["STANDARD_IA 30, GLACIER 90", undefined, 90],
    ],
  ])("raw with %j is %j", (raw, expected) => {
    expect(
      ages(
        on((stack) => new DataLake(stack, "lake", { clouds: [onAws({ name: "acme" })], zones: { raw } })),
        "raw",
      ),
    ).toEqual(expected);
  });

  test("are kept unless both keys are turned", () => {
    const guards = (dataRemoval: DataRemoval, environment: Environment) => {
      const built = on(
        (stack) =>
          new DataLake(stack, "lake", {
            clouds: [onAws({ name: "acme" }), onAzure({ name: "acme" })],
            zones: { raw: {} },
            dataRemoval,
          }),
        environment,
      );
      return [S3Bucket, StorageAccount, StorageContainer].map((type) =>
        built.only(type).has("lifecycle.prevent_destroy"),
      );
    };
    expect(guards(DataRemoval.DESTROY, PROD)).toEqual([true, true, true]);
    expect(guards(DataRemoval.DESTROY, DEV)).toEqual([false, false, false]);
  });
});

describe("retention", () => {
  const locked = (retention: ObjectRetention, dataRemoval?: DataRemoval) => (stack: TerraformStack) => {
    new DataLake(stack, "lake", { clouds: [onAws({ name: "acme" })], zones: { curated: { retention } }, dataRemoval });
  };
  const seven = { minimumDays: 2555, mode: RetentionMode.COMPLIANCE };

  test("locks what is written into a zone", () => {
    const template = on(locked(seven), PROD);
    expect(template.only(S3Bucket).get("object_lock_enabled")).toBe(true);
    const lock = template.only(S3BucketObjectLockConfigurationA, { path: "lake/aws/curated" });
    expect(lock.get("rule.default_retention")).toEqual({ days: 2555, mode: "COMPLIANCE" });
  });

  test("fails as COMPLIANCE where removal is allowed", () => {
    const build = locked(seven, DataRemoval.DESTROY);
    const rule = "because nobody can remove what COMPLIANCE keeps";
    expect(messageOf(() => on(build, DEV))).toBe(
      lines(
        "lake/lake/aws/curated has 1 problem",
        `  retention.mode must be GOVERNANCE where dataRemoval is "destroy", ${rule}, got "compliance"`,
      ),
    );
    expect(messageOf(() => on(locked(seven), DEV))).toBe(
      lines(
        "lake/lake/aws/curated has 1 problem",
        `  retention.mode must be GOVERNANCE where the environment "dev" allows the removal of data, ${rule}, got "compliance"`,
      ),
    );
  });
});

describe("copies", () => {
  const COPYING = onGoogle({ name: "acme", transferSubjectId: "112233445566778899000" });

  test("come from the first cloud of the zone, keyless, as often as is said", () => {
    const template = on((stack) => {
      new DataLake(stack, "lake", {
        clouds: [onAws({ name: "acme" }), COPYING],
        zones: {
          raw: { copies: [{ to: "google", everyHours: 24 }] },
          curated: { copies: [{ to: "google", everyHours: 1 }] },
        },
      });
    });
    const job = template.only(StorageTransferJob, { path: "lake/google/curated-from-aws" });
    const daily = template.only(StorageTransferJob, { path: "lake/google/raw-from-aws" });
    expect([job.get("schedule.repeat_interval"), daily.get("schedule.repeat_interval")]).toEqual(["3600s", "86400s"]);
    expect(job.get("transfer_spec.aws_s3_data_source.role_arn")).toBe(
      `\${${template.only(IamRole, { path: "lake/aws/curated-to-google" }).address}.arn}`,
    );
  });

  test.each([
    [COPYING, "aws", 1, 'to must be another cloud of the zone than aws, where it is copied from, got "aws"'],
    [COPYING, "google", 5, "everyHours must be one of 1, 2, 3, 4, 6, 8, 12, 24, got 5"],
    [
      onGoogle({ name: "a" }),
      "google",
      1,
      'to must be a cloud that copies: onGoogle({ transferSubjectId }), got "google"',
    ],
    [
      onAzure({ name: "a" }),
      "azure",
      1,
      'to must be a copy from "aws" to "google", which alone is modelled, got "azure"',
    ],
  ] as const)("fails (%#) where it cannot be", (cloud: LakeCloud, to, everyHours, problem) => {
    const zones = { raw: { copies: [{ to, everyHours }] } };
    const build = (stack: TerraformStack) =>
      new DataLake(stack, "lake", { clouds: [onAws({ name: "acme" }), cloud], zones });
    expect(errorOf(build)).toBe(lines("lake/lake has 1 problem", `  zones.raw.copies[0].${problem}`));
  });
});

describe("clouds chosen by data", () => {
  const CLOUDS = { aws: () => onAws({ name: "acme" }), google: () => onGoogle({ name: "acme" }) };

  test("leave out what is not chosen, and the compiler knows that it may be missing", () => {
    const template = on((stack) => {
      const names: readonly (keyof typeof CLOUDS)[] = ["aws"];
      const lake = new DataLake(stack, "lake", { clouds: names.map((name) => CLOUDS[name]()), zones: { raw: {} } });
      // @ts-expect-error it may not be there
      expect(() => lake.buckets.google.raw.bucketName).toThrow(TypeError);
      expect(lake.buckets.google?.raw).toBeUndefined();
      expect(lake.buckets.aws?.raw).toBeInstanceOf(AwsBucket);
    });
    expect(template.count(StorageBucket)).toBe(0);
  });

  test("may be a cloud of one's own", () => {
    const calls: unknown[] = [];
    const mine: LakeCloud<"aws", AwsBucket> = {
      ...onAws({ name: "acme" }),
      bucket: (scope, zone, props) => new AwsBucket(scope, zone, { ...props, bucketName: `mine-${zone}` }),
      publish: (scope, paths) => void calls.push(scope.node.path, Object.keys(paths)),
    };
    const template = on((stack) => new DataLake(stack, "lake", { clouds: [mine], zones: { raw: {} } }));
    expect(template.only(S3Bucket).get("bucket")).toBe("mine-raw");
    expect(calls).toEqual(["lake/lake/aws", ["raw_data"]]);
  });
});

describe("buckets that are there already", () => {
  test("are zones where they stand, with the lifecycle they have", () => {
    const template = on((stack) => {
      const pos = new AwsBucket(stack, "pos", { bucketName: "acme-pos" });
      const account = new AzureStorageAccount(stack, "account", { accountName: "acmedata" });
      const old = new AzureBucket(stack, "old", { account, bucketName: "pos" });
      const lake = new DataLake(stack, "lake", {
        clouds: [
          onAws({ name: "acme", buckets: { raw: pos } }),
          onAzure({ name: "acme", account, buckets: { raw: old } }),
        ],
        zones: { raw: {}, models: {} },
      });
      expect([lake.buckets.aws.raw, lake.buckets.azure.raw]).toEqual([pos, old]);
    });
    expect(template.all(S3Bucket).map((block) => block.get("bucket"))).toEqual(["acme-models-prod", "acme-pos"]);
    expect(template.all(StorageContainer).map((block) => block.get("name"))).toEqual(["models", "pos"]);
    expect(template.count(StorageAccount)).toBe(1);
  });

  test("fails where a zone would say how such a bucket ages", () => {
    const message = errorOf((stack) => {
      const pos = new AwsBucket(stack, "pos");
      new DataLake(stack, "lake", {
        clouds: [onAws({ name: "acme", buckets: { raw: pos } }), onGoogle({ name: "acme" })],
        zones: { raw: { expireAfterDays: 90 } },
      });
    });
    expect(message).toBe(
      lines(
        "lake/lake has 1 problem",
        "  zones.raw.expireAfterDays must be said of the bucket itself, which is given on aws, got 90",
      ),
    );
    const elsewhere = on((stack) => {
      const pos = new AwsBucket(stack, "pos");
      new DataLake(stack, "lake", {
        clouds: [onAws({ name: "acme", buckets: { raw: pos } }), onGoogle({ name: "acme" })],
        zones: { raw: { on: ["google"], expireAfterDays: 90 } },
      });
    });
    expect(elsewhere.all(S3Bucket, { path: "lake" })).toEqual([]);
  });
});

describe("parameters", () => {
  test("hold the logical paths, one each", () => {
    const template = on((stack) => {
      new DataLake(stack, "lake", {
        clouds: [
          onAws({ name: "acme", parameterFolder: "/airflow/variables", region: "eu-central-1" }),
          onGoogle({ name: "acme" }),
        ],
        zones: { raw: {} },
      });
    });
    expect(
      template.all(SsmParameter).map((block) => ["name", "type", "value", "region"].map((name) => block.get(name))),
    ).toEqual([
      ["/airflow/variables/raw_data", "String", expect.stringMatching(/^s3:/), "eu-central-1"],
      ["/airflow/variables/raw_data_google", "String", expect.stringMatching(/^gs:/), "eu-central-1"],
    ]);
  });

  test.each(["airflow", "/aws/lake", "/SSM/lake", "/lake/", "/a b", "/l".repeat(15)])(
    "fails in the folder %p",
    (parameterFolder) => {
      const message = errorOf((stack) => {
        new DataLake(stack, "lake", { clouds: [onAws({ name: "acme", parameterFolder })], zones: { raw: {} } });
      });
      expect(message).toBe(
        lines(
          "lake/lake/aws has 1 problem",
          `  parameterFolder must be a folder of parameters such as /acme/lake, of 14 levels at most, not below /aws or /ssm, got "${parameterFolder}"`,
        ),
      );
    },
  );
});

test("a lake is used from another stack, in one direction", () => {
  const app = synthApp((app) => {
    const stack = stackOn(THREE, app);
    const lake = new DataLake(stack, "lake", { clouds: [onAws({ name: "acme" })], zones: { raw: {} } });
    const other = awsStack(app, "users", PROD);
    lake.buckets.aws.raw.grants.read(functionRole(other));
    new TerraformOutput(other, "raw", { value: lake.paths.aws.raw });
  });
  expect([app.dependencies("users"), app.dependencies("lake")]).toEqual([["lake"], []]);
});

test("without an environment names are those of the lake and the zone", () => {
  const template = Template.of(
    synthApp((app) => {
      const stack = awsStack(app, "lake");
      new DataLake(stack, "lake", { clouds: [onAws({ name: "acme" })], zones: { raw: {} } });
    }).stack("lake"),
  );
  expect(template.only(S3Bucket).get("bucket")).toBe("acme-raw");
});
