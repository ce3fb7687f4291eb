import { DataFactory } from "@cdktf/provider-azurerm/lib/data-factory";
import { DataFactoryCustomDataset } from "@cdktf/provider-azurerm/lib/data-factory-custom-dataset";
import { DataFactoryLinkedCustomService } from "@cdktf/provider-azurerm/lib/data-factory-linked-custom-service";
import { DataFactoryLinkedServiceDataLakeStorageGen2 } from "@cdktf/provider-azurerm/lib/data-factory-linked-service-data-lake-storage-gen2";
import { DataFactoryPipeline } from "@cdktf/provider-azurerm/lib/data-factory-pipeline";
import { DataFactoryTriggerSchedule } from "@cdktf/provider-azurerm/lib/data-factory-trigger-schedule";
import { DataFactoryTriggerTumblingWindow } from "@cdktf/provider-azurerm/lib/data-factory-trigger-tumbling-window";
import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Schedule } from "../../../lib/core/schedule";
import { CopySelection } from "../../../lib/replication/azure/copy-activities";
import { AzureCopyFactory } from "../../../lib/replication/azure/copy-factory";
import type { S3ToAzureCopyProps } from "../../../lib/replication/azure/copy-props";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { AccountNamespace } from "../../../lib/storage/azure/namespace";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { Template } from "../../../lib/testing/template";
import { copyIn, GROUP, KEY, onAzure, ONCALL, POS, VAULT } from "./copy-stack";

const copied = (settings: Partial<S3ToAzureCopyProps> = {}): Template =>
  Template.of(onAzure((stack) => copyIn(stack, settings)).stack("lake"));

interface Activity {
  readonly name: string;
  readonly outputs: readonly { readonly parameters: { readonly folder: string } }[];
  readonly typeProperties: { readonly source: { readonly storeSettings: Readonly<Record<string, unknown>> } };
}

const activities = (template: Template): readonly Activity[] =>
  JSON.parse(String(template.only(DataFactoryPipeline).get("activities_json"))) as readonly Activity[];

describe("a copy", () => {
  const template = copied({ prefixes: ["training/"] });

  test("reads S3 by a key whose secret stays in its vault", () => {
    const service = template.only(DataFactoryLinkedCustomService);
    expect(service.get("type")).toBe("AmazonS3");
    expect(JSON.parse(String(service.get("type_properties_json")))).toEqual({
      authenticationType: "AccessKey",
      accessKeyId: KEY.accessKeyId,
      secretAccessKey: {
        type: "AzureKeyVaultSecret",
        store: {
          type: "LinkedServiceReference",
          referenceName: "${azurerm_data_factory_linked_service_key_vault.copy_Factory_Vault-d468ec61_B78BA9DD.name}",
        },
        secretName: "s3-reader",
      },
    });
  });

  test("writes as its factory, without a key", () => {
    expect(template.only(DataFactoryLinkedServiceDataLakeStorageGen2).attributes).toMatchObject({
      url: "https://acmelake.dfs.core.windows.net/",
      use_managed_identity: true,
    });
  });

  test("may read that secret and write into that container, and nothing else", () => {
    expect(
      template.all(RoleAssignment).map((block) => [block.get("role_definition_name"), block.get("scope")]),
    ).toEqual([
      [
        "Storage Blob Data Contributor",
        `${GROUP}/providers/Microsoft.Storage/storageAccounts/acmelake/blobServices/default/containers/hub`,
      ],
      ["Key Vault Secrets User", `${VAULT}/secrets/s3-reader`],
    ]);
  });

  test("copies bytes as they are, from one dataset to the other", () => {
    const locations = template
      .all(DataFactoryCustomDataset)
      .map((block) => [block.get("type"), JSON.parse(String(block.get("type_properties_json"))) as object]);
    expect(locations).toEqual([
      [
        "Binary",
        {
          location: {
            type: "AzureBlobFSLocation",
            fileSystem: "hub",
            folderPath: { value: "@dataset().folder", type: "Expression" },
          },
        },
      ],
      ["Binary", { location: { type: "AmazonS3Location", bucketName: "acme-pos" } }],
    ]);
  });

  test("is waited for by nothing before it has its rights", () => {
    expect(template.only(DataFactoryTriggerTumblingWindow).get("depends_on")).toEqual([
      expect.stringMatching(/^azurerm_role_assignment\.copy_Factory_copy-into-hub/) as string,
    ]);
  });

  test("says what its key's user needs on AWS", () => {
    const withKey = { ...POS, keyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" };
    onAzure((stack) => {
      const { readerPolicy } = copyIn(stack, { source: withKey, prefixes: ["training/", "raw/"] });
      expect(JSON.parse(readerPolicy)).toEqual({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:GetObjectVersion"],
            Resource: ["arn:aws:s3:::acme-pos/training/*", "arn:aws:s3:::acme-pos/raw/*"],
          },
          { Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: ["arn:aws:s3:::acme-pos"] },
          {
            Effect: "Allow",
            Action: ["kms:Decrypt"],
            Resource: [withKey.keyArn],
            Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
          },
        ],
      });
    });
  });
});

