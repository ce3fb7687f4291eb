import { DataFactory } from "@cdktf/provider-azurerm/lib/data-factory";
import { DataFactoryIntegrationRuntimeAzure } from "@cdktf/provider-azurerm/lib/data-factory-integration-runtime-azure";
import { DataFactoryIntegrationRuntimeSelfHosted } from "@cdktf/provider-azurerm/lib/data-factory-integration-runtime-self-hosted";
import { Construct } from "constructs";
import { given, having } from "../../core/checks";
import { assertValid } from "../../core/errors";
import type { Grant, Grantee } from "../../core/grant";
import { nameProblems, physicalName } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { azurePlace, placeInAzure, type AzurePlacementProps } from "../../identity/azure/placement";
import type { AzurePermission, AzurePrincipal } from "../../identity/azure/principal";
import { RoleAssignments } from "../../identity/azure/role-assignments";
import type { GrantName } from "../../identity/grant-name";
import { FACTORY_NAME, RUNTIME_NAME } from "./factory-name";
import { PrivateEndpoints } from "./private-endpoints";
import { CopyRuntime, runtimeProblems } from "./runtime";
import { VaultConnections } from "./vault-connection";

/** A Data Factory that copies into this cloud: not public, in a network that Azure manages, with an identity of its own. */
export interface AzureCopyFactoryProps extends AzurePlacementProps {
  /** @default - derived from the construct path */
  readonly factoryName?: string;
  /** Where its copies run. @default CopyRuntime.managed() */
  readonly runtime?: CopyRuntime;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The provider's resources of a factory besides itself, each for overrides and moves. */
export interface AzureCopyFactoryResources {
  readonly runtime: DataFactoryIntegrationRuntimeAzure | DataFactoryIntegrationRuntimeSelfHosted;
}

/** A Data Factory for any number of copies. It may do what its copies need, and nothing else. */
export class AzureCopyFactory extends Construct implements AzurePrincipal, Grantee<AzurePrincipal> {
  public readonly cloud = "azure";
  public readonly grantPrincipal: AzurePrincipal = this;
  /** Object id of the factory's own identity. */
  public readonly principalId: string;
  public readonly factoryName: string;
  /** Resource id. */
  public readonly factoryId: string;
  /** The integration runtime that its copies run on. */
  public readonly runtimeName: string;
  public readonly resource: DataFactory;
  public readonly resources: AzureCopyFactoryResources;
  /** Its connections to key vaults, one a vault. */
  public readonly vaults: VaultConnections;
  /** Its ways into closed networks; none where it runs on machines of one's own. */
  public readonly privateEndpoints?: PrivateEndpoints;
  private readonly assignments: RoleAssignments;

  public constructor(scope: Construct, id: string, props: AzureCopyFactoryProps = {}) {
    super(scope, id);
    assertValid(this, [...placeInAzure(this, props), ...factoryProblems(props)]);
    const { sharedRuntimeId } = props.runtime ?? CopyRuntime.managed();
    this.resource = this.create(props);
    this.factoryName = this.resource.name;
    this.factoryId = this.resource.id;
    this.principalId = this.resource.identity.principalId;
    this.assignments = new RoleAssignments(this, this.principalId);
    const runtime = sharedRuntimeId === undefined ? this.managed(props) : this.shared(sharedRuntimeId);
    this.runtimeName = runtime.name;
    this.resources = { runtime };
    this.vaults = new VaultConnections(this, this);
    if (sharedRuntimeId === undefined) this.privateEndpoints = new PrivateEndpoints(this, this.factoryId);
  }

  public allow(name: GrantName, permission: AzurePermission): Grant {
    return this.assignments.allow(name, permission);
  }

  private create(props: AzureCopyFactoryProps): DataFactory {
    return new DataFactory(
      this,
      "Resource",
      placedGlobally(this, {
        name: props.factoryName ?? physicalName(this, FACTORY_NAME),
        ...azurePlace(this, props),
        publicNetworkEnabled: false,
        managedVirtualNetworkEnabled: true,
        identity: { type: "SystemAssigned" },
        ...tagsFor(this, props.tags),
      }),
    );
  }

  private managed(props: AzureCopyFactoryProps): DataFactoryIntegrationRuntimeAzure {
    return new DataFactoryIntegrationRuntimeAzure(
      this,
      "Runtime",
      placedGlobally(this, {
        name: physicalName(this, RUNTIME_NAME, "runtime"),
        dataFactoryId: this.factoryId,
        location: azurePlace(this, props).location,
        virtualNetworkEnabled: true,
      }),
    );
  }

  /** https://learn.microsoft.com/azure/data-factory/create-shared-self-hosted-integration-runtime-powershell: the right is Contributor on the runtime alone */
  private shared(resourceId: string): DataFactoryIntegrationRuntimeSelfHosted {
    const runtime = new DataFactoryIntegrationRuntimeSelfHosted(
      this,
      "Runtime",
      placedGlobally(this, {
        name: physicalName(this, RUNTIME_NAME, "runtime"),
        dataFactoryId: this.factoryId,
        rbacAuthorization: [{ resourceId }],
      }),
    );
    const permission = { scope: resourceId, role: { builtIn: "Contributor" } };
    this.allow({ verb: "run-on", target: resourceId }, permission).before(runtime);
    return runtime;
  }
}

const factoryProblems = ({ factoryName, runtime, tags }: AzureCopyFactoryProps): readonly string[] => [
  ...given(factoryName, (name) => nameProblems("factoryName", name, FACTORY_NAME)),
  ...given(runtime, (value) => {
    const shape = having("runtime", value, "sharedRuntimeId", "CopyRuntime.managed() or CopyRuntime.selfHosted(id)");
    return shape.length > 0 ? shape : runtimeProblems("runtime", value);
  }),
  ...tagProblems("tags", tags),
];
