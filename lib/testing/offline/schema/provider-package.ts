import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { SchemaKind } from "./schema";

/** Installed bindings of one provider. */
export interface ProviderPackage {
  /** `aws` */
  readonly provider: string;
  /** `@cdktf/provider-aws@21.22.1` */
  readonly release: string;
  /** The folder with one folder a module. */
  readonly modules: string;
}

const SCOPES = ["@cdktf", "@cdktn"];

/**
 * The bindings of a provider as a project finds them.
 *
 * @param provider `aws`, `google-beta`
 * @param project a folder of the project that has them installed
 * @returns nothing where no bindings of it are installed
 */
export function findProviderPackage(provider: string, project: string): ProviderPackage | undefined {
  const { resolve } = createRequire(path.join(project, "index.js"));
  for (const scope of SCOPES) {
    const manifest = resolved(resolve, `${scope}/provider-${provider}/package.json`);
    if (manifest === undefined) continue;
    const { name, version } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { name: string; version: string };
    return { provider, release: `${name}@${version}`, modules: path.join(path.dirname(manifest), "lib") };
  }
  return undefined;
}

function resolved(resolve: NodeJS.RequireResolve, file: string): string | undefined {
  try {
    return resolve(file);
  } catch {
    return undefined;
  }
}

/** The names of all modules, sorted. */
export const moduleNames = ({ modules }: ProviderPackage): readonly string[] =>
  fs
    .readdirSync(modules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

/**
 * The folder of the module that describes a type; the generator of the bindings names it after the type.
 *
 * @returns nothing where there is none: the provider does not know the type
 */
export function moduleFolder(bindings: ProviderPackage, kind: SchemaKind, type: string): string | undefined {
  const folder = path.join(bindings.modules, moduleName(bindings.provider, kind, type));
  return fs.existsSync(path.join(folder, "index.js")) ? folder : undefined;
}

function moduleName(provider: string, kind: SchemaKind, type: string): string {
  if (kind === "provider") return "provider";
  if (kind === "data") return `data-${type.replaceAll("_", "-")}`;
  return (type.startsWith(`${provider}_`) ? type.slice(provider.length + 1) : type).replaceAll("_", "-");
}
