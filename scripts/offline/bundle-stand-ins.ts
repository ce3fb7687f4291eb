import { buildSync } from "esbuild";
import fs from "node:fs";
import path from "node:path";

/**
 * Bundles the program of the stand-ins from its source and tells lib/testing where it is; an installed package has it compiled
 * beside the rest.
 *
 * @param root the repository
 */
export function bundleStandIns(root: string): void {
  const outfile = path.join(root, "dist", "scripts", "stand-ins.cjs");
  const unfinished = `${outfile}.${String(process.pid)}`;
  buildSync({
    entryPoints: [path.join(root, "lib", "testing", "offline", "protocol", "main.ts")],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    outfile: unfinished,
    logLevel: "error",
  });
  fs.renameSync(unfinished, outfile);
  process.env["CLOUD_CONDUCTOR_STAND_INS"] = outfile;
}
