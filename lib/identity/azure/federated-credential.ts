import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { given, having, matching, text } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { waitFor, type Dependent, type Grant } from "../../core/grant";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import type { AzureManagedIdentity } from "./managed-identity";

/** Whose tokens stand for a managed identity. */
export interface AzureFederatedCredentialProps extends PlacementProps {
  /** Up to 20 such credentials are in one. */
  readonly identity: AzureManagedIdentity;
  /** `https://` address of who signs the tokens, such as `https://accounts.google.com`. */
  readonly issuer: string;
  /** Whom the tokens name: exactly this one. */
  readonly subject: string;
  /** @default - derived from the construct path */
  readonly credentialName?: string;
}

const CREDENTIAL_NAME: NameRule = {
  rule: "3-120 letters, digits, hyphens or underscores, a letter or digit first",
  pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/,
  maximum: 120,
  source: "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations",
};

/** What a token for Entra is made out to. https://learn.microsoft.com/entra/workload-id/workload-identity-federation */
const AUDIENCE = "api://AzureADTokenExchange";

/** The segment of the resource group in the id of what stands in it: /subscriptions/<id>/resourceGroups/<name>/… */
const GROUP_SEGMENT = 4;

/** Lets somebody outside of Azure act as a managed identity, by tokens instead of a key. */
export class AzureFederatedCredential extends Construct implements Grant {
  public readonly resource: FederatedIdentityCredential;

  public constructor(scope: Construct, id: string, props: AzureFederatedCredentialProps) {
    super(scope, id);
    assertValid(this, [...place(this, "azure", props), ...credentialProblems(props)]);
    const { identity, issuer, subject, credentialName } = props;
    this.resource = new FederatedIdentityCredential(
      this,
      "Resource",
      placedGlobally(this, {
        name: credentialName ?? physicalName(this, CREDENTIAL_NAME),
        // the group of the identity itself, wherever the environment would put this one
        resourceGroupName: Token.asString(Fn.element(Fn.split("/", identity.identityId), GROUP_SEGMENT)),
        parentId: identity.identityId,
        issuer,
        subject,
        audience: [AUDIENCE],
      }),
    );
  }

  public before(...resources: readonly Dependent[]): this {
    for (const resource of resources) waitFor(resource, this.resource);
    return this;
  }
}

const credentialProblems = (props: AzureFederatedCredentialProps): readonly string[] => [
  ...having("identity", props.identity, "identityId", "a managed identity of this app"),
  ...matching("issuer", props.issuer, /^https:\/\/[^\s/]+(\/\S*)?$/, "an https:// address"),
  ...text("subject", props.subject),
  ...given(props.credentialName, (name) => nameProblems("credentialName", name, CREDENTIAL_NAME)),
];
