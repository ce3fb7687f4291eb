import { filesOf, type SynthesisedStack } from "../../lib/testing/synth";

const REFERENCE = /(?<![\w."/-])((?:data\.)?(?:aws|azurerm|google|terraform)_[a-z0-9_]+)\.([A-Za-z_][\w-]*)/g;

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** References in a stack to what is not declared in it, which Terraform would refuse; and tokens that were never resolved. */
export function danglingReferences(stack: SynthesisedStack): readonly string[] {
  const { json } = filesOf(stack);
  const text = JSON.stringify(json, (key, value: unknown) => (key === "//" ? undefined : value));
  const expressions = text.match(/\$\{[^}]*\}/g) ?? [];
  const references = expressions.flatMap((expression) => [...expression.matchAll(REFERENCE)]);
  const dangling = references.filter(([, type = "", name = ""]) => !declares(json, type, name)).map(([all]) => all);
  return [...dangling, ...(text.match(/TfToken\[[^\]]*\]/gi) ?? [])];
}

function declares(json: Readonly<Record<string, unknown>>, type: string, name: string): boolean {
  const data = type.startsWith("data.");
  const blocks = (json[data ? "data" : "resource"] ?? {}) as Blocks;
  return blocks[data ? type.slice("data.".length) : type]?.[name] !== undefined;
}
