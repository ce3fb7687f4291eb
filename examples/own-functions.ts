import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, type App } from "cdktf";
import { bundle } from "cloud-conductor/functions";
import { NodeFunction } from "cloud-conductor/functions/aws";
import { AwsBucket } from "cloud-conductor/storage/aws";

/** Two functions of one's own, bundled together. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "own-functions");
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const raw = new AwsBucket(stack, "raw");
  const clean = new AwsBucket(stack, "clean");
  // #region functions
  const code = bundle("examples/functions", { enrich: "enrich.ts", tidy: "tidy.ts" });

  const enrich = new NodeFunction(stack, "enrich", {
    code: code.enrich,
    environment: { OUTPUT: clean.bucketName },
    timeoutSeconds: 60,
    memoryMiB: 512,
  });
  enrich.addEventSource(raw.objectsCreated({ prefix: "in/", suffix: ".csv" }), { maximumConcurrency: 5 });
  raw.grants.read(enrich, { prefix: "in/" }).before(enrich.resource);
  clean.grants.write(enrich, { prefix: "out/" }).before(enrich.resource);

  const tidy = new NodeFunction(stack, "tidy", { code: code.tidy, environment: { INPUT: raw.bucketName } });
  raw.grants.delete(tidy, { prefix: "in/" }).before(tidy.resource);
  // #endregion
}
