import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Schedule } from "../../../lib/core/schedule";
import type { S3ToAzureCopyProps } from "../../../lib/replication/azure/copy-props";
import { AzureCopyFactory } from "../../../lib/replication/azure/copy-factory";
import { CopyEngine, loopProblems } from "../../../lib/replication/loops";
import { lines, messageOf } from "../../support/messages";
import { container, copyIn, KEY, onAzure, POS } from "./copy-stack";

const failing = (settings: object | ((stack: TerraformStack) => object)): string =>
  messageOf(() =>
    onAzure((stack) =>
      copyIn(stack, (typeof settings === "function" ? settings(stack) : settings) as Partial<S3ToAzureCopyProps>),
    ),
  );

const problem = (text: string): string => lines("lake/copy has 1 problem", `  ${text}`);

test.each<[object, string]>([
  [{ source: { path: "gs" } }, 'source must be a bucket of S3, got {"path":"gs"}'],
  [
    { destination: POS },
    'destination must be a container of Azure, got {"path":"aws/pos","bucketName":"acme-pos","bucketArn":"arn:aws:s3:::acme-pos","region":"eu-west-1","versioned":true}',
  ],
  [{ accessKey: "AKIA" }, 'accessKey must be an object, got "AKIA"'],
  [
    { accessKey: { ...KEY, accessKeyId: "ASIAIOSFODNN7EXAMPLE" } },
    'accessKey.accessKeyId must be the id of a lasting access key: AKIA and 16 capital letters or digits, got "ASIAIOSFODNN7EXAMPLE"',
  ],
  [
    { accessKey: { ...KEY, keyVaultId: "acme-secrets" } },
    'accessKey.keyVaultId must be the resource id of a key vault, got "acme-secrets"',
  ],
  [
    { accessKey: { ...KEY, secretName: "s3/reader" } },
    'accessKey.secretName must be the name of a secret in that vault: 1-127 letters, digits or hyphens, got "s3/reader"',
  ],
  [{ startsOn: "2026-02-30" }, 'startsOn must be a day such as 2026-01-31, got "2026-02-30"'],
  [{ startsOn: "tomorrow" }, 'startsOn must be a day such as 2026-01-31, got "tomorrow"'],
  [
    { schedule: Schedule.weekly({ weekday: "monday" }) },
    'schedule must be hourly or daily, as windows of Data Factory are, got "week"',
  ],
  [{ schedule: Schedule.everyHours(5) }, "schedule.hours must be one of 1, 2, 3, 4, 6, 8, 12, got 5"],
  [{ settleMinutes: 2000 }, "settleMinutes must be a whole number from 0 to 1440 minutes, got 2000"],
  [{ selection: "some" }, 'selection must be one of "changed", "all", got "some"'],
  [{ targetPrefix: "from-aws" }, 'targetPrefix must be a folder: it ends in /, got "from-aws"'],
  [
    { prefixes: ["mail@acme/"] },
    'prefixes must be without @, which Data Factory takes for the beginning of an expression, got "mail@acme/"',
  ],
  [
    { targetPrefix: "mail@acme/" },
    'targetPrefix must be without @, which Data Factory takes for the beginning of an expression, got "mail@acme/"',
  ],
  [
    { prefixes: Array.from({ length: 41 }, (_, index) => `p${String(index)}/`) },
    "prefixes must be at most 40, each an activity, got 41",
  ],
  [
    { prefixes: ["raw/", "raw/pos/"] },
    'prefixes[1] must be apart from "raw/" of prefixes[0], which goes to the same place, got "raw/pos/"',
  ],
  [{ factory: "copies" }, 'factory must be an AzureCopyFactory, got "copies"'],
  [
    { monitoring: { severity: "urgent" } },
    'monitoring.severity must be one of "critical", "high", "low", got "urgent"',
  ],
])("%j", (settings, text) => {
  expect(failing(settings)).toBe(problem(text));
});

test("what is the factory's is left to the factory", () => {
  const settings = (stack: TerraformStack) => ({
    factory: new AzureCopyFactory(stack, "copies"),
    tags: { owner: "dr" },
    location: "westeurope",
  });
  expect(failing(settings)).toBe(
    lines(
      "lake/copy has 2 problems",
      '  tags must be left to the factory, where a factory is given, got {"owner":"dr"}',
      '  location must be left to the factory, where a factory is given, got "westeurope"',
    ),
  );
});

describe("two clouds that copy to each other", () => {
  /** A job from the container `hub` to S3, as another construct declares it. */
  const back = (stack: TerraformStack, prefixes: readonly string[]) => {
    const destination = container(stack);
    const route = { from: destination.containerId, to: POS.bucketArn, prefixes, engine: CopyEngine.JOB };
    expect(loopProblems(new Construct(stack, "back"), "prefixes", route)).toEqual([]);
    return destination;
  };

  test("are refused where copies would come back", () => {
    expect(failing((stack) => ({ destination: back(stack, [""]), prefixes: ["raw/"] }))).toBe(
      problem(
        'prefixes must be apart from what other copies bring here, because copies would be copied again for ever, got lake/copy → lake/back for keys below "raw/"',
      ),
    );
  });

  test("keep to prefixes of their own", () => {
    const app = onAzure((stack) =>
      copyIn(stack, { destination: back(stack, ["from-azure/"]), prefixes: ["from-aws/"] }),
    );
    expect(app.stackNames).toEqual(["lake"]);
  });
});

test("an environment that names no resource group is told", () => {
  const build = () =>
    onAzure((stack, app) => {
      const bare = new TerraformStack(app, "bare");
      copyIn(bare, { destination: container(stack) });
    });
  expect(messageOf(build)).toBe(
    lines(
      "bare/copy/Factory has 1 problem",
      "  environment.azure.resourceGroupName must be declared with useEnvironment(…) on the stack or above the construct, got no environment",
    ),
  );
});