describe("keys of copies", () => {
  test.each([
    ["of everything", undefined, undefined, ""],
    ["of a folder", ["training/"], undefined, "training"],
    ["of folders within it", ["training/2026/"], "from-aws/", "from-aws/training/2026"],
    ["of a beginning that is no folder", ["raw/pos"], undefined, "raw"],
    ["of a beginning at the top", ["pos"], "from-aws/", "from-aws"],
  ])("%s are those of the originals", (_, prefixes, targetPrefix, folder) => {
    const [activity] = activities(copied({ prefixes, targetPrefix }));
    expect(activity?.outputs[0]?.parameters.folder).toBe(folder);
  });

  test("each prefix is an activity of its own, told apart by name", () => {
    expect(activities(copied({ prefixes: ["a/b", "a_b"] })).map(({ name }) => name)).toEqual([
      "copy_a_b_c14cddc0",
      "copy_a_b_648fa9b3",
    ]);
  });

  test("the whole bucket is read by a wildcard, as Data Factory asks", () => {
    const [activity] = activities(copied());
    expect(activity?.typeProperties.source.storeSettings).toMatchObject({ recursive: true, wildcardFileName: "*" });
  });
});

describe("timing", () => {
  const window = (settings: Partial<S3ToAzureCopyProps> = {}) =>
    copied(settings).only(DataFactoryTriggerTumblingWindow).attributes;

  test("is by the hour, each hour's changes once, a quarter of an hour after it", () => {
    expect(window()).toMatchObject({
      frequency: "Hour",
      interval: 1,
      start_time: "2026-01-31T00:00:00Z",
      delay: "00:15:00",
      max_concurrency: 5,
      retry: { count: 2, interval: 300 },
      activated: true,
      pipeline: {
        parameters: {
          windowStart: "@formatDateTime(trigger().outputs.windowStartTime, 'yyyy-MM-ddTHH:mm:ssZ')",
          windowEnd: "@formatDateTime(trigger().outputs.windowEndTime, 'yyyy-MM-ddTHH:mm:ssZ')",
        },
      },
    });
  });

  test("is what the schedule says", () => {
    const daily = window({ schedule: Schedule.daily({ hour: 3, minute: 5 }), settleMinutes: 1440 });
    expect([daily["interval"], daily["start_time"], daily["delay"]]).toEqual([
      24,
      "2026-01-31T03:05:00Z",
      "1.00:00:00",
    ]);
    const often = window({ schedule: Schedule.everyHours(6, 30), settleMinutes: 90 });
    expect([often["interval"], often["start_time"], often["delay"]]).toEqual([6, "2026-01-31T00:30:00Z", "01:30:00"]);
  });

  test("reads only what was written in its window", () => {
    const [activity] = activities(copied({ prefixes: ["raw/"] }));
    expect(activity?.typeProperties.source.storeSettings).toEqual({
      type: "AmazonS3ReadSettings",
      recursive: true,
      prefix: "raw/",
      modifiedDatetimeStart: { value: "@pipeline().parameters.windowStart", type: "Expression" },
      modifiedDatetimeEnd: { value: "@pipeline().parameters.windowEnd", type: "Expression" },
    });
  });

  test("of everything, every time, has no windows, and no run beside another", () => {
    const template = copied({ selection: CopySelection.ALL, prefixes: ["raw/"] });
    expect(template.only(DataFactoryTriggerSchedule).attributes).toMatchObject({
      frequency: "Hour",
      interval: 1,
      start_time: "2026-01-31T00:00:00Z",
      time_zone: "UTC",
    });
    expect(template.only(DataFactoryPipeline).get("concurrency")).toBe(1);
    expect(activities(template)[0]?.typeProperties.source.storeSettings).toEqual({
      type: "AmazonS3ReadSettings",
      recursive: true,
      prefix: "raw/",
    });
  });
});

