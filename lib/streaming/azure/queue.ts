import { StorageQueue } from "@cdktf/provider-azurerm/lib/storage-queue";
import { Construct } from "constructs";
import { given, having, problem } from "../../core/checks";
import { claim } from "../../core/claim";
import {
  DataRemoval,
  dataRemovalProblems,
  destroysData,
  keptUnless,
  type DataRemovalProps,
} from "../../core/data-removal";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import { AzureStorageAccount, type IAzureStorageAccount } from "../../storage/azure/storage-account";
import type { AzureQueueRef } from "../references";
import { AzureQueueGrants } from "./queue-grants";
import { QUEUE_NAME } from "./queue-name";

/** A queue of Azure Storage: private, encrypted, TLS only, kept. */
export interface AzureQueueProps extends DataRemovalProps, AzurePlacementProps {
  /** The account that it is put into; network and key are the account's. @default - an account of its own, with every default */
  readonly account?: IAzureStorageAccount;
  /** @default - derived from the construct path */
  readonly queueName?: string;
  /** Of the account that is made for it. @default - the environment's tags */
  readonly tags?: Tags;
}

/** A queue of Azure Storage, for messages of up to 64 KiB that are each worked off once. */
export class AzureQueue extends Construct implements AzureQueueRef {
  public readonly path: string;
  public readonly queueName: string;
  public readonly queueId: string;
  public readonly account: IAzureStorageAccount;
  /** The account that was made for this queue alone. */
  public readonly ownAccount?: AzureStorageAccount;
  public readonly grants: AzureQueueGrants;
  public readonly resource: StorageQueue;

  public constructor(scope: Construct, id: string, props: AzureQueueProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...queueProblems(props)]);
    const destroys = destroysData(this, props);
    const name = props.queueName ?? physicalName(this, QUEUE_NAME);
    this.account = props.account ?? (this.ownAccount = this.createAccount(props, destroys));
    claim(this, StorageQueue.tfResourceType, `${this.account.path}/${name}`);
    this.resource = new StorageQueue(
      this,
      "Resource",
      placedGlobally(this, { name, storageAccountId: this.account.accountId, ...keptUnless(destroys) }),
    );
    this.path = this.node.path;
    this.queueName = this.resource.name;
    this.queueId = `${this.account.accountId}/queueServices/default/queues/${this.queueName}`;
    this.grants = new AzureQueueGrants(this, this);
  }

  /** The queue has turned the keys already, and has said what is missing. */
  private createAccount(props: AzureQueueProps, destroys: boolean): AzureStorageAccount {
    const { resourceGroupName, location, provider, tags } = props;
    const dataRemoval = destroys ? DataRemoval.DESTROY : DataRemoval.KEEP;
    return new AzureStorageAccount(this, "Account", { resourceGroupName, location, provider, tags, dataRemoval });
  }
}

const queueProblems = (props: AzureQueueProps): string[] => [
  ...given(props.account, (account) =>
    having("account", account, "managementPolicy", "an AzureStorageAccount, own or referred to"),
  ),
  ...given(props.queueName, (name) => nameProblems("queueName", name, QUEUE_NAME)),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
  ...(props.account === undefined ? [] : accountsOwnProblems(props)),
];

/** What only an account has cannot be said of a queue in an account that is given. */
const accountsOwnProblems = (props: AzureQueueProps): string[] =>
  (["tags", "resourceGroupName", "location"] as const).flatMap((name) =>
    given(props[name], (value) => [problem(name, "left to the account, where an account is given", value)]),
  );
