import { DataFactory } from "@cdktf/provider-azurerm/lib/data-factory";
import { DataFactoryIntegrationRuntimeAzure } from "@cdktf/provider-azurerm/lib/data-factory-integration-runtime-azure";
import { DataFactoryIntegrationRuntimeSelfHosted } from "@cdktf/provider-azurerm/lib/data-factory-integration-runtime-self-hosted";
import { DataFactoryManagedPrivateEndpoint } from "@cdktf/provider-azurerm/lib/data-factory-managed-private-endpoint";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Lazy } from "cdktf";
import { AzureCopyFactory, type AzureCopyFactoryProps } from "../../../lib/replication/azure/copy-factory";
import { CopyRuntime } from "../../../lib/replication/azure/runtime";
import { Template } from "../../../lib/testing/template";
import { lines, messageOf } from "../../support/messages";
import { copyIn, GROUP, KEY, onAzure, SHARED_RUNTIME, VAULT } from "./copy-stack";

const factoryWith = (props: AzureCopyFactoryProps = {}): Template =>
  Template.of(
    onAzure((stack) => copyIn(stack, { factory: new AzureCopyFactory(stack, "copies", props) })).stack("lake"),
  );

describe("a factory", () => {
  test("is not public, stands in a network of its own and has an identity", () => {
    expect(factoryWith().only(DataFactory).attributes).toEqual({
      name: "lake-copies-73a756d6",
      resource_group_name: "acme-data",
      location: "westeurope",
      public_network_enabled: false,
      managed_virtual_network_enabled: true,
      identity: { type: "SystemAssigned" },
      tags: { Environment: "prod" },
    });
  });

  test("copies within that network, in its own region", () => {
    expect(factoryWith({ location: "northeurope" }).only(DataFactoryIntegrationRuntimeAzure).attributes).toMatchObject({
      location: "northeurope",
      virtual_network_enabled: true,
    });
  });

  test("reaches the account and the vault by private endpoints", () => {
    const endpoints = factoryWith().all(DataFactoryManagedPrivateEndpoint);
    expect(endpoints.map((block) => [block.get("subresource_name"), block.get("target_resource_id")])).toEqual([
      ["dfs", `${GROUP}/providers/Microsoft.Storage/storageAccounts/acmelake`],
      ["vault", VAULT],
    ]);
  });

  test("calls a vault that only Terraform knows after the copy that reads from it", () => {
    const keyVaultId = Lazy.stringValue({ produce: () => VAULT });
    const app = onAzure((stack) => copyIn(stack, { accessKey: { ...KEY, keyVaultId } }));
    const roles = Template.of(app.stack("lake")).all(RoleAssignment);
    expect(roles.map(({ path }) => path)).toContain("copy/Factory/read-secret-s3-reader-78866318");
  });
});

describe("machines of one's own", () => {
  const template = factoryWith({ runtime: CopyRuntime.selfHosted(SHARED_RUNTIME) });

  test("are shared by another factory: no registration key lies in the state", () => {
    const runtime = template.only(DataFactoryIntegrationRuntimeSelfHosted);
    expect(runtime.get("rbac_authorization")).toEqual([{ resource_id: SHARED_RUNTIME }]);
    expect(runtime.get("depends_on")).toEqual([
      expect.stringMatching(/^azurerm_role_assignment\.copies_run-on-local/) as string,
    ]);
    expect(template.count(DataFactoryIntegrationRuntimeAzure)).toBe(0);
  });

  test("need the right to that runtime, and no private endpoints", () => {
    const roles = template.all(RoleAssignment).map((block) => [block.get("role_definition_name"), block.get("scope")]);
    expect(roles).toContainEqual(["Contributor", SHARED_RUNTIME]);
    expect(template.count(DataFactoryManagedPrivateEndpoint)).toBe(0);
  });
});

describe("fails", () => {
  test.each<[AzureCopyFactoryProps, string]>([
    [
      { factoryName: "a_b" },
      'factoryName must be 3-63 letters, digits or hyphens, a letter or digit first and last, got "a_b"',
    ],
    [
      { runtime: CopyRuntime.selfHosted("local") },
      'runtime must be the resource id of an integration runtime of a Data Factory, got "local"',
    ],
    [
      { runtime: "managed" as unknown as CopyRuntime },
      'runtime must be CopyRuntime.managed() or CopyRuntime.selfHosted(id), got "managed"',
    ],
  ])("%j", (props, text) => {
    expect(messageOf(() => factoryWith(props))).toBe(lines("lake/copies has 1 problem", `  ${text}`));
  });
});
