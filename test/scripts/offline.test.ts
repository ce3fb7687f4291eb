import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, Fn, S3Backend, TerraformStack } from "cdktf";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { deploy, deployOffline, DEPLOY_USAGE } from "../../scripts/offline/deploy";
import { plan, PLAN_USAGE } from "../../scripts/offline/plan";
import { printedProgress } from "../../scripts/offline/progress";
import { schema, SCHEMA_USAGE } from "../../scripts/offline/schema";
import { stackIn, stacksIn } from "../../scripts/offline/synthesise";
import { describeWithTerraform } from "../support/terraform";

const ROOT = path.resolve(__dirname, "..", "..");
const silent = (): void => undefined;

const folders: string[] = [];

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "offline-"));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
});

/** An app of three stacks with states in S3: the second refers to the first, the third is never as configured. */
function threeStacks(work: string): void {
  const app = new App({ outdir: path.join(work, "cdktf.out") });
  const [producer, consumer, restless] = ["lake-dev", "queue-dev", "clock-dev"].map((name) => {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, "aws", { region: "eu-west-1" });
    new S3Backend(stack, { bucket: "acme-states", key: `${name}.tfstate`, region: "eu-west-1" });
    return stack;
  }) as [TerraformStack, TerraformStack, TerraformStack];
  const bucket = new S3Bucket(producer, "pos", { bucket: "acme-pos", lifecycle: { preventDestroy: true } });
  new SqsQueue(consumer, "queue", { name: "q", policy: Fn.jsonencode({ Resource: bucket.arn }) });
  restless.addOverride("resource.terraform_data.clock", { input: "${timestamp()}" });
  app.synth();
}

describeWithTerraform("deploy:offline", () => {
  test("deploys what depends on each other, with real states, and plans again", async () => {
    const work = temporaryFolder();
    threeStacks(work);
    const printed: string[] = [];
    const told: string[] = [];
    const print = (text: string): unknown => printed.push(text);
    const code = await deployOffline({
      root: ROOT,
      work,
      globs: ["*-dev"],
      progress: (text) => told.push(text),
      print,
    });
    expect(printed.slice(-3)).toEqual([
      "clock-dev: 0 to add, 1 to change, 0 to destroy after deploy\n  ~ terraform_data.clock\n",
      "lake-dev: no changes\n",
      "queue-dev: no changes\n",
    ]);
    expect(code).toBe(1);
    expect(told).toEqual([
      "starting stand-ins of the providers",
      "cdktf deploy *-dev",
      "deployed clock-dev, lake-dev, queue-dev; planning again",
    ]);
    const [lake, queue] = ["lake-dev", "queue-dev"].map((name) =>
      fs.readFileSync(path.join(work, "states", `${name}.tfstate`), "utf8"),
    );
    const arn = /arn:aws:s3:eu-west-1:000000000000:aws_s3_bucket\/[0-9a-f]{8}/.exec(lake ?? "")?.[0];
    expect(arn).toMatch(/^arn:/);
    expect(queue).toContain(`{\\"Resource\\":\\"${arn ?? ""}\\"}`);
  });

  test("needs to know which stacks", async () => {
    await expect(deploy([], silent)).rejects.toThrow(`which stacks?\n${DEPLOY_USAGE}`);
    await expect(deploy(["--all"], silent)).rejects.toThrow(`which stacks?\n${DEPLOY_USAGE}`);
  });
});

test("plan:offline needs one stack, and providers that there are", async () => {
  await expect(plan([], silent)).rejects.toThrow(`exactly one stack, please\n${PLAN_USAGE}`);
  await expect(plan(["a", "b"], silent)).rejects.toThrow(`exactly one stack, please\n${PLAN_USAGE}`);
  await expect(plan(["a", "--providers", "own"], silent)).rejects.toThrow(
    "--providers must be stand-in or installed, got own",
  );
});

test("schema:offline needs one provider whose bindings are installed", async () => {
  await expect(schema([], silent)).rejects.toThrow(`exactly one provider, please\n${SCHEMA_USAGE}`);
  await expect(schema(["hashicups"], silent)).rejects.toThrow(
    "there are no bindings of hashicups: neither @cdktf/provider-hashicups nor @cdktn/provider-hashicups is installed",
  );
});

describe("the stacks of a synthesised app", () => {
  test("are found by name", () => {
    const work = temporaryFolder();
    threeStacks(work);
    const outdir = path.join(work, "cdktf.out");
    expect(stacksIn(outdir).map(({ name }) => name)).toEqual(["clock-dev", "lake-dev", "queue-dev"]);
    expect(stackIn(outdir, "queue-dev").folder).toBe(path.join(outdir, "stacks", "queue-dev"));
    expect(() => stackIn(outdir, "nope")).toThrow(
      `there is no stack nope in ${outdir}; there is clock-dev, lake-dev, queue-dev`,
    );
  });

  test("are not where nothing was synthesised", () => {
    const empty = temporaryFolder();
    expect(() => stacksIn(empty)).toThrow(`${empty} holds no manifest.json: synthesise first (npm run synth)`);
  });
});

test("progress says how long it took", () => {
  const lines: string[] = [];
  printedProgress((text) => lines.push(text))("synthesising");
  expect(lines).toEqual([expect.stringMatching(/^ +\d+\.\d s {2}synthesising\n$/)]);
});
