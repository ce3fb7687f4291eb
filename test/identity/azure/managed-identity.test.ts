import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { TerraformStack, type App } from "cdktf";
import { AzureManagedIdentity, type AzureManagedIdentityProps } from "../../../lib/identity/azure/managed-identity";
import type { AzurePermission, AzurePrincipal } from "../../../lib/identity/azure/principal";
import { synthApp } from "../../../lib/testing/synth";
import type { Template } from "../../../lib/testing/template";
import { AZURE } from "../../storage/clouds/azure";
import { stackOn, templateOn } from "../../storage/clouds/cloud";
import { lines, messageOf } from "../../support/messages";

const identityWith = (props: AzureManagedIdentityProps = {}): Template =>
  templateOn(AZURE, (stack) => new AzureManagedIdentity(stack, "ingest", props));
const errorOf = (build: (stack: TerraformStack, app: App) => unknown): string =>
  messageOf(() => synthApp((app) => build(stackOn(AZURE, app), app)));

const SCOPE = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-prod";
const READER: AzurePermission = { scope: SCOPE, role: { builtIn: "Reader" } };
const PRINCIPAL_ID = "11111111-2222-3333-4444-555555555555";
const referred = (stack: TerraformStack, id = "old"): AzurePrincipal =>
  AzureManagedIdentity.fromIdentityAttributes(stack, id, { principalId: PRINCIPAL_ID }).grantPrincipal;

describe("a managed identity", () => {
  test("stands in the environment, with its tags, and has no role", () => {
    const template = identityWith();
    expect(template.only(UserAssignedIdentity).attributes).toEqual({
      location: "westeurope",
      name: "lake-ingest-4db33d0e",
      resource_group_name: "rg-prod",
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
    template.none(RoleAssignment);
  });

  test("takes a name and a place", () => {
    const identity = identityWith({
      identityName: "acme_ingest",
      resourceGroupName: "rg-dr",
      location: "northeurope",
      tags: { owner: "sales" },
    });
    expect(identity.only(UserAssignedIdentity).attributes).toMatchObject({
      location: "northeurope",
      name: "acme_ingest",
      resource_group_name: "rg-dr",
      tags: { Owner: "sales" },
    });
  });

  test("refuses what Azure would, all at once", () => {
    const props = { identityName: "-x", location: 7, tags: "sales" };
    expect(messageOf(() => identityWith(props as never))).toBe(
      lines(
        "lake/ingest has 3 problems",
        "  location must be a string, got 7",
        '  identityName must be 3-128 letters, digits, hyphens or underscores, a letter or digit first, got "-x"',
        '  tags must be an object, got "sales"',
      ),
    );
  });

  test("needs a place, and says which declaration is missing", () => {
    const build = (app: App): void => {
      const stack = new TerraformStack(app, "lake");
      AZURE.provider(stack);
      new AzureManagedIdentity(stack, "ingest", { resourceGroupName: "rg" });
    };
    expect(messageOf(() => synthApp(build))).toBe(
      "lake/ingest has 1 problem\n  environment.azure.location must be declared with useEnvironment(…) on the stack or above the construct, got no environment",
    );
  });
});

describe("an identity that exists", () => {
  test("is given roles in this stack by its principal id", () => {
    const template = templateOn(
      AZURE,
      (stack) => void referred(stack).allow({ verb: "see", target: "lake/x" }, READER),
    );
    expect(template.only(RoleAssignment).attributes).toEqual({
      principal_id: PRINCIPAL_ID,
      principal_type: "ServicePrincipal",
      role_definition_name: "Reader",
      scope: SCOPE,
    });
    template.none(UserAssignedIdentity);
  });

  test("is a UUID", () => {
    const build = (stack: TerraformStack): void => {
      AzureManagedIdentity.fromIdentityAttributes(stack, "old", { principalId: "ingest" });
    };
    expect(errorOf(build)).toBe('lake/old has 1 problem\n  principalId must be a UUID, got "ingest"');
  });

  test("is given a role on a scope once in an app, because Azure refuses the second assignment", () => {
    const build = (stack: TerraformStack, app: App): void => {
      referred(stack).allow({ verb: "see", target: "lake/x" }, READER);
      referred(stackOn(AZURE, app, "use")).allow({ verb: "see", target: "lake/x" }, READER);
    };
    expect(errorOf(build)).toBe(
      `use/old has 1 problem\n  azurerm_role_assignment of "Reader on ${SCOPE} for ${PRINCIPAL_ID}" must have one owner, because the server keeps one and the last writer wins, got lake/old and use/old`,
    );
  });
});

describe("a grant to an identity", () => {
  test("is refused with a permission that differs from the first", () => {
    const build = (stack: TerraformStack): void => {
      const identity = new AzureManagedIdentity(stack, "ingest");
      identity.allow({ verb: "see", target: "lake/x" }, READER);
      identity.allow({ verb: "see", target: "lake/x" }, { ...READER, role: { builtIn: "Owner" } });
    };
    expect(errorOf(build)).toBe(
      "lake/ingest has 1 problem\n  see on lake/x must be granted with the same permission each time, got two different ones",
    );
  });

  test("is refused with a wildcard", () => {
    const role = { title: "all", dataActions: ["Microsoft.Storage/*"], target: "lake/x", assignableScope: SCOPE };
    const build = (stack: TerraformStack): void => {
      new AzureManagedIdentity(stack, "ingest").allow({ verb: "own", target: "lake/x" }, { scope: SCOPE, role });
    };
    expect(errorOf(build)).toBe(
      'lake/ingest has 1 problem\n  role.dataActions must be data actions without a wildcard, got "Microsoft.Storage/*"',
    );
  });

  test("has an id that is the same in every stack of its kind", () => {
    const addressIn = (name: string): readonly string[] => {
      const build = (app: App): void => {
        const stack = stackOn(AZURE, app, name);
        new AzureManagedIdentity(stack, "ingest").allow({ verb: "see", target: `${name}/pos` }, READER);
      };
      const resources = synthApp(build).stack(name)["resource"] as Record<string, object>;
      return Object.keys(resources["azurerm_role_assignment"] ?? {});
    };
    expect(addressIn("lake-dev")).toEqual(addressIn("lake-prod"));
  });
});
