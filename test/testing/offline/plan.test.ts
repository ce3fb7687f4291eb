import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { Fn, TerraformOutput, TerraformStack, Token } from "cdktf";
import { OfflineTerraform } from "../../../lib/testing/offline/runner/offline-terraform";
import { counts, listed, type Plan } from "../../../lib/testing/offline/runner/plan";
import { synthApp } from "../../../lib/testing/synth";
import { describeWithTerraform } from "../../support/terraform";
import { smallStack } from "./small-stack";

const open: OfflineTerraform[] = [];

afterEach(() => {
  for (const terraform of open.splice(0)) terraform.close();
});

async function terraformOn(build: (stack: TerraformStack) => void): Promise<OfflineTerraform> {
  const terraform = await OfflineTerraform.open(smallStack(build));
  open.push(terraform);
  return terraform;
}

const read = (plan: Plan): string => `${counts(plan)}\n${listed(plan)}`;

/** What is planned for one resource. */
function after(plan: Plan, address: string): Readonly<Record<string, unknown>> {
  const changes = plan.json["resource_changes"] as readonly {
    address: string;
    change: { after: Record<string, unknown> };
  }[];
  return changes.find((one) => one.address === address)?.change.after ?? {};
}

function versioned(stack: TerraformStack): void {
  const bucket = new S3Bucket(stack, "pos", { bucket: "acme-pos", tags: { zone: "raw" } });
  new S3BucketVersioningA(stack, "versioning", { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } });
}

