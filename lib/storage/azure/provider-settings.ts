import type { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isToken } from "../../core/checks";

/** What an account expects of the provider that makes it. */
interface Expectation {
  readonly account: IConstruct;
  readonly provider?: TerraformProvider;
  readonly isPublic: boolean;
}

const EXPECTED = Symbol.for("cloud-conductor.azurerm-expected");

/** Has the stack refuse a provider that could not make the account; the provider may be declared after it. */
export function expectOfProvider(expectation: Expectation): void {
  const stack = TerraformStack.of(expectation.account);
  const known = Reflect.get(stack, EXPECTED) as Expectation[] | undefined;
  if (known) {
    known.push(expectation);
    return;
  }
  const expected = [expectation];
  Object.defineProperty(stack, EXPECTED, { value: expected });
  stack.node.addValidation({ validate: () => [...new Set(expected.flatMap(providerProblems))] });
}

function providerProblems({ account, provider, isPublic }: Expectation): readonly string[] {
  const used = provider === undefined ? defaultProviders(account) : [provider];
  return used.filter(isAzurerm).flatMap((one) => [...keyProblems(one), ...(isPublic ? [] : dataPlaneProblems(one))]);
}

const isAzurerm = (provider: TerraformProvider): provider is AzurermProvider =>
  provider.terraformResourceType === "azurerm";

const defaultProviders = (account: IConstruct): readonly TerraformProvider[] => {
  const stack = TerraformStack.of(account);
  const providers = stack.node.findAll().filter((one) => TerraformProvider.isTerraformProvider(one));
  return providers.filter((one) => one.alias === undefined && TerraformStack.of(one) === stack);
};

/** Without it the provider asks for the account's keys, and there are none to be had. */
function keyProblems({ node, storageUseAzureadInput }: AzurermProvider): string[] {
  if (storageUseAzureadInput === true || isToken(storageUseAzureadInput)) return [];
  return [
    `the azurerm provider ${node.path} must say storageUseAzuread: true, because the storage accounts of its stack accept no shared keys, got ${String(storageUseAzureadInput)}`,
  ];
}

/** Without it the provider waits, up to an hour, for an answer of an account that nobody can reach yet. */
function dataPlaneProblems({ node, featuresInput }: AzurermProvider): string[] {
  const said = dataPlaneAvailable(featuresInput);
  if (said === false || isToken(said)) return [];
  return [
    `the azurerm provider ${node.path} must say features: [{ storage: [{ dataPlaneAvailable: false }] }], because storage accounts of its stack have no public address at which the provider could wait for their data, got ${String(said)}`,
  ];
}

/** What the features block says, a token where it is one at any level. */
function dataPlaneAvailable(features: AzurermProvider["featuresInput"]): unknown {
  if (!Array.isArray(features)) return features;
  const storage = features[0]?.storage;
  return Array.isArray(storage) ? storage[0]?.dataPlaneAvailable : storage;
}
