import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription";
import { TerraformStack } from "cdktf";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { withDummyCredentials } from "../../../lib/testing/offline/installed/credentials";
import { serveIdentity } from "../../../lib/testing/offline/installed/identity-endpoint";
import { UNKNOWN_ADDRESS, withUnknownData } from "../../../lib/testing/offline/installed/unknown-data";
import { OfflineTerraform } from "../../../lib/testing/offline/runner/offline-terraform";
import { counts } from "../../../lib/testing/offline/runner/plan";
import { synthApp, type SynthesisedStack } from "../../../lib/testing/synth";
import { describeWithTerraform } from "../../support/terraform";

test("a provider block keeps everything but who it says it is", () => {
  expect(
    withDummyCredentials({
      aws: [
        { region: "eu-west-1", assume_role: [{ role_arn: "arn" }] },
        { alias: "us", profile: "x", default_tags: [{ tags: {} }] },
      ],
      azurerm: { subscription_id: "s", use_oidc: true, features: [{}], storage_use_azuread: true },
      google: [{ project: "acme", credentials: "file" }],
      random: [{}],
    }),
  ).toEqual({
    aws: [
      {
        region: "eu-west-1",
        access_key: "offline",
        secret_key: "offline",
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
      },
      {
        alias: "us",
        default_tags: [{ tags: {} }],
        access_key: "offline",
        secret_key: "offline",
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
      },
    ],
    azurerm: [{ features: [{}], storage_use_azuread: true }],
    google: [{ project: "acme", access_token: "offline" }],
    random: [{}],
  });
});

describe("what only the cloud can tell", () => {
  const UNKNOWN = `jsondecode(${UNKNOWN_ADDRESS}.id)`;

  test("is unknown, whoever asks for it", () => {
    const stack = {
      data: {
        aws_caller_identity: { me: {} },
        aws_partition: { here: {} },
        terraform_remote_state: { "other-stack": { backend: "s3" } },
      },
      resource: {
        aws_sqs_queue: {
          one: {
            name: "${data.aws_caller_identity.me.account_id}-${data.aws_caller_identity.me-too.id}",
            policy: "${data.aws_partition.here.id} ${data.terraform_remote_state.other-stack.outputs.arn}",
            depends_on: ["data.aws_caller_identity.me", "aws_kms_key.key"],
          },
        },
      },
    };
    expect(withUnknownData(stack)).toEqual({
      data: { aws_partition: { here: {} } },
      resource: {
        aws_sqs_queue: {
          one: {
            name: `\${${UNKNOWN}.account_id}-\${data.aws_caller_identity.me-too.id}`,
            policy: `\${data.aws_partition.here.id} \${${UNKNOWN}.outputs.arn}`,
            depends_on: ["aws_kms_key.key"],
          },
        },
        terraform_data: { unknown_until_apply: {} },
      },
    });
  });

  test("changes nothing where nobody asks", () => {
    const stack = { data: { aws_partition: { here: {} } }, resource: {} };
    expect(withUnknownData(stack)).toBe(stack);
  });
});

test("the identity endpoint answers with a token of nobody", async () => {
  const endpoint = await serveIdentity();
  const answer = (await (await fetch(endpoint.url)).json()) as {
    readonly access_token: string;
    readonly token_type: string;
  };
  endpoint.close();
  const claims = JSON.parse(Buffer.from(answer.access_token.split(".")[1] ?? "", "base64url").toString()) as object;
  expect(answer.token_type).toBe("Bearer");
  expect(claims).toMatchObject({ tid: "00000000-0000-0000-0000-000000000001", exp: 4_102_444_800 });
});

const PLAN = path.join(
  process.env["REAL_PROVIDERS"] ?? path.resolve(__dirname, "..", "..", "..", "..", "shared", "real-providers"),
  "plan.mjs",
);
const atHand = fs.existsSync(PLAN);
if (!atHand)
  process.stderr.write(`SKIPPED plans with the providers' own binaries: there is no ${PLAN} ($REAL_PROVIDERS)\n`);

const whereAtHand = atHand ? describeWithTerraform : describe.skip;

whereAtHand("the providers' own binaries", () => {
  const before = process.env["TF_CLI_CONFIG_FILE"];

  beforeAll(() => {
    process.env["TF_CLI_CONFIG_FILE"] = spawnSync(process.execPath, [PLAN, "--rc"], { encoding: "utf8" }).stdout.trim();
  });

  afterAll(() => {
    process.env["TF_CLI_CONFIG_FILE"] = before;
  });

  const stack = (accountName: string): SynthesisedStack =>
    synthApp((app) => {
      const both = new TerraformStack(app, "both");
      new AzurermProvider(both, "azurerm", { features: [{}], subscriptionId: "s" });
      new GoogleProvider(both, "google", { project: "acme", region: "europe-west1" });
      const project = new DataGoogleProject(both, "project");
      new PubsubSubscription(both, "events", {
        name: "events",
        topic: "t",
        labels: { number: project.number },
      });
      const place = { resourceGroupName: "acme", location: "westeurope" };
      new StorageAccount(both, "lake", {
        ...place,
        name: accountName,
        accountTier: "Standard",
        accountReplicationType: "LRS",
      });
    }).stack("both");

  test("plan without an account or a network, refuse what a schema does not, and are never applied", async () => {
    const terraform = await OfflineTerraform.open(stack("acmelake"), { providers: "installed" });
    try {
      expect(counts(await terraform.plan())).toBe("2 to add, 0 to change, 0 to destroy");
      await terraform.update(stack("Acme_Lake"));
      await expect(terraform.plan()).rejects.toThrow(
        'terraform plan of both failed:\n  name ("Acme_Lake") can only consist of lowercase letters and numbers, and must be between 3 and 24 characters long [azurerm_storage_account.lake, both/lake]',
      );
      await expect(terraform.apply()).rejects.toThrow(
        "both can be planned with the installed providers, not applied: they would ask the cloud. Apply it with stand-ins.",
      );
    } finally {
      terraform.close();
    }
  });
});
