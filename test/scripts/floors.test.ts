import { importProblem } from "../../scripts/floors";

const ORDER =
  "identity < encryption < monitoring < network < storage < streaming < functions < the rest, which never import each other";
const CAPABILITY = "a capability imports lib/core, lambda/shared/format, contracts and capabilities alone";
const BLUEPRINT = "a blueprint imports lib/core, lambda/shared/format, contracts, capabilities and itself alone";
const BARREL = "a provider is imported by its deep path (@cdktf/provider-aws/lib/s3-bucket), never by its barrel";
const ENTRY = "index.ts is a package entry point; import the file that holds the name";
const NEUTRAL_PROVIDER = "a neutral file imports no provider, not even a type";
const AWS_ALONE = "a file of aws names nothing of another cloud; take the neutral reference";
const LIBRARY_PACKAGES = "a file of lib imports node, cdktf, constructs and the provider of its cloud alone";
const BY_NAME = "examples alone import the package by name; import the file";
const RUNTIME = "what runs inside a function knows no constructs";
const HOMES = "a file stands in core, testing, a capability, a blueprint, lambda/shared or a handler";
const MEANING_OF_HANDLER = "core.ts and ports.ts know nothing of handler.ts and adapters";
const SDK = "core.ts and ports.ts know no SDK; it stands behind a port in adapters";

describe("what may be imported", () => {
  test.each([
    // core and testing
    ["lib/core/environment.ts", "lib/core/errors.ts"],
    ["lib/core/dead-letter.ts", "lambda/shared/format/dead-letter.ts"],
    ["lib/core/names.ts", "node:crypto"],
    ["lib/core/names.ts", "crypto"],
    ["lib/core/names.ts", "cdktf"],
    ["lib/core/names.ts", "constructs"],
    ["lib/testing/synth.ts", "lib/core/placeholder.ts"],
    ["lib/testing/terraform/server.ts", "lib/testing/synth.ts"],
    ["lib/testing/terraform/server.ts", "@grpc/grpc-js"],
    ["lib/testing/jest/index.ts", "cdktf/lib/testing/adapters/jest"],
    // capabilities
    ["lib/storage/lifecycle.ts", "lib/storage/tier.ts"],
    ["lib/storage/index.ts", "lib/storage/lifecycle.ts"],
    ["lib/storage/lifecycle.ts", "lib/core/checks.ts"],
    ["lib/storage/partition.ts", "lambda/shared/format/object-key.ts"],
    ["lib/storage/aws/index.ts", "lib/storage/aws/bucket.ts"],
    ["lib/storage/aws/bucket.ts", "lib/storage/lifecycle.ts"],
    ["lib/storage/aws/bucket.ts", "lib/encryption/aws/key.ts"],
    ["lib/storage/aws/bucket.ts", "lib/replication/references.ts"],
    ["lib/storage/aws/bucket.ts", "@cdktf/provider-aws/lib/s3-bucket"],
    ["lib/storage/azure/bucket.ts", "@cdktf/provider-azurerm/lib/storage-account"],
    ["lib/storage/google/bucket.ts", "@cdktf/provider-google/lib/storage-bucket/index"],
    ["lib/replication/google/transfer.ts", "lib/storage/references.ts"],
    ["lib/replication/aws/replication.ts", "lib/functions/aws/node-function.ts"],
    ["lib/functions/aws/retraining-trigger.ts", "lambda/retraining-trigger/contract.ts"],
    ["lib/functions/aws/retraining-trigger.ts", "lib/streaming/aws/queue.ts"],
    ["lib/functions/bundle.ts", "esbuild"],
    ["lib/functions/aws/zip.ts", "fflate"],
    // blueprints
    ["lib/blueprints/data-lake/index.ts", "lib/storage/lifecycle.ts"],
    ["lib/blueprints/data-lake/zones.ts", "lib/core/errors.ts"],
    ["lib/blueprints/data-lake/aws.ts", "lib/blueprints/data-lake/zones.ts"],
    ["lib/blueprints/data-lake/aws.ts", "lib/storage/aws/bucket.ts"],
    ["lib/blueprints/data-lake/aws.ts", "lib/blueprints/data-lake/aws-copies.ts"],
    ["lib/blueprints/data-lake/aws.ts", "@cdktf/provider-aws/lib/s3-bucket"],
    // handlers
    ["lambda/shared/format/dead-letter.ts", "lambda/shared/format/object-key.ts"],
    ["lambda/shared/batch.ts", "lambda/shared/format/dead-letter.ts"],
    ["lambda/shared/batch.ts", "@aws-lambda-powertools/batch"],
    ["lambda/retraining-trigger/contract.ts", "lambda/shared/format/environment.ts"],
    ["lambda/retraining-trigger/contract.ts", "aws-lambda"],
    ["lambda/retraining-trigger/core.ts", "lambda/retraining-trigger/contract.ts"],
    ["lambda/retraining-trigger/core.ts", "lambda/retraining-trigger/ports.ts"],
    ["lambda/retraining-trigger/core.ts", "node:crypto"],
    ["lambda/retraining-trigger/handler.ts", "lambda/shared/batch.ts"],
    ["lambda/retraining-trigger/index.ts", "lambda/retraining-trigger/adapters/training.ts"],
    ["lambda/retraining-trigger/adapters/training.ts", "@aws-sdk/client-sagemaker"],
    // stacks, scripts, examples, tests, the configuration of tools
    ["stacks/main.ts", "stacks/environments/dev.ts"],
    ["stacks/main.ts", "scripts/bundle/bundle-handlers.ts"],
    ["stacks/lake-stack.ts", "lib/storage/aws/bucket.ts"],
    ["stacks/lake-stack.ts", "lib/blueprints/data-lake/aws.ts"],
    ["stacks/lake-stack.ts", "@cdktf/provider-google/lib/provider"],
    ["scripts/synth-examples.ts", "lib/testing/synth.ts"],
    ["scripts/synth-examples.ts", "examples/first-bucket.ts"],
    ["examples/first-bucket.ts", "cloud-conductor/storage/aws"],
    ["examples/first-bucket.ts", "@cdktf/provider-aws/lib/provider"],
    ["examples/two-stacks.ts", "examples/first-bucket.ts"],
    ["examples/lake.test.ts", "cloud-conductor/testing"],
    ["test/storage/aws/bucket.test.ts", "lib/storage/index.ts"],
    ["test/storage/aws/bucket.test.ts", "cloud-conductor/storage"],
    ["eslint.config.mjs", "scripts/floors.js"],
    ["jest.config.js", "@swc/jest"],
  ])("%s imports %s", (from, to) => {
    expect(importProblem(from, to)).toBeUndefined();
  });
});

