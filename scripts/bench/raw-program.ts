import path from "node:path";
import { record, type StackJson } from "../../lib/testing/offline/runner/needs";
import { rawArguments } from "./raw-arguments";
import { rawModule, type RawModule } from "./raw-module";
import { addressesIn } from "./raw-text";

/** Where a stack was synthesised. */
export interface SynthesisedFolder {
  readonly name: string;
  /** `cdktf.out/stacks/<stack>` */
  readonly folder: string;
  readonly json: StackJson;
}

interface RawResource {
  readonly address: string;
  readonly id: string;
  readonly module: RawModule;
  readonly body: StackJson;
}

/** What cdktf writes itself. */
const SECTIONS = ["//", "terraform", "provider", "resource"];

/**
 * The program that somebody would write by hand, without a library: one `new` for each resource of a synthesised stack,
 * deep imports, references as the attributes of the resource that they name, the same ids.
 *
 * @param project a folder of the project that has the bindings installed
 * @returns TypeScript: `node raw.cjs <outdir>`
 * @throws Error for what the bindings do not know, and for a stack with more than providers and resources
 */
export function rawProgram({ name, folder, json }: SynthesisedFolder, project: string): string {
  const strange = Object.keys(json).filter((key) => !SECTIONS.includes(key));
  if (strange.length > 0) throw new Error(`${name} holds more than providers and resources: ${strange.join(", ")}`);
  const resources = inOrder(resourcesIn(json, project));
  const variables = new Map(resources.map(({ address }, index) => [address, `r${String(index)}`]));
  const assets = new Assets(folder);
  const made = resources.map(
    ({ address, id, module, body }) =>
      `const ${variables.get(address) ?? ""} = new ${module.className}(stack, ${JSON.stringify(id)}, ${rawArguments(module, body, { variables, assets })});`,
  );
  const providers = providersIn(json, project).map(
    ({ module, id, body }) =>
      `new ${module.className}(stack, ${JSON.stringify(id)}, ${rawArguments(module, body, { variables, assets })});`,
  );
  const modules = [...resources, ...providersIn(json, project)].map(({ module }) => module);
  const imports = new Set(modules.map(({ className, path: from }) => `import { ${className} } from "${from}";`));
  return [
    ...imports,
    'import { App, AssetType, Fn, TerraformAsset, TerraformStack, Token } from "cdktf";',
    "const app = new App({ outdir: process.argv[2] });",
    `const stack = new TerraformStack(app, ${JSON.stringify(name)});`,
    ...providers,
    ...assets.lines,
    ...made,
    "app.synth();",
    "",
  ].join("\n");
}

function resourcesIn(json: StackJson, project: string): readonly RawResource[] {
  return Object.entries(record(json["resource"])).flatMap(([type, byId]) => {
    const module = rawModule("resource", type, project);
    return Object.entries(record(byId)).map(([id, body]) => ({
      address: `${type}.${id}`,
      id,
      module,
      body: record(body),
    }));
  });
}

function providersIn(json: StackJson, project: string): readonly Omit<RawResource, "address">[] {
  return Object.entries(record(json["provider"])).flatMap(([provider, bodies]) =>
    (bodies as readonly StackJson[]).map((body, index) => ({
      id: index === 0 ? provider : `${provider}${String(index)}`,
      module: rawModule("provider", provider, project),
      body,
    })),
  );
}

/** Each after those that it names. */
function inOrder(resources: readonly RawResource[]): readonly RawResource[] {
  const byAddress = new Map(resources.map((one) => [one.address, one]));
  const ordered = new Set<RawResource>();
  const visit = (one: RawResource): void => {
    if (ordered.has(one)) return;
    for (const address of addressesIn(one.body)) {
      const other = byAddress.get(address);
      if (other !== undefined && other !== one) visit(other);
    }
    ordered.add(one);
  };
  resources.forEach(visit);
  return [...ordered];
}

/** The files that the resources name, as `TerraformAsset`s. */
export class Assets {
  /** The lines that make them. */
  public readonly lines: string[] = [];
  private readonly variables = new Map<string, string>();

  public constructor(private readonly folder: string) {}

  /** The expression for a file such as `assets/churn_Code/0123/handler.zip`. */
  public expression(file: string): string {
    const known = this.variables.get(file) ?? this.declared(file);
    return `${known}.path`;
  }

  private declared(file: string): string {
    const variable = `a${String(this.variables.size)}`;
    this.variables.set(file, variable);
    const [, id = ""] = file.split("/");
    const source = JSON.stringify(path.join(this.folder, file));
    this.lines.push(
      `const ${variable} = new TerraformAsset(stack, ${JSON.stringify(id)}, { path: ${source}, type: AssetType.FILE });`,
    );
    return variable;
  }
}
