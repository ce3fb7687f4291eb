import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import "../../../lib/testing/jest";
import { terraformTest } from "../../../lib/testing/jest";
import { describeWithTerraform } from "../../support/terraform";
import { smallStack } from "./small-stack";

const bucket = smallStack((stack) => {
  const pos = new S3Bucket(stack, "pos", { bucket: "acme-pos", lifecycle: { preventDestroy: true } });
  new S3BucketVersioningA(stack, "versioning", { bucket: pos.id, versioningConfiguration: { status: "Enabled" } });
});

const wrong = smallStack((stack) => {
  new SqsQueue(stack, "queue", { name: "q" }).addOverride("delay_secs", 1);
});

/** Fails to be as configured: Terraform itself says another time at each plan. */
const restless = smallStack((stack) => {
  stack.addOverride("resource.terraform_data.clock", { input: "${timestamp()}" });
});

/** Fails while it is applied. */
const doomed = smallStack((stack) => {
  stack.addOverride("resource.terraform_data.doomed", {
    provisioner: [{ "local-exec": { command: "exit 3", quiet: true } }],
  });
});

const message = (expectation: Promise<unknown>): Promise<string> =>
  expectation.then(
    () => "it passed",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describeWithTerraform("toBeValidTerraform", () => {
  test("passes where Terraform has nothing against a stack", async () => {
    await expect(bucket).toBeValidTerraform();
    await expect(wrong).not.toBeValidTerraform();
  });

  test("says what Terraform has against it", async () => {
    expect(await message(expect(wrong).toBeValidTerraform())).toBe(
      'small is not valid Terraform:\n  Extraneous JSON object property [aws_sqs_queue.queue, small/queue]: No argument or block type is named "delay_secs".',
    );
    expect(await message(expect(bucket).not.toBeValidTerraform())).toBe(
      "small is valid Terraform, expected that it is not",
    );
  });
});

describeWithTerraform("toPlan", () => {
  test("passes where the plan does what is named", async () => {
    await expect(bucket).toPlan();
    await expect(bucket).toPlan({ add: 2, change: 0, destroy: 0 });
    await expect(bucket).not.toPlan({ add: 3 });
  });

  test("lists what the plan does where it is something else", async () => {
    expect(await message(expect(bucket).toPlan({ add: 3, destroy: 1 }))).toBe(
      "small plans 2 to add, 0 to change, 0 to destroy, expected 3 to add, 1 to destroy:\n  + aws_s3_bucket.pos\n  + aws_s3_bucket_versioning.versioning",
    );
    expect(await message(expect(bucket).not.toPlan({ add: 2 }))).toBe(
      "small plans 2 to add, 0 to change, 0 to destroy, expected not 2 to add:\n  + aws_s3_bucket.pos\n  + aws_s3_bucket_versioning.versioning",
    );
    expect(await message(expect(wrong).toPlan())).toBe(
      'terraform plan of small failed:\n  Extraneous JSON object property [aws_sqs_queue.queue, small/queue]: No argument or block type is named "delay_secs".',
    );
  });
});

describeWithTerraform("toApplyCleanly", () => {
  test("passes where apply, an empty second plan and destroy do, kept resources included", async () => {
    await expect(bucket).toApplyCleanly();
  });

  test("says which of them does not", async () => {
    expect(await message(expect(restless).toApplyCleanly())).toBe(
      "small is not as configured after apply: a second plan has 0 to add, 1 to change, 0 to destroy:\n  ~ terraform_data.clock",
    );
    expect(await message(expect(doomed).toApplyCleanly())).toMatch(
      /^terraform apply of small failed:\n {2}local-exec provisioner error \[terraform_data\.doomed\]: Error running command 'exit 3': exit status 3\./,
    );
    expect(await message(expect(bucket).not.toApplyCleanly())).toBe("small applies cleanly, expected that it does not");
  });
});

test("what is no stack of synthApp is an error, whichever way it is asked", async () => {
  const explained = "This is not a stack of synthApp(…).stack(name), or it was copied: pass the object itself.";
  expect(await message(expect({ ...bucket }).toPlan())).toBe(explained);
  expect(await message(expect({ ...bucket }).not.toPlan())).toBe(explained);
});

describe("without a Terraform", () => {
  const before = { ...process.env };
  const said: string[] = [];

  beforeEach(() => {
    process.env["TERRAFORM_BINARY_NAME"] = "/nowhere/terraform";
    said.length = 0;
    jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.env = { ...before };
  });

  const MISSING =
    "$TERRAFORM_BINARY_NAME names /nowhere/terraform, which is not there; get one: https://developer.hashicorp.com/terraform/install, https://opentofu.org/docs/intro/install";

  test("an expectation is skipped, either way, with a line that says so", async () => {
    await expect(wrong).toBeValidTerraform();
    await expect(wrong).not.toPlan();
    expect(said).toEqual([
      `SKIPPED expect(small).toBeValidTerraform(): ${MISSING}\n`,
      `SKIPPED expect(small).toPlan(): ${MISSING}\n`,
    ]);
  });

  test("it fails where a Terraform is required", async () => {
    process.env["CLOUD_CONDUCTOR_TERRAFORM_REQUIRED"] = "1";
    expect(await message(expect(bucket).toPlan())).toBe(`expect(small).toPlan() needs a Terraform: ${MISSING}`);
    expect(said).toEqual([]);
  });

  test("terraformTest skips a whole test, as jest counts it", () => {
    const skip = jest.spyOn(test, "skip").mockImplementation(() => undefined);
    terraformTest("the lake plans", () => undefined);
    expect(skip.mock.calls.map(([name]) => name)).toEqual(["the lake plans"]);
    expect(said).toEqual([`SKIPPED the lake plans: ${MISSING}\n`]);
  });
});

describeWithTerraform("terraformTest", () => {
  test("is a test where there is a Terraform", () => {
    const original = globalThis.test;
    const registered: string[] = [];
    globalThis.test = ((name: string) => registered.push(name)) as unknown as jest.It;
    terraformTest("the lake plans", () => undefined);
    globalThis.test = original;
    expect(registered).toEqual(["the lake plans"]);
  });
});
