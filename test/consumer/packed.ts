import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { bundleHandlers } from "../../scripts/bundle/bundle-handlers";

/** The package as a registry would serve it, made aside: what lies in `dist/` is neither used nor changed. */

export const REPOSITORY = path.resolve(__dirname, "../..");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A tarball of the package and the files in it. */
export interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Compiles and packs into `<folder>/package`. */
export function packPackage(folder: string): Packed {
  const staged = path.join(folder, "package");
  fs.mkdirSync(staged);
  for (const file of ["package.json", "README.md", "LICENSE"])
    fs.copyFileSync(path.join(REPOSITORY, file), path.join(staged, file));
  fs.cpSync(path.join(REPOSITORY, "lib"), path.join(staged, "lib"), { recursive: true });
  const tsc = path.join(REPOSITORY, "node_modules/typescript/bin/tsc");
  // what is emitted is the same without checking it once more
  const options = ["-p", "tsconfig.build.json", "--noCheck", "--outDir", path.join(staged, "dist")];
  run(process.execPath, [tsc, ...options], REPOSITORY);
  for (const { name, zip } of bundleHandlers({ root: REPOSITORY }).handlers) {
    fs.copyFileSync(zip, path.join(staged, "dist/lambda", `${name}.zip`));
  }
  const packed = run("npm", ["pack", "--ignore-scripts", "--json", "--offline", "--pack-destination", folder], staged);
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  return { tarball: path.join(folder, filename), files: files.map((file) => file.path).sort() };
}

/** A project that has the unpacked tarball, what it depends on, cdktf, constructs and these providers, and no other package. */
export function consumerProject(folder: string, { tarball }: Packed, providers: readonly string[]): string {
  const project = fs.realpathSync(fs.mkdtempSync(path.join(folder, "consumer-")));
  const installed = path.join(project, "node_modules/cloud-conductor");
  fs.mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed], project);
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8")) as Manifest;
  for (const name of ["cdktf", "constructs", "@types/node", ...providers, ...Object.keys(dependencies)]) {
    const link = path.join(project, "node_modules", name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(REPOSITORY, "node_modules", name), link);
  }
  fs.writeFileSync(path.join(project, "package.json"), '{ "name": "consumer", "private": true }\n');
  return project;
}

/** A folder below the temporary one. */
export function temporaryFolder(): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "consumer-test-")));
}

/** What the command writes to its standard output; throws with all it wrote when it fails. */
export function run(command: string, args: readonly string[], cwd: string): string {
  // What jest sets would make the package think that it is under test.
  const { JEST_WORKER_ID: _, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8", timeout: 120_000 });
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${args.join(" ")} ended with ${status ?? error?.message ?? "a signal"}\n${stdout}\n${stderr}`,
  );
}