describe("the account of the copies", () => {
  const url = (namespace: AccountNamespace) => {
    const app = onAzure((stack) => {
      const account = new AzureStorageAccount(stack, "lake", { namespace });
      copyIn(stack, { destination: new AzureBucket(stack, "hub", { account }) });
    });
    return Template.of(app.stack("lake")).only(DataFactoryLinkedServiceDataLakeStorageGen2).get("url");
  };

  test("is written through its data lake endpoint, with a hierarchical namespace and without", () => {
    expect(url(AccountNamespace.HIERARCHICAL)).toBe(
      "https://${azurerm_storage_account.lake_DBDDD6F6.primary_dfs_host}/",
    );
    expect(url(AccountNamespace.FLAT)).toBe(
      '${replace(azurerm_storage_account.lake_DBDDD6F6.primary_blob_endpoint, ".blob.", ".dfs.")}',
    );
  });

  test("may stand in another stack", () => {
    const synthesised = onAzure((stack, app) => {
      const hub = new AzureBucket(stack, "hub");
      const copies = new TerraformStack(app, "copies");
      new AzurermProvider(copies, "azurerm", { features: [{}] });
      copyIn(copies, { destination: hub, resourceGroupName: "acme", location: "westeurope" });
    });
    expect([synthesised.dependencies("copies"), synthesised.dependencies("lake")]).toEqual([["lake"], []]);
  });
});

describe("a factory", () => {
  test("of its own is made beside the copy, tagged as it", () => {
    const factory = copied({ tags: { owner: "dr" } }).only(DataFactory);
    expect([factory.path, factory.get("tags")]).toEqual([
      "copy/Factory/Resource",
      { Environment: "prod", Owner: "dr" },
    ]);
  });

  test("may be shared: one connection to the vault, one way into the account, one right to each container", () => {
    const app = onAzure((stack) => {
      const factory = new AzureCopyFactory(stack, "copies");
      const account = new AzureStorageAccount(stack, "lake");
      for (const name of ["raw", "clean"]) {
        const destination = new AzureBucket(stack, name, { account });
        copyIn(new Construct(stack, `${name}-copy`), { factory, destination, prefixes: [`${name}/`] });
      }
    });
    const template = Template.of(app.stack("lake"));
    const count = (tfResourceType: string) => template.count({ tfResourceType });
    expect([
      count("azurerm_data_factory"),
      count("azurerm_data_factory_linked_service_key_vault"),
      count("azurerm_data_factory_managed_private_endpoint"),
      count("azurerm_role_assignment"),
      count("azurerm_data_factory_pipeline"),
    ]).toEqual([1, 1, 2, 3, 2]);
  });
});

describe("alarms", () => {
  const alerts = (template: Template) =>
    template
      .all(MonitorMetricAlert)
      .map((block) => [
        block.get("criteria.0.metric_name"),
        block.get("criteria.0.dimension.0.values.0"),
        block.has("action") ? block.get("action.0.action_group_id") : undefined,
      ]);
  const group = `${GROUP}/providers/Microsoft.Insights/actionGroups/high`;

  test("tell of runs that fail and of runs that do not begin, as soon as there is a route", () => {
    const template = Template.of(onAzure((stack) => copyIn(stack), ONCALL).stack("lake"));
    expect(alerts(template)).toEqual([
      ["PipelineFailedRuns", "${azurerm_data_factory_pipeline.copy_DD9954EA.name}", group],
      ["TriggerFailedRuns", "${azurerm_data_factory_trigger_tumbling_window.copy_Trigger_14D22CCF.name}", group],
    ]);
  });

  test("are none without one", () => {
    expect(alerts(copied())).toEqual([]);
  });

  test("are none where the environment tells another cloud, and a warning says so", () => {
    const sns = { actionsFor: () => ["arn:aws:sns:eu-west-1:123456789012:oncall"] };
    const app = onAzure((stack) => copyIn(stack), sns);
    expect(alerts(Template.of(app.stack("lake")))).toEqual([]);
    expect(app.annotations("lake")).toEqual([
      {
        constructPath: "lake/copy",
        level: "warn",
        message:
          "Nobody is told when copies fail: the environment's route names no action groups of Azure. Give monitoring a route that does.",
      },
    ]);
  });

  test("of one's own are built on its metrics", () => {
    const template = Template.of(
      onAzure((stack) => {
        const { metrics } = copyIn(stack);
        metrics.runsSucceeded().alarm(stack, "few", { below: 1, severity: "low", periodSeconds: 86_400 });
      }).stack("lake"),
    );
    expect(alerts(template).map(([metric]) => metric)).toEqual(["PipelineSucceededRuns"]);
  });
});
