/** The program that `npm run cdktn` runs under either: `node synthesise-all.cjs <outdir> <example>…`. */
import { App } from "cdktf";
import fs from "node:fs";
import path from "node:path";
import { PLACEHOLDER_HANDLERS } from "../../lib/core/placeholder";
import { buildApp } from "../../stacks/app";
import { limitStackCapture } from "../../stacks/stack-capture";

type Build = (app: App) => void;

/** esbuild takes every file that fits the pattern along. */
const example = async (name: string): Promise<Build> =>
  ((await import(`../../examples/${name}.ts`)) as { readonly build: Build }).build;

function synthesise(outdir: string, build: Build): void {
  fs.mkdirSync(path.dirname(outdir), { recursive: true });
  const app = new App({ outdir, context: { [PLACEHOLDER_HANDLERS]: true } });
  build(app);
  app.synth();
}

async function main([outdir = "", ...examples]: readonly string[]): Promise<void> {
  limitStackCapture();
  synthesise(path.join(outdir, "stacks"), buildApp);
  for (const name of examples) synthesise(path.join(outdir, "examples", name), await example(name));
}

void main(process.argv.slice(2));
