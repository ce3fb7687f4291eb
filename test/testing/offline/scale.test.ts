import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Fn, type TerraformStack } from "cdktf";
import os from "node:os";
import { OfflineTerraform } from "../../../lib/testing/offline/runner/offline-terraform";
import { counts } from "../../../lib/testing/offline/runner/plan";
import { describeWithTerraform } from "../../support/terraform";
import { smallStack } from "./small-stack";

/** The most that a plan of 250 resources may take. */
const SECONDS = 5;
/** A machine that is busy with other things is asked again. */
const ATTEMPTS = 3;

/** Fifty times a bucket, a queue and a role that may send to it: five resources that refer to each other. */
function fiftyTimesFive(stack: TerraformStack): void {
  for (let index = 0; index < 50; index++) {
    const id = String(index);
    const bucket = new S3Bucket(stack, `bucket-${id}`, { bucket: `acme-${id}`, tags: { zone: "raw" } });
    const queue = new SqsQueue(stack, `queue-${id}`, { name: `acme-${id}`, tags: { bucket: bucket.arn } });
    const role = new IamRole(stack, `role-${id}`, { name: `acme-${id}`, assumeRolePolicy: "{}" });
    const versioningConfiguration = { status: "Enabled" };
    new S3BucketVersioningA(stack, `versioning-${id}`, { bucket: bucket.id, versioningConfiguration });
    new IamRolePolicy(stack, `policy-${id}`, { role: role.id, policy: Fn.jsonencode({ Resource: queue.arn }) });
  }
}

describeWithTerraform("250 resources", () => {
  const stack = smallStack(fiftyTimesFive);

  async function secondsToPlan(): Promise<number> {
    const start = performance.now();
    const terraform = await OfflineTerraform.open(stack);
    try {
      expect(counts(await terraform.plan())).toBe("250 to add, 0 to change, 0 to destroy");
      return (performance.now() - start) / 1000;
    } finally {
      terraform.close();
    }
  }

  test("are planned within five seconds", async () => {
    let fastest = await secondsToPlan();
    for (let attempt = 1; attempt < ATTEMPTS && fastest > SECONDS; attempt++)
      fastest = Math.min(fastest, await secondsToPlan());
    expect(fastest / othersShare()).toBeLessThanOrEqual(SECONDS);
  });
});

/** How many times longer everything takes because more processes want to compute than there are cores; 1 where they do not. */
const othersShare = (): number => Math.max(1, (os.loadavg()[0] ?? 0) / os.cpus().length);
