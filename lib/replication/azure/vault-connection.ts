import { DataFactoryLinkedServiceKeyVault } from "@cdktf/provider-azurerm/lib/data-factory-linked-service-key-vault";
import type { Construct } from "constructs";
import { isToken } from "../../core/checks";
import type { Grant } from "../../core/grant";
import { physicalName, stableHash } from "../../core/names";
import { placedGlobally } from "../../core/placement";
import type { AzurePrincipal } from "../../identity/azure/principal";
import type { PrivateEndpoints } from "./private-endpoints";
import { PART_NAME } from "./factory-name";
import type { SecretRef } from "./s3-key";

/** A factory that reads secrets. */
interface Reader extends AzurePrincipal {
  readonly factoryId: string;
  readonly runtimeName: string;
  readonly privateEndpoints?: PrivateEndpoints;
}

/** A secret as a linked service names it, and the right to read it. */
export interface SecretConnection {
  readonly vaultServiceName: string;
  readonly grant: Grant;
}

/** The connections of a factory to key vaults, one a vault; the right to read is given for each secret alone. */
export class VaultConnections {
  private readonly services = new Map<string, DataFactoryLinkedServiceKeyVault>();
  private readonly names = new Map<string, string>();

  public constructor(
    private readonly factory: Construct,
    private readonly reader: Reader,
  ) {}

  /** Lets the factory read one secret, which stays in its vault, for a copy. */
  public to({ keyVaultId, secretName }: SecretRef, copy: Construct): SecretConnection {
    const name = this.nameOf(keyVaultId, copy);
    const grant = this.reader.allow(
      { verb: "read-secret", target: `${name}/secrets/${secretName}` },
      { scope: `${keyVaultId}/secrets/${secretName}`, role: { builtIn: "Key Vault Secrets User" } },
    );
    const service = this.service(name, keyVaultId);
    return { vaultServiceName: service.name, grant: grant.before(service) };
  }

  /** A vault that only Terraform knows is called after the first copy that reads from it: ids are made of literals. */
  private nameOf(keyVaultId: string, copy: Construct): string {
    const name = this.names.get(keyVaultId) ?? (isToken(keyVaultId) ? copy.node.path : keyVaultId);
    this.names.set(keyVaultId, name);
    return name;
  }

  private service(name: string, keyVaultId: string): DataFactoryLinkedServiceKeyVault {
    const id = `Vault-${stableHash(name)}`;
    const known = this.services.get(id);
    if (known) return known;
    const service = new DataFactoryLinkedServiceKeyVault(
      this.factory,
      id,
      placedGlobally(this.factory, {
        name: physicalName(this.factory, PART_NAME, id),
        dataFactoryId: this.reader.factoryId,
        keyVaultId,
        integrationRuntimeName: this.reader.runtimeName,
      }),
    );
    this.services.set(id, service);
    this.reader.privateEndpoints?.to({ name, resourceId: keyVaultId, part: "vault" });
    return service;
  }
}
