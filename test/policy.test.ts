import { TerraformDataSource, TerraformResource, TerraformStack, type App } from "cdktf";
import fs from "node:fs";
import path from "node:path";
import { filesOf, synthApp } from "../lib/testing/synth";
import { buildApp, ENVIRONMENTS } from "../stacks/app";
import { tooMuchAllowed } from "./support/allowed";
import { bucketProblems } from "./support/buckets";
import { secretsIn } from "./support/secrets";
import { cycleIn, danglingReferences, nodesOf, type TerraformJson } from "./support/terraform-graph";

/** Every stack of every environment, and the tree that it was made of. */
const built: App[] = [];
const APP = synthApp((app) => {
  built.push(app);
  buildApp(app);
});

/** What holds data; what destroys it is a decision of the environment. */
const STATEFUL =
  /^(aws_s3_bucket|aws_kms_key|aws_dynamodb_table|aws_sqs_queue|aws_backup_vault|azurerm_storage_account|azurerm_storage_container|google_storage_bucket)\./;

test("each environment has its stacks", () => {
  expect(ENVIRONMENTS.map(({ name }) => APP.stackNames.filter((stack) => stack.endsWith(`-${name}`)).length)).toEqual(
    ENVIRONMENTS.map(() => 2),
  );
});

describe.each(APP.stackNames)("%s", (name) => {
  const stack = filesOf(APP.stack(name)).json;
  const environment = ENVIRONMENTS.find((one) => name.endsWith(`-${one.name}`));

  test("allows no action with a wildcard, and nothing to anybody", () => {
    expect(tooMuchAllowed(stack)).toEqual([]);
  });

  test("has private, encrypted, versioned, tidy buckets, over TLS alone", () => {
    expect(bucketProblems(stack)).toEqual([]);
  });

  test("has no secrets", () => {
    expect(secretsIn(stack)).toEqual([]);
  });

  test("keeps data unless its environment allows to remove it", () => {
    const kept = nodesOf(stack)
      .filter(({ address }) => STATEFUL.test(address))
      .filter(({ attributes }) => {
        const { prevent_destroy: prevented } = (attributes["lifecycle"] ?? {}) as {
          readonly prevent_destroy?: boolean;
        };
        return prevented === true && attributes["force_destroy"] !== true;
      })
      .map(({ address }) => address);
    const stateful = nodesOf(stack).flatMap(({ address }) => (STATEFUL.test(address) ? [address] : []));
    expect(kept).toEqual(environment?.dataRemoval === "allowed" ? [] : stateful);
  });

  test("leaves no token of the synthesis behind", () => {
    expect(JSON.stringify(stack)).not.toMatch(/TfToken\[/i);
  });

  test("has names that Terraform takes, one for each construct", () => {
    const nodes = nodesOf(stack);
    expect(nodes.filter((node) => !/^[A-Za-z_][\w-]*$/.test(node.name))).toEqual([]);
    expect(nodes.map(({ address }) => address).sort()).toEqual(addressesOf(name));
  });

  test("refers to what it has, and waits for nothing that waits for it", () => {
    expect(danglingReferences(stack)).toEqual([]);
    expect(cycleIn(stack)).toBeUndefined();
  });
});

test("a second synthesis writes the same bytes", () => {
  const again = synthApp(buildApp);
  const bytes = (app: typeof APP) =>
    app.stackNames.map((name) => fs.readFileSync(path.join(filesOf(app.stack(name)).folder, "cdk.tf.json"), "utf8"));
  expect(bytes(again)).toEqual(bytes(APP));
});

/** The addresses that the constructs of a stack should have, one each. */
function addressesOf(name: string): readonly string[] {
  const stack = built.flatMap((app) => app.node.children.filter((child) => child.node.id === name))[0];
  return (stack?.node.findAll() ?? [])
    .flatMap((construct) => {
      if (TerraformResource.isTerraformResource(construct))
        return [`${construct.terraformResourceType}.${construct.friendlyUniqueId}`];
      if (TerraformDataSource.isTerraformDataSource(construct))
        return [`data.${construct.terraformResourceType}.${construct.friendlyUniqueId}`];
      return [];
    })
    .sort();
}

describe("each fault is caught:", () => {
  const policy = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });
  const resource = (type: string, attributes: object): TerraformJson => ({ resource: { [type]: { x: attributes } } });

  test.each([
    ["a wildcard", "aws_iam_role_policy", { Effect: "Allow", Action: "s3:*" }, ["allows s3:*"]],
    ["all", "aws_iam_role_policy", { Effect: "Allow", Action: ["s3:GetObject", "*"] }, ["allows *"]],
    ["a part", "aws_iam_role_policy", { Effect: "Allow", Action: ["s3:Get*"] }, ["allows s3:Get*"]],
    [
      "anybody",
      "aws_sqs_queue_policy",
      { Effect: "Allow", Action: "sqs:SendMessage", Principal: "*" },
      ["allows anybody"],
    ],
    [
      "anybody of AWS",
      "aws_sqs_queue_policy",
      { Effect: "Allow", Action: "sqs:SendMessage", Principal: { AWS: "*" } },
      ["allows anybody"],
    ],
    [
      "a key for its account",
      "aws_kms_key_policy",
      { Effect: "Allow", Action: "kms:*", Principal: { AWS: "arn:aws:iam::123456789012:root" } },
      [],
    ],
    [
      "a key for a role",
      "aws_kms_key_policy",
      { Effect: "Allow", Action: "kms:*", Principal: { AWS: "arn:aws:iam::123456789012:role/r" } },
      ["allows kms:*"],
    ],
    [
      "all of KMS for an account elsewhere",
      "aws_iam_role_policy",
      { Effect: "Allow", Action: "kms:*", Principal: { AWS: "arn:aws:iam::123456789012:root" } },
      ["allows kms:*"],
    ],
    ["a refusal", "aws_s3_bucket_policy", { Effect: "Deny", Action: "s3:*", Principal: { AWS: "*" } }, []],
  ])("%s", (_, type, statement, expected) => {
    const found = tooMuchAllowed(resource(type, { policy: policy(statement) }));
    expect(found).toEqual(expected.map((one) => `${type}.x ${one}`));
  });

  test("a bare bucket on AWS", () => {
    expect(bucketProblems(resource("aws_s3_bucket", { bucket: "b" }))).toEqual(
      [
        "no aws_s3_bucket_public_access_block",
        "no aws_s3_bucket_ownership_controls",
        "no aws_s3_bucket_versioning",
        "no encryption at rest",
        'does not refuse {"Bool":{"aws:SecureTransport":"false"}}',
        'does not refuse {"NumericLessThan":{"s3:TlsVersion":"1.2"}}',
        "keeps the parts of uploads that were never completed",
      ].map((one) => `aws_s3_bucket.x: ${one}`),
    );
  });

  test("open buckets elsewhere", () => {
    const stack: TerraformJson = {
      resource: {
        google_storage_bucket: { x: { public_access_prevention: "inherited", versioning: { enabled: true } } },
        azurerm_storage_container: { y: { container_access_type: "blob" } },
      },
    };
    expect(bucketProblems(stack)).toEqual([
      "google_storage_bucket.x: uniform_bucket_level_access: expected true, got nothing",
      'google_storage_bucket.x: public_access_prevention: expected "enforced", got "inherited"',
      'azurerm_storage_container.y: container_access_type: expected "private", got "blob"',
      "google_storage_bucket.x: keeps the parts of uploads that were never completed",
    ]);
  });

  test.each([
    ["AWS access key id", `AKIA${"A".repeat(16)}`],
    ["private key", "-----BEGIN RSA PRIVATE KEY-----"],
    ["Azure account key", `AccountKey=${"a".repeat(44)}`],
    ["Azure shared access signature", `https://x/?sv=1&sig=${"a".repeat(43)}`],
    ["GitHub token", `ghp_${"a".repeat(36)}`],
    ["Slack token", `xoxb-${"1".repeat(12)}`],
    ["Google service account key", '{"type": "service_account"}'],
    ["Google API key", `AIza${"a".repeat(35)}`],
    ["AWS secret access key", `aws_secret_access_key = ${"a".repeat(40)}`],
    ["JSON web token", `eyJ${"a".repeat(12)}.eyJ${"a".repeat(12)}.${"a".repeat(12)}`],
    ["password in an address", "https://user:password@example.com"],
  ])("a secret: %s", (kind, text) => {
    expect(secretsIn(resource("aws_sqs_queue", { tags: { Note: text } }))).toEqual([kind]);
  });

  test("credentials as resources and in providers", () => {
    const stack: TerraformJson = {
      provider: { aws: [{ region: "eu-west-1", access_key: "x" }], google: [{ credentials: "x" }] },
      resource: { aws_iam_access_key: { x: {} } },
    };
    expect(secretsIn(stack)).toEqual([
      "aws_iam_access_key.x",
      "provider aws.access_key",
      "provider google.credentials",
    ]);
  });

  test("references that lead nowhere", () => {
    const stack: TerraformJson = {
      provider: { aws: [{}, { alias: "audit" }] },
      data: { aws_region: { here: {} } },
      resource: {
        aws_sqs_queue: {
          one: { name: "${aws_sqs_queue.two.name}-${data.aws_region.here.name}", provider: "aws.audit" },
          two: { name: '${join("aws_sqs_queue.text", [aws_s3_bucket.gone.arn, var.gone])}', provider: "aws.us" },
          three: { depends_on: ["aws_iam_role_policy.gone", "aws_sqs_queue.one"] },
        },
      },
      output: { name: { value: "${data.aws_region.gone.name}" } },
    };
    expect(danglingReferences(stack)).toEqual([
      "aws_sqs_queue.two → aws_s3_bucket.gone",
      "aws_sqs_queue.two → var.gone",
      "aws_sqs_queue.two → provider aws.us",
      "aws_sqs_queue.three → aws_iam_role_policy.gone",
      "output → data.aws_region.gone",
    ]);
  });

  test("resources that wait for each other", () => {
    const stack: TerraformJson = {
      resource: {
        aws_sqs_queue: {
          one: { policy: "${aws_sqs_queue.two.arn}" },
          two: { depends_on: ["aws_iam_role.r"] },
        },
        aws_iam_role: { r: { name: "${aws_sqs_queue.one.name}" } },
      },
    };
    expect(cycleIn(stack)).toEqual(["aws_sqs_queue.one", "aws_sqs_queue.two", "aws_iam_role.r", "aws_sqs_queue.one"]);
    expect(cycleIn({})).toBeUndefined();
  });
});

test("every stack stands in the tree", () => {
  expect(built.flatMap((app) => app.node.children.filter((child) => TerraformStack.isStack(child)))).toHaveLength(
    APP.stackNames.length,
  );
});