describeWithTerraform("Terraform with stand-ins of the providers", () => {
  test("a first plan creates everything", async () => {
    const terraform = await terraformOn(versioned);
    const plan = await terraform.plan();
    expect(read(plan)).toBe(
      "2 to add, 0 to change, 0 to destroy\n  + aws_s3_bucket.pos\n  + aws_s3_bucket_versioning.versioning",
    );
    expect(after(plan, "aws_s3_bucket.pos")).toMatchObject({
      bucket: "acme-pos",
      force_destroy: null,
      region: "eu-west-1",
      tags_all: { team: "data", zone: "raw" },
    });
    expect(await terraform.planText()).toContain("+ arn                         = (known after apply)");
  });

  test("a second plan after apply says that nothing changes, and destroy leaves nothing", async () => {
    const terraform = await terraformOn((stack) => {
      versioned(stack);
      const queue = new SqsQueue(stack, "queue", { name: "q" });
      const me = new DataAwsCallerIdentity(stack, "me");
      new TerraformOutput(stack, "account", { value: Token.asString(Fn.element(Fn.split(":", queue.arn), 4)) });
      new TerraformOutput(stack, "caller", { value: me.accountId });
    });
    await terraform.apply();
    expect(await terraform.outputs()).toEqual({ account: "000000000000", caller: "000000000000" });
    expect(read(await terraform.plan())).toBe("0 to add, 0 to change, 0 to destroy\n");
    await terraform.destroy();
    expect(counts(await terraform.plan())).toBe("3 to add, 0 to change, 0 to destroy");
  });

  describe("a rehearsal", () => {
    test("applies, plans again and destroys, and leaves state and folder as they were", async () => {
      const terraform = await terraformOn((stack) => {
        versioned(stack);
        new S3Bucket(stack, "legacy", { bucket: "acme-legacy" }).importFrom("acme-legacy");
        stack.addOverride("resource.aws_s3_bucket.pos.lifecycle", { prevent_destroy: true });
      });
      expect(read(await terraform.rehearse())).toBe("0 to add, 0 to change, 0 to destroy\n");
      expect(counts(await terraform.plan())).toBe("2 to add, 1 to change, 0 to destroy");
    });

    test("says at which step Terraform refused", async () => {
      const refusal = async (build: (stack: TerraformStack) => void): Promise<unknown> => {
        const terraform = await terraformOn(build);
        return terraform.rehearse().catch((error: unknown) => error);
      };
      const doomed = (when: "create" | "destroy") => (stack: TerraformStack) => {
        const provisioner = { "local-exec": { command: "exit 3", quiet: true, when } };
        stack.addOverride("resource.terraform_data.doomed", { provisioner: [provisioner] });
      };
      expect(await refusal(doomed("create"))).toMatchObject({
        message: expect.stringMatching(/^terraform apply of small failed:\n {2}local-exec provisioner error/) as string,
      });
      expect(await refusal(doomed("destroy"))).toMatchObject({
        message: expect.stringMatching(
          /^terraform destroy of small failed:\n {2}local-exec provisioner error/,
        ) as string,
      });
    });
  });

  describe("what changes after apply", () => {
    async function replan(
      before: (stack: TerraformStack) => void,
      then: (stack: TerraformStack) => void,
    ): Promise<string> {
      const terraform = await terraformOn(before);
      await terraform.apply();
      await terraform.update(smallStack(then));
      return read(await terraform.plan());
    }

    test.each<[string, (stack: TerraformStack) => void, string]>([
      [
        "an argument",
        (stack) => {
          const bucket = new S3Bucket(stack, "pos", { bucket: "acme-pos-2" });
          new S3BucketVersioningA(stack, "versioning", {
            bucket: bucket.id,
            versioningConfiguration: { status: "Enabled" },
          });
        },
        "0 to add, 1 to change, 0 to destroy\n  ~ aws_s3_bucket.pos",
      ],
      [
        "a resource that is gone, and one whose type is new",
        (stack) => {
          new S3Bucket(stack, "pos", { bucket: "acme-pos", tags: { zone: "raw" } });
          new SqsQueue(stack, "queue", { name: "q" });
        },
        "1 to add, 0 to change, 1 to destroy\n  - aws_s3_bucket_versioning.versioning\n  + aws_sqs_queue.queue",
      ],
      [
        "a resource that moved",
        (stack) => {
          const bucket = new S3Bucket(stack, "lake", { bucket: "acme-pos", tags: { zone: "raw" } });
          bucket.moveFromId("aws_s3_bucket.pos");
          new S3BucketVersioningA(stack, "versioning", {
            bucket: bucket.id,
            versioningConfiguration: { status: "Enabled" },
          });
        },
        "0 to add, 0 to change, 0 to destroy\n  -> aws_s3_bucket.lake (was aws_s3_bucket.pos)",
      ],
      [
        "a resource that Terraform is told to replace with another",
        (stack) => {
          const bucket = new S3Bucket(stack, "pos", { bucket: "acme-pos", tags: { zone: "clean" } });
          new S3BucketVersioningA(stack, "versioning", {
            bucket: bucket.id,
            versioningConfiguration: { status: "Enabled" },
            lifecycle: { replaceTriggeredBy: ["aws_s3_bucket.pos"] },
          });
        },
        "1 to add, 1 to change, 1 to destroy\n  ~ aws_s3_bucket.pos\n  -/+ aws_s3_bucket_versioning.versioning",
      ],
      ["nothing", versioned, "0 to add, 0 to change, 0 to destroy\n"],
    ])("%s", async (_, then, expected) => {
      await expect(replan(versioned, then)).resolves.toBe(expected);
    });
  });

  test("an import is planned as one", async () => {
    const terraform = await terraformOn((stack) => {
      new S3Bucket(stack, "legacy", { bucket: "acme-legacy" }).importFrom("acme-legacy");
    });
    expect(read(await terraform.plan())).toBe("0 to add, 1 to change, 0 to destroy\n  ~ aws_s3_bucket.legacy");
    await terraform.apply();
    expect(counts(await terraform.plan())).toBe("0 to add, 0 to change, 0 to destroy");
  });

  test("three clouds in one stack, two regions of one, apply and stay", async () => {
    const terraform = await terraformOn((stack) => {
      const west = new AwsProvider(stack, "west", {
        region: "us-west-2",
        alias: "west",
        defaultTags: [{ tags: { team: "west" } }],
      });
      new AzurermProvider(stack, "azurerm", { features: [{}] });
      new GoogleProvider(stack, "google", { project: "acme", region: "europe-west1", defaultLabels: { team: "data" } });
      new S3Bucket(stack, "here", { bucket: "acme-here" });
      new S3Bucket(stack, "there", { bucket: "acme-there", provider: west });
      new ResourceGroup(stack, "group", { name: "acme", location: "westeurope" });
      new StorageBucket(stack, "hub", { name: "acme-hub", location: "EU", labels: { zone: "raw" } });
    });
    const plan = await terraform.plan();
    expect(counts(plan)).toBe("4 to add, 0 to change, 0 to destroy");
    expect(after(plan, "aws_s3_bucket.here")).toMatchObject({ region: "eu-west-1", tags_all: { team: "data" } });
    expect(after(plan, "aws_s3_bucket.there")).toMatchObject({ region: "us-west-2", tags_all: { team: "west" } });
    expect(after(plan, "google_storage_bucket.hub")).toMatchObject({
      project: "acme",
      effective_labels: { team: "data", zone: "raw" },
    });
    await terraform.apply();
    expect(counts(await terraform.plan())).toBe("0 to add, 0 to change, 0 to destroy");
  });

  test("what is written only is in no plan and no state", async () => {
    const terraform = await terraformOn((stack) => {
      new SecretsmanagerSecretVersion(stack, "password", {
        secretId: "s",
        secretStringWo: "hunter2",
        secretStringWoVersion: 1,
      });
    });
    await terraform.apply();
    const plan = await terraform.plan();
    expect(counts(plan)).toBe("0 to add, 0 to change, 0 to destroy");
    expect(JSON.stringify(plan.json["prior_state"])).not.toContain("hunter2");
  });

  test("a plan that fails names every error", async () => {
    const terraform = await terraformOn((stack) => {
      new SqsQueue(stack, "one", { name: "${aws_s3_bucket.nowhere.id}" });
      new SqsQueue(stack, "other", { name: "${aws_kms_key.nowhere.id}" });
    });
    await expect(terraform.plan()).rejects.toThrow(
      [
        "terraform plan of small failed:",
        '  Reference to undeclared resource [aws_sqs_queue.one, small/one]: A managed resource "aws_s3_bucket" "nowhere" has not been declared in the root module.',
        '  Reference to undeclared resource [aws_sqs_queue.other, small/other]: A managed resource "aws_kms_key" "nowhere" has not been declared in the root module.',
      ].join("\n"),
    );
  });

  test("a stack that reads another's state finds values of the types that the other exports", async () => {
    const app = synthApp((root) => {
      const producer = new TerraformStack(root, "producer");
      new AwsProvider(producer, "aws", { region: "eu-west-1" });
      const bucket = new S3Bucket(producer, "pos", { bucket: "acme-pos" });
      const consumer = new TerraformStack(root, "consumer");
      new AwsProvider(consumer, "aws", { region: "eu-west-1" });
      new SqsQueue(consumer, "queue", {
        name: "q",
        policy: Fn.jsonencode({ Resource: bucket.arn }),
        tags: bucket.tagsAll,
      });
    });
    const terraform = await OfflineTerraform.open(app.stack("consumer"));
    open.push(terraform);
    await terraform.apply();
    const plan = await terraform.plan();
    expect(counts(plan)).toBe("0 to add, 0 to change, 0 to destroy");
    expect(after(plan, "aws_sqs_queue.queue")["policy"]).toMatch(
      /^{"Resource":"arn:aws:output:offline-1:000000000000:/,
    );
  });

  test("terraform test runs against the stand-ins and against mocks of them", async () => {
    const terraform = await terraformOn(versioned);
    const summary = await terraform.test({
      "applied.tftest.hcl": `run "applied" {\n  assert {\n    condition     = startswith(aws_s3_bucket.pos.arn, "arn:")\n    error_message = "no ARN"\n  }\n}\n`,
      "mocked.tftest.hcl": `mock_provider "aws" {}\nrun "mocked" {\n  command = plan\n  assert {\n    condition     = aws_s3_bucket.pos.bucket == "acme-pos"\n    error_message = "no name"\n  }\n}\n`,
    });
    expect(summary).toEqual({ passed: 2, failed: 0, skipped: 0 });
  });
});
