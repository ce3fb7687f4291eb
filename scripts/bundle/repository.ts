import fs from "node:fs";
import path from "node:path";

/**
 * The root of the repository: the nearest folder at or above `start` whose package.json is named cloud-conductor. It is
 * never taken from `__dirname`, which differs between a bundled app (`dist/app`) and a script (`dist/scripts`).
 *
 * @throws Error when no folder above is the repository
 */
export function repositoryRoot(start: string = process.cwd()): string {
  for (let folder = path.resolve(start); ; folder = path.dirname(folder)) {
    if (packageName(path.join(folder, "package.json")) === "cloud-conductor") return folder;
    if (folder === path.dirname(folder)) {
      throw new Error(
        `no package.json named cloud-conductor at or above ${path.resolve(start)}: run this inside the repository`,
      );
    }
  }
}

function packageName(file: string): unknown {
  if (!fs.existsSync(file)) return undefined;
  const content: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
  return typeof content === "object" && content !== null && "name" in content ? content.name : undefined;
}
