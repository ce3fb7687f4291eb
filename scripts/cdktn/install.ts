import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** What is installed in the place of the repository's own. */
const OWN = ["cdktf", "constructs"];

/**
 * Installs a release of cdktn under the name cdktf, with the constructs that it asks for, and links everything else that
 * the repository has installed beside it. Node finds the cdktn of a linked package only with `--preserve-symlinks`.
 *
 * @throws Error with what npm said
 */
export function installCdktn(root: string, folder: string, release: string): void {
  const manifest = { private: true, dependencies: { cdktf: `npm:cdktn@${release}` } };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest, undefined, 2));
  const options = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--loglevel=error"];
  const { status, stderr, error } = spawnSync("npm", ["install", ...options], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`cdktn ${release} cannot be installed: ${error?.message ?? stderr.trim()}`);
  linkOthers(path.join(root, "node_modules"), path.join(folder, "node_modules"));
}

/** Links every package of one node_modules into another, but those that are there. */
export function linkOthers(from: string, to: string): void {
  for (const name of fs.readdirSync(from)) {
    if (name.startsWith(".") || OWN.includes(name)) continue;
    if (name.startsWith("@")) linkOthers(path.join(from, name), made(path.join(to, name)));
    else if (!fs.existsSync(path.join(to, name)))
      fs.symlinkSync(path.join(from, name), path.join(to, name), "junction");
  }
}

function made(folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  return folder;
}
