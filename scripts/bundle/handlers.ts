import fs from "node:fs";
import path from "node:path";

/** Where things stand, relative to the repository. */
export const entryOf = (handler: string): string => `lambda/${handler}/index.ts`;
export const zipOf = (handler: string): string => `dist/lambda/${handler}.zip`;
export const stampOf = (handler: string): string => `dist/bundle/${handler}.json`;
export const sourceMapOf = (handler: string): string => `dist/bundle/${handler}.js.map`;

/** The handlers of the repository: every folder of lambda with an index.ts, sorted. */
export function handlersIn(root: string): readonly string[] {
  const folder = path.join(root, "lambda");
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => fs.existsSync(path.join(root, entryOf(name))));
  return names.sort();
}

/**
 * Those of `wanted` in the order of the repository, or all of them.
 * @throws Error that names the handlers that do not exist and those that do
 */
export function chosenHandlers(root: string, wanted: readonly string[] | undefined): readonly string[] {
  const all = handlersIn(root);
  const unknown = (wanted ?? []).filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    throw new Error(`no such handler: ${unknown.join(", ")}; lambda/ holds ${all.join(", ") || "none"}`);
  }
  return wanted === undefined ? all : all.filter((name) => wanted.includes(name));
}

/**
 * Writes a file of the repository through one in dist/bundle, so that neither a reader nor a second writer nor a package
 * ever meets half of it.
 */
export function writeWhole(root: string, file: string, content: string | Uint8Array): void {
  const unfinished = path.join(root, "dist/bundle", `${path.basename(file)}.${process.pid}`);
  fs.mkdirSync(path.dirname(unfinished), { recursive: true });
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(unfinished, content);
  fs.renameSync(unfinished, path.join(root, file));
}
