import fs from "node:fs";
import path from "node:path";

const PACKAGE = "cloud-conductor";

/**
 * The folder of this package: at or above one of the starts the nearest package.json named cloud-conductor, or on the
 * way up the package below a `node_modules`. The running module alone would not do: bundled into somebody's app it
 * stands in the app's folder, and the package is then found from there as Node would find it.
 *
 * @param starts folders to look from, tried one after the other
 * @returns undefined when no start leads to the package
 */
export function packageRoot(starts: readonly string[] = runningFrom()): string | undefined {
  for (const start of starts) {
    const found = above(start)
      .flatMap((folder) => [folder, real(path.join(folder, "node_modules", PACKAGE))])
      .find((folder) => isPackage(folder));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where the code runs from: this module (its real location), the script, the working directory. */
export function runningFrom(): readonly string[] {
  // an app bundled as an ES module has no __dirname
  const module = typeof __dirname === "string" ? [__dirname] : [];
  const script = process.argv[1] === undefined ? [] : [path.dirname(real(process.argv[1]))];
  return [...module, ...script, process.cwd()];
}

/** Each folder from the start to the root. */
export function above(start: string): readonly string[] {
  const folder = path.resolve(start);
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...above(parent)];
}

function isPackage(folder: string): boolean {
  const file = path.join(folder, "package.json");
  if (!fs.existsSync(file)) return false;
  return (JSON.parse(fs.readFileSync(file, "utf8")) as { readonly name?: unknown }).name === PACKAGE;
}

const real = (file: string): string => (fs.existsSync(file) ? fs.realpathSync(file) : file);
