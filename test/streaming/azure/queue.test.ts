import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageQueue } from "@cdktf/provider-azurerm/lib/storage-queue";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AzureManagedIdentity } from "../../../lib/identity/azure/managed-identity";
import { AzureStorageAccount } from "../../../lib/storage/azure/storage-account";
import { AzureQueue, type AzureQueueProps } from "../../../lib/streaming/azure/queue";
import { synthApp } from "../../../lib/testing/synth";
import type { Template } from "../../../lib/testing/template";
import { AZURE } from "../../storage/clouds/azure";
import { DEV, PROD, stackOn, templateOn } from "../../storage/clouds/cloud";
import { danglingReferences } from "../../storage/references";
import { lines, messageOf } from "../../support/messages";

const queueWith = (props: AzureQueueProps = {}, environment = PROD): Template =>
  templateOn(AZURE, (stack) => new AzureQueue(stack, "orders", props), environment);

describe("a queue of Azure Storage", () => {
  test("is kept, in an account of its own", () => {
    const template = queueWith({ location: "northeurope" });
    expect(template.only(StorageQueue).attributes).toEqual({
      lifecycle: { prevent_destroy: true },
      name: "lake-orders-a45d614c",
      storage_account_id: "${azurerm_storage_account.orders_Account_A695AC62.id}",
    });
    expect(template.only(StorageAccount).get("location")).toBe("northeurope");
    expect(template.addresses()).toEqual([
      "azurerm_storage_account.orders_Account_A695AC62",
      "azurerm_storage_queue.orders_46FA7C19",
    ]);
  });

  test("goes with both keys turned, its account with it", () => {
    const template = queueWith({ dataRemoval: DataRemoval.DESTROY }, DEV);
    expect([template.only(StorageQueue).has("lifecycle"), template.only(StorageAccount).has("lifecycle")]).toEqual([
      false,
      false,
    ]);
  });

  test.each([
    ["send", "Storage Queue Data Message Sender"],
    ["consume", "Storage Queue Data Message Processor"],
  ] as const)("lets an identity of another stack %s, on the queue alone", (verb, role) => {
    const app = synthApp((app) => {
      const queue = new AzureQueue(stackOn(AZURE, app), "orders");
      queue.grants[verb](new AzureManagedIdentity(stackOn(AZURE, app, "use"), "worker"));
    });
    expect(app.dependencies("use")).toEqual(["lake"]);
    expect(danglingReferences(app.stack("use"))).toEqual([]);
    const local = templateOn(AZURE, (stack) => {
      new AzureQueue(stack, "orders").grants[verb](new AzureManagedIdentity(stack, "worker"));
    });
    expect(local.only(RoleAssignment).attributes).toMatchObject({
      role_definition_name: role,
      scope:
        "${azurerm_storage_account.orders_Account_A695AC62.id}/queueServices/default/queues/${azurerm_storage_queue.orders_46FA7C19.name}",
    });
  });

  test("of one name is there once in an account", () => {
    const message = messageOf(() =>
      templateOn(AZURE, (stack) => {
        const account = new AzureStorageAccount(stack, "lake");
        new AzureQueue(stack, "a", { account, queueName: "orders" });
        new AzureQueue(stack, "b", { account, queueName: "orders" });
      }),
    );
    expect(message).toBe(
      'lake/b has 1 problem\n  azurerm_storage_queue of "lake/lake/orders" must have one owner, because the server keeps one and the last writer wins, got lake/a and lake/b',
    );
  });

  test("fails on every wrong prop at once", () => {
    const props = { account: "lake", queueName: "Orders", dataRemoval: "yes", location: "x" };
    expect(messageOf(() => queueWith(props as never))).toBe(
      lines(
        "lake/orders has 4 problems",
        '  account must be an AzureStorageAccount, own or referred to, got "lake"',
        '  queueName must be 3-63 lower-case letters, digits or single hyphens, a letter or digit first and last, got "Orders"',
        '  dataRemoval must be one of "keep", "destroy", got "yes"',
        '  location must be left to the account, where an account is given, got "x"',
      ),
    );
  });
});
