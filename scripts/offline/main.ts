/** `npm run plan:offline`, `deploy:offline` and `schema:offline`. */
import { OfflineTerraformError } from "../../lib/testing/offline/runner/failure";
import { repositoryRoot } from "../bundle/repository";
import { bundleStandIns } from "./bundle-stand-ins";
import { deploy } from "./deploy";
import { UsageError } from "./failure";
import { plan } from "./plan";
import { printedProgress, type Progress } from "./progress";
import { schema } from "./schema";

const COMMANDS: Readonly<Record<string, (args: readonly string[], progress: Progress) => Promise<number>>> = {
  plan,
  deploy,
  schema,
};

async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name];
  if (command === undefined)
    throw new UsageError(`the command must be ${Object.keys(COMMANDS).join(", ")}, got "${name}"`);
  process.chdir(repositoryRoot());
  bundleStandIns(process.cwd());
  return command(
    args,
    printedProgress((text) => process.stderr.write(text)),
  );
}

function report(error: unknown): number {
  if (!(error instanceof Error)) throw error;
  const usage =
    error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS") === true;
  process.stderr.write(
    `${usage || error instanceof OfflineTerraformError ? error.message : (error.stack ?? error.message)}\n`,
  );
  return usage ? 2 : 1;
}

// whoever reads may have read enough: | head
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

void main(process.argv.slice(2))
  .catch(report)
  .then((code) => {
    process.exitCode = code;
  });
