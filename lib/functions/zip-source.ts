import fs from "node:fs";
import path from "node:path";
import { isToken, problem } from "../core/checks";
import { packageRoot } from "./package-root";

/** Where the zip of a function comes from. */
export interface ZipSource {
  /** The zip's own name, such as `enrich.zip`; the placeholder bears it too. */
  readonly fileName: string;
  /** What is wrong with what was said, whether or not the placeholder stands in. */
  saidProblems(): readonly string[];
  /** What is wrong with the zip itself; looked for only where it is used. */
  zipProblems(): readonly string[];
  /** Absolute path of the zip, once there are no problems. */
  zip(): string;
}

/** The zip of a handler of this package: `dist/lambda/<name>.zip`. */
export function packagedZip(name: string): ZipSource {
  const file = path.join("dist", "lambda", `${name}.zip`);
  return {
    fileName: path.basename(file),
    saidProblems: () => fileProblems(file),
    zipProblems: () => packagedProblems(file),
    zip: () => path.resolve(packageRoot() ?? "", file),
  };
}

/** A zip that was made before synthesis, relative to the working directory. */
export const ownZip = (file: string): ZipSource => ({
  fileName: path.basename(file),
  saidProblems: () => fileProblems(file),
  zipProblems: () => ownProblems(file),
  zip: () => path.resolve(file),
});

/**
 * What is wrong with the zip of a bundled handler.
 *
 * @param file relative to the package's folder
 */
export function packagedProblems(file: string, root: string | undefined = packageRoot()): readonly string[] {
  if (root !== undefined && fs.existsSync(path.join(root, file))) return [];
  const got = root === undefined ? "no such package at or above the app" : `no such file in ${root}`;
  const advice = 'run "npm run bundle" in the repository, or install cloud-conductor again';
  return [`code must be ${file} of the package cloud-conductor, got ${got}; ${advice}`];
}

const fileProblems = (file: string): readonly string[] =>
  isToken(file) || !file.endsWith(".zip") ? [problem("code", "a .zip file that is there at synthesis", file)] : [];

const ownProblems = (file: string): readonly string[] =>
  fs.existsSync(file)
    ? []
    : [`code must be a zip that is there at synthesis, got no file at ${file}; build it before the app runs`];
