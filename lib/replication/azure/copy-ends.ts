import { DataFactoryCustomDataset } from "@cdktf/provider-azurerm/lib/data-factory-custom-dataset";
import { DataFactoryLinkedCustomService } from "@cdktf/provider-azurerm/lib/data-factory-linked-custom-service";
import { DataFactoryLinkedServiceDataLakeStorageGen2 } from "@cdktf/provider-azurerm/lib/data-factory-linked-service-data-lake-storage-gen2";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import { isToken } from "../../core/checks";
import { waitFor, type Dependent, type Grant } from "../../core/grant";
import { physicalName } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import type { AwsBucketRef, AzureBucketRef, AzureStorageAccountRef } from "../../storage/references";
import type { AzureCopyFactory } from "./copy-factory";
import { PART_NAME } from "./factory-name";
import type { S3AccessKeyRef } from "./s3-key";

/** What both ends of a copy are made of in a factory. */
export interface CopyEndResources {
  /** The connection to S3. */
  readonly source: DataFactoryLinkedCustomService;
  readonly sourceDataset: DataFactoryCustomDataset;
  /** The connection to the storage account. */
  readonly sink: DataFactoryLinkedServiceDataLakeStorageGen2;
  readonly sinkDataset: DataFactoryCustomDataset;
}

/** Both ends. */
interface Ends {
  readonly source: AwsBucketRef;
  readonly destination: AzureBucketRef;
  readonly accessKey: S3AccessKeyRef;
}

/** Where a copy reads and where it writes, and its rights to. */
export class CopyEnds {
  public readonly resources: CopyEndResources;
  public readonly sourceDataset: string;
  public readonly sinkDataset: string;
  private readonly grant: Grant;

  public constructor(
    private readonly copy: Construct,
    private readonly factory: AzureCopyFactory,
    { source, destination, accessKey }: Ends,
  ) {
    this.grant = factory.allow(
      { verb: "copy-into", target: destination.path },
      // https://learn.microsoft.com/azure/data-factory/connector-azure-data-lake-storage#managed-identity: a narrower role than this one does not do
      { scope: destination.containerId, role: { builtIn: "Storage Blob Data Contributor" } },
    );
    const from = this.connectToS3(accessKey);
    const to = this.connectToAccount(destination);
    const sourceDataset = this.dataset("SourceDataset", from.name, {
      location: { type: "AmazonS3Location", bucketName: source.bucketName },
    });
    const sinkDataset = this.dataset("SinkDataset", to.name, sinkLocation(destination), { folder: "" });
    this.resources = { source: from, sourceDataset, sink: to, sinkDataset };
    this.sourceDataset = sourceDataset.name;
    this.sinkDataset = sinkDataset.name;
  }

  /** Makes what starts the copy wait for its rights. */
  public before(resource: Dependent): void {
    this.grant.before(resource);
  }

  private connectToS3({ accessKeyId, ...secret }: S3AccessKeyRef): DataFactoryLinkedCustomService {
    const { vaultServiceName, grant } = this.factory.vaults.to(secret, this.copy);
    const service = new DataFactoryLinkedCustomService(
      this.copy,
      "Source",
      placedGlobally(this.copy, {
        name: physicalName(this.copy, PART_NAME, "source"),
        dataFactoryId: this.factory.factoryId,
        type: "AmazonS3",
        integrationRuntime: { name: this.factory.runtimeName },
        typePropertiesJson: JSON.stringify({
          authenticationType: "AccessKey",
          accessKeyId,
          secretAccessKey: {
            type: "AzureKeyVaultSecret",
            store: { type: "LinkedServiceReference", referenceName: vaultServiceName },
            secretName: secret.secretName,
          },
        }),
      }),
    );
    grant.before(service);
    return service;
  }

  private connectToAccount({ account }: AzureBucketRef): DataFactoryLinkedServiceDataLakeStorageGen2 {
    const service = new DataFactoryLinkedServiceDataLakeStorageGen2(
      this.copy,
      "Sink",
      placedGlobally(this.copy, {
        name: physicalName(this.copy, PART_NAME, "sink"),
        dataFactoryId: this.factory.factoryId,
        integrationRuntimeName: this.factory.runtimeName,
        url: lakeEndpoint(account),
        useManagedIdentity: true,
      }),
    );
    const target = { name: account.path, resourceId: account.accountId, part: "dfs" };
    const endpoint = this.factory.privateEndpoints?.to(target);
    if (endpoint) waitFor(service, endpoint);
    return service;
  }

  private dataset(
    id: "SourceDataset" | "SinkDataset",
    linkedServiceName: string,
    typeProperties: object,
    parameters?: Readonly<Record<string, string>>,
  ): DataFactoryCustomDataset {
    return new DataFactoryCustomDataset(
      this.copy,
      id,
      placedGlobally(this.copy, {
        name: physicalName(this.copy, PART_NAME, id),
        dataFactoryId: this.factory.factoryId,
        type: "Binary",
        linkedService: { name: linkedServiceName },
        typePropertiesJson: JSON.stringify(typeProperties),
        ...(parameters && { parameters: { ...parameters } }),
      }),
    );
  }
}

const sinkLocation = ({ bucketName }: AzureBucketRef) => ({
  location: {
    type: "AzureBlobFSLocation",
    fileSystem: bucketName,
    folderPath: { value: "@dataset().folder", type: "Expression" },
  },
});

/** The endpoint that Data Factory writes a data lake through; an account without a hierarchical namespace has it too. */
function lakeEndpoint({ dataLakeHost, blobEndpoint }: AzureStorageAccountRef): string {
  if (dataLakeHost !== undefined) return `https://${dataLakeHost}/`;
  return isToken(blobEndpoint)
    ? Token.asString(Fn.replace(blobEndpoint, ".blob.", ".dfs."))
    : blobEndpoint.replace(".blob.", ".dfs.");
}