describe("what may not be imported", () => {
  test.each([
    // core and testing
    ["lib/core/errors.ts", "lib/storage/tier.ts", "lib/core imports itself and lambda/shared/format alone"],
    [
      "lib/core/errors.ts",
      "lambda/retraining-trigger/contract.ts",
      "lib/core imports itself and lambda/shared/format alone",
    ],
    ["lib/core/errors.ts", "@cdktf/provider-aws/lib/s3-bucket", "lib/core imports node, cdktf and constructs alone"],
    ["lib/core/errors.ts", "ajv", "lib/core imports node, cdktf and constructs alone"],
    ["lib/core/errors.ts", "cdktf/lib/tokens/private/stack-trace", "lib/core imports node, cdktf and constructs alone"],
    ["lib/core/errors.ts", "lib/core/index.ts", ENTRY],
    ["lib/testing/synth.ts", "lib/storage/tier.ts", "lib/testing imports itself and lib/core alone"],
    ["lib/testing/synth.ts", "@cdktf/provider-aws/lib/s3-bucket", "lib/testing imports no provider"],
    ["lib/storage/aws/bucket.ts", "lib/testing/synth.ts", CAPABILITY],
    ["lib/core/errors.ts", "lib/testing/synth.ts", "lib/core imports itself and lambda/shared/format alone"],
    ["stacks/main.ts", "lib/testing/synth.ts", "lib/testing is imported by tests only"],
    ["examples/first-bucket.ts", "cloud-conductor/testing", "cloud-conductor/testing is imported by tests only"],
    ["examples/first-bucket.ts", "cloud-conductor/testing/jest", "cloud-conductor/testing is imported by tests only"],
    // neutral files
    ["lib/storage/lifecycle.ts", "@cdktf/provider-aws/lib/s3-bucket", NEUTRAL_PROVIDER],
    [
      "lib/storage/lifecycle.ts",
      "lib/storage/aws/bucket.ts",
      "a neutral file of storage imports lib/core and the neutral files beside it alone",
    ],
    [
      "lib/storage/lifecycle.ts",
      "lib/encryption/references.ts",
      "a neutral file of storage imports lib/core and the neutral files beside it alone",
    ],
    ["lib/storage/lifecycle.ts", "lambda/shared/batch.ts", CAPABILITY],
    ["lib/storage/lifecycle.ts", "lib/blueprints/data-lake/zones.ts", CAPABILITY],
    ["lib/storage/lifecycle.ts", "scripts/floors.js", CAPABILITY],
    // one cloud, its deep paths, the ranks
    ["lib/storage/aws/bucket.ts", "@cdktf/provider-aws", BARREL],
    ["lib/storage/aws/bucket.ts", "@cdktf/provider-aws/lib", BARREL],
    ["lib/storage/aws/bucket.ts", "@cdktf/provider-aws/lib/index", BARREL],
    ["lib/storage/aws/bucket.ts", "@cdktf/provider-aws/lib/lazy-index", BARREL],
    ["lib/storage/aws/bucket.ts", "@cdktf/provider-google/lib/storage-bucket", AWS_ALONE],
    ["lib/storage/aws/bucket.ts", "@cdktf/provider-random/lib/id", AWS_ALONE],
    ["lib/storage/aws/bucket.ts", "lib/storage/google/bucket.ts", AWS_ALONE],
    ["lib/storage/aws/bucket.ts", "lib/storage/index.ts", ENTRY],
    ["lib/storage/aws/bucket.ts", "lib/identity/aws/index.ts", ENTRY],
    ["lib/storage/aws/bucket.ts", "cloud-conductor/storage", BY_NAME],
    [
      "lib/storage/aws/bucket.ts",
      "cdktf/lib/tokens/private/resolve",
      "the library uses no internals of cdktf and constructs",
    ],
    ["lib/storage/aws/bucket.ts", "fflate", LIBRARY_PACKAGES],
    ["lib/functions/aws/zip.ts", "lodash", LIBRARY_PACKAGES],
    ["lib/storage/aws/bucket.ts", "aws-lambda", LIBRARY_PACKAGES],
    [
      "lib/storage/aws/bucket.ts",
      "lib/streaming/aws/queue.ts",
      `streaming does not rank below storage (${ORDER}); take a reference of lib/streaming/references.ts`,
    ],
    [
      "lib/identity/aws/role.ts",
      "lib/encryption/aws/key.ts",
      `encryption does not rank below identity (${ORDER}); take a reference of lib/encryption/references.ts`,
    ],
    [
      "lib/monitoring/aws/alarm.ts",
      "lib/network/aws/network.ts",
      `network does not rank below monitoring (${ORDER}); take a reference of lib/network/references.ts`,
    ],
    [
      "lib/functions/aws/trigger.ts",
      "lib/machine-learning/aws/training-role.ts",
      `machine-learning does not rank below functions (${ORDER}); take a reference of lib/machine-learning/references.ts`,
    ],
    [
      "lib/replication/aws/replication.ts",
      "lib/backup/aws/vault.ts",
      `backup does not rank below replication (${ORDER}); take a reference of lib/backup/references.ts`,
    ],
    ["lib/functions/aws/trigger.ts", "lambda/retraining-trigger/core.ts", CAPABILITY],
    [
      "lib/functions/aws/trigger.ts",
      "lambda/retraining-trigger/index.ts",
      "only tests import the composition root of a handler",
    ],
    // blueprints
    [
      "lib/blueprints/data-lake/index.ts",
      "lib/storage/aws/bucket.ts",
      "a neutral file of a blueprint imports neutral files alone",
    ],
    [
      "lib/blueprints/data-lake/index.ts",
      "lib/blueprints/data-lake/aws.ts",
      "a neutral file of a blueprint imports neutral files alone",
    ],
    ["lib/blueprints/data-lake/index.ts", "@cdktf/provider-aws/lib/s3-bucket", NEUTRAL_PROVIDER],
    ["lib/blueprints/data-lake/aws.ts", "lib/storage/google/bucket.ts", AWS_ALONE],
    ["lib/blueprints/data-lake/aws.ts", "lib/blueprints/data-lake/google.ts", AWS_ALONE],
    ["lib/blueprints/data-lake/aws.ts", "@cdktf/provider-google/lib/storage-bucket", AWS_ALONE],
    ["lib/blueprints/data-lake/aws.ts", "lib/blueprints/data-lake/index.ts", ENTRY],
    ["lib/blueprints/data-lake/aws.ts", "lib/blueprints/retraining-loop/aws.ts", "blueprints never import each other"],
    ["lib/blueprints/data-lake/aws.ts", "stacks/main.ts", BLUEPRINT],
    ["lib/blueprints/data-lake/aws.ts", "esbuild", LIBRARY_PACKAGES],
    // handlers
    [
      "lambda/shared/format/dead-letter.ts",
      "node:crypto",
      "lambda/shared/format imports no package and nothing of node",
    ],
    [
      "lambda/shared/format/dead-letter.ts",
      "aws-lambda",
      "lambda/shared/format imports no package and nothing of node",
    ],
    ["lambda/shared/format/dead-letter.ts", "lambda/shared/batch.ts", "lambda/shared/format imports itself alone"],
    [
      "lambda/shared/batch.ts",
      "lambda/retraining-trigger/contract.ts",
      "lambda/shared imports itself alone and knows no handler",
    ],
    ["lambda/shared/batch.ts", "lib/core/errors.ts", "lambda/shared imports itself alone and knows no handler"],
    ["lambda/shared/batch.ts", "cdktf", RUNTIME],
    ["lambda/retraining-trigger/handler.ts", "constructs", RUNTIME],
    ["lambda/retraining-trigger/handler.ts", "@cdktf/provider-aws/lib/s3-bucket", RUNTIME],
    ["lambda/retraining-trigger/handler.ts", "lib/core/errors.ts", "a handler imports itself and lambda/shared alone"],
    [
      "lambda/retraining-trigger/handler.ts",
      "lambda/quality-monitor/core.ts",
      "a handler never imports another; what two share stands in lambda/shared",
    ],
    [
      "lambda/retraining-trigger/handler.ts",
      "lambda/quality-monitor/contract.ts",
      "a handler never imports another; what two share stands in lambda/shared",
    ],
    [
      "lambda/retraining-trigger/contract.ts",
      "lambda/shared/batch.ts",
      "a contract imports lambda/shared/format alone",
    ],
    [
      "lambda/retraining-trigger/contract.ts",
      "lambda/retraining-trigger/core.ts",
      "a contract imports lambda/shared/format alone",
    ],
    ["lambda/retraining-trigger/contract.ts", "ajv", "of packages, a contract imports the types of aws-lambda alone"],
    ["lambda/retraining-trigger/core.ts", "lambda/retraining-trigger/adapters/training.ts", MEANING_OF_HANDLER],
    ["lambda/retraining-trigger/ports.ts", "lambda/retraining-trigger/handler.ts", MEANING_OF_HANDLER],
    ["lambda/retraining-trigger/core.ts", "@aws-sdk/client-sagemaker", SDK],
    ["lambda/retraining-trigger/ports.ts", "@smithy/types", SDK],
    // stacks, scripts, examples, tests
    ["stacks/main.ts", "@cdktf/provider-aws", BARREL],
    ["stacks/main.ts", "lib/core/index.ts", ENTRY],
    ["stacks/main.ts", "scripts/synth-examples.ts", "of scripts, stacks import scripts/bundle alone"],
    ["stacks/main.ts", "examples/first-bucket.ts", "stacks and examples do not know each other"],
    ["stacks/main.ts", "cloud-conductor/core", BY_NAME],
    ["stacks/main.ts", "test/support/clock.ts", "only tests import tests"],
    ["scripts/synth-examples.ts", "lib/testing/index.ts", ENTRY],
    ["scripts/synth-examples.ts", "cloud-conductor/testing", BY_NAME],
    ["examples/first-bucket.ts", "lib/storage/aws/bucket.ts", "examples import the package by name, as users do"],
    ["examples/first-bucket.ts", "stacks/lake-stack.ts", "examples import the package by name, as users do"],
    ["test/storage/aws/bucket.test.ts", "@cdktf/provider-aws", BARREL],
    // files that stand nowhere
    ["lib/bucket.ts", "lib/core/errors.ts", HOMES],
    ["lib/storage/aws/bucket.ts", "lib/bucket.ts", HOMES],
    ["lib/blueprints/zones.ts", "cdktf", HOMES],
    ["lambda/index.ts", "node:fs", HOMES],
  ])("%s does not import %s", (from, to, reason) => {
    expect(importProblem(from, to)).toBe(`${from} must not import ${to}: ${reason}`);
  });
});
