/**
 * `node scripts/run.mjs scripts/sensitive-attributes.ts`: writes the lists of sensitive attributes from the providers' own
 * schemas, which $REAL_PROVIDERS/plan.mjs prints (default ../shared/real-providers). To run after a change of providers.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

interface Attribute {
  readonly sensitive?: boolean;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

type Schemas = Readonly<Record<string, { readonly block: Block }>>;

interface Provider {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Schemas;
  readonly data_source_schemas: Schemas;
}

const REAL_PROVIDERS = process.env["REAL_PROVIDERS"] ?? path.resolve("..", "shared", "real-providers");
const FOLDER = path.join("lib", "testing", "offline", "schema");

function ownSchema(provider: string): Provider {
  const plan = path.join(REAL_PROVIDERS, "plan.mjs");
  const run = spawnSync(process.execPath, [plan, "--schema", provider], { maxBuffer: 2 ** 28, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`no schema of ${provider}: ${run.stderr}`);
  const { provider_schemas } = JSON.parse(run.stdout) as { provider_schemas: Readonly<Record<string, Provider>> };
  const [schema] = Object.values(provider_schemas);
  if (schema === undefined) throw new Error(`no schema of ${provider} in what ${plan} printed`);
  return schema;
}

function sensitiveIn(block: Block, prefix = ""): readonly string[] {
  const own = Object.entries(block.attributes ?? {}).flatMap(([name, { sensitive }]) =>
    sensitive ? [prefix + name] : [],
  );
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, inner]) =>
    sensitiveIn(inner.block, `${prefix}${name}.`),
  );
  return [...own, ...nested].sort();
}

function sensitiveOf({ provider, resource_schemas, data_source_schemas }: Provider): Readonly<Record<string, string>> {
  const data = Object.entries(data_source_schemas).map(([type, schema]) => [`data.${type}`, schema] as const);
  return Object.fromEntries(
    [["provider", provider] as const, ...Object.entries(resource_schemas), ...data]
      .map(([type, { block }]) => [type, sensitiveIn(block).join(" ")] as const)
      .filter(([, paths]) => paths !== "")
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

for (const provider of ["aws", "azurerm", "google"]) {
  const list = sensitiveOf(ownSchema(provider));
  const file = path.join(FOLDER, `sensitive-${provider}.ts`);
  const head = "/** Type → paths below it, separated by blanks. Written by scripts/sensitive-attributes.ts. */\n";
  const name = `${provider.toUpperCase()}_SENSITIVE`;
  fs.writeFileSync(
    file,
    `${head}export const ${name}: Readonly<Record<string, string>> = ${JSON.stringify(list, undefined, 2)};\n`,
  );
  const count = Object.values(list).reduce((sum, paths) => sum + paths.split(" ").length, 0);
  process.stdout.write(`${file}: ${count} attributes of ${Object.keys(list).length} types; format it with prettier\n`);
}
