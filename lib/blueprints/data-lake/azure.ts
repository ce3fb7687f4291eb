import type { Construct } from "constructs";
import type { DataRemoval } from "../../core/data-removal";
import { environmentOf } from "../../core/environment";
import type { Tags } from "../../core/tags";
import type { AzurePlacementProps } from "../../identity/azure/placement";
import { AzureBucket } from "../../storage/azure/bucket";
import type { AccountReplication } from "../../storage/azure/replication";
import { AzureStorageAccount, type IAzureStorageAccount } from "../../storage/azure/storage-account";
import type { Zone } from "../../storage/zones";
import type { LakeCloud } from "./lake-cloud";

/** A lake on Azure Storage. */
export interface LakeOnAzureProps extends AzurePlacementProps {
  /** First part of the account's name: `acme` makes `acmelakedev` in the environment `dev`. */
  readonly name: string;
  /** The account of all zones. @default - an account of the lake's own */
  readonly account?: IAzureStorageAccount;
  /** Copies of an account of the lake's own. @default AccountReplication.GRS */
  readonly replication?: AccountReplication;
  /** Containers that are there already, each as one zone. @default - none */
  readonly buckets?: Partial<Readonly<Record<Zone, AzureBucket>>>;
}

/** Puts a lake on Azure Storage: a container a zone, in one account. */
export const onAzure = (lake: LakeOnAzureProps): LakeCloud<"azure", AzureBucket> => ({
  cloud: "azure",
  buckets: lake.buckets,
  bucket: (scope, zone, { tags, ...props }) =>
    new AzureBucket(scope, zone, {
      ...props,
      account: lake.account ?? accountOf(scope, lake, { tags, dataRemoval: props.dataRemoval }),
      bucketName: zone,
      provider: lake.provider,
    }),
  pathOf: ({ bucketName, account }) => `abfss://${bucketName}@${account.accountName}.dfs.core.windows.net/`,
});

const ACCOUNT = "Account";

/** The account of all zones, made with the first of them. */
function accountOf(
  scope: Construct,
  { name, replication, resourceGroupName, location, provider }: LakeOnAzureProps,
  { tags, dataRemoval }: { readonly tags: Tags; readonly dataRemoval?: DataRemoval },
): AzureStorageAccount {
  const existing = scope.node.tryFindChild(ACCOUNT) as AzureStorageAccount | undefined;
  if (existing) return existing;
  return new AzureStorageAccount(scope, ACCOUNT, {
    // no hyphens: https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name
    accountName: `${name}lake${environmentOf(scope)?.name ?? ""}`.replaceAll("-", ""),
    replication,
    resourceGroupName,
    location,
    provider,
    tags,
    dataRemoval,
  });
}
