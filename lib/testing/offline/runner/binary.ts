import fs from "node:fs";
import path from "node:path";

/** Where a Terraform or an OpenTofu comes from. */
const SOURCES = "https://developer.hashicorp.com/terraform/install, https://opentofu.org/docs/intro/install";

/** cdktf's own variable for another binary. */
const CHOSEN = "TERRAFORM_BINARY_NAME";

/**
 * The Terraform to run: `$TERRAFORM_BINARY_NAME`, else `terraform`, else `tofu`, as `PATH` finds them.
 *
 * @returns an absolute path, or nothing
 */
export function findTerraform(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const chosen = env[CHOSEN];
  const names = chosen === undefined || chosen === "" ? ["terraform", "tofu"] : [chosen];
  const folders = (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
  return names
    .flatMap((name) =>
      name.includes(path.sep) ? [path.resolve(name)] : folders.map((folder) => path.join(folder, name)),
    )
    .flatMap((file) => (process.platform === "win32" ? [`${file}.exe`] : [file]))
    .find(isExecutable);
}

/** What is missing, and how to get it: one line. */
export function missingTerraform(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env[CHOSEN];
  const what =
    chosen === undefined || chosen === ""
      ? "neither terraform nor tofu is on PATH"
      : `$${CHOSEN} names ${chosen}, which is not there`;
  return `${what}; get one: ${SOURCES}`;
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
