import { TerraformVariable, type TerraformStack } from "cdktf";
import { NodeFunction } from "../../../lib/functions/aws/node-function";
import type { ObjectEventSourceOptions } from "../../../lib/functions/aws/object-event-source";
import { HandlerCode } from "../../../lib/functions/handler-code";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { synthApp } from "../../../lib/testing/synth";
import { ACCOUNT, awsStack, OTHER_ACCOUNT, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

const functionIn = (stack: TerraformStack): NodeFunction =>
  new NodeFunction(stack, "enrich", { code: HandlerCode.bundled("retraining-trigger") });

describe("a source fails", () => {
  const refused = (options: ObjectEventSourceOptions) =>
    messageOf(() =>
      templateOf((stack) => {
        functionIn(stack).addEventSource(new AwsBucket(stack, "raw").objectsCreated(), options);
      }),
    );

  test("with all problems at once", () => {
    const message = refused({ batchSize: 10_001, maximumBatchingWindowSeconds: 301, maximumConcurrency: 1 });
    expect(message).toBe(
      lines(
        message.split("\n")[0] ?? "",
        "  source.batchSize must be a whole number from 1 to 10000 messages, got 10001",
        "  source.maximumBatchingWindowSeconds must be a whole number from 0 to 300 seconds, got 301",
        "  source.maximumConcurrency must be a whole number from 2 to 1000 runs, got 1",
      ),
    );
    expect(message).toMatch(/^lake\/enrich\/objects-raw-[0-9a-f]{8} has 3 problems\n/);
  });

  test("with a large batch that nothing collects", () => {
    expect(refused({ batchSize: 11 })).toMatch(
      /has 1 problem\n {2}source\.maximumBatchingWindowSeconds must be at least 1 with more than 10 messages a batch, got 0$/,
    );
  });

  test("when the function is told already", () => {
    const build = () =>
      templateOf((stack) => {
        const enrich = functionIn(stack);
        const objects = new AwsBucket(stack, "raw").objectsCreated({ prefix: "in/", suffix: ".csv" });
        enrich.addEventSource(objects);
        enrich.addEventSource(objects);
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/enrich has 1 problem",
        '  source must be one that the function is not told of already, got "lake/raw: in/*.csv"',
      ),
    );
  });

  test("on a bucket that S3 tells somebody else of", () => {
    const build = () =>
      synthApp((app) => {
        const raw = new AwsBucket(
          awsStack(app, "from", { ...PROD, aws: { accountId: OTHER_ACCOUNT, region: "us-east-1" } }),
          "raw",
        );
        functionIn(awsStack(app, "to", PROD)).addEventSource(raw.objectsCreated());
      });
    const message = messageOf(build);
    expect(message.split("\n").slice(1)).toEqual([
      '  source must be a bucket of the function\'s own region (eu-west-1), the only one that S3 tells, got "us-east-1"',
      `  source must be a bucket of the function's own account (${ACCOUNT}), the only one that S3 tells, got "${OTHER_ACCOUNT}"`,
    ]);
  });

  test("on what is no bucket's objects, and on a token where a number decides", () => {
    const build = () =>
      templateOf((stack) => void functionIn(stack).addEventSource({ bucket: new AwsBucket(stack, "raw") } as never));
    expect(messageOf(build).split("\n").slice(1).join()).toMatch(
      /^ {2}source must be objectsCreated\(…\) of a bucket, got /,
    );
    const token = () =>
      templateOf((stack) => {
        const later = new TerraformVariable(stack, "size", {}).numberValue;
        functionIn(stack).addEventSource(new AwsBucket(stack, "raw").objectsCreated(), { batchSize: later });
      });
    expect(messageOf(token).split("\n").slice(1)).toEqual([
      "  source.batchSize must be a literal value, because it decides which resources are made, got a token (a value known only to Terraform)",
    ]);
  });
});
