/** `npm run synth:examples`: every example into cdktf.out/examples/<name>/, as `cdktf synth` would. */
import { App } from "cdktf";
import fs from "node:fs";
import path from "node:path";
import { bundleHandlers } from "./bundle/bundle-handlers";
import { repositoryRoot } from "./bundle/repository";
import { exampleNames } from "./example-names";

const OUT = "cdktf.out/examples";

/** What an example exports. */
interface Example {
  readonly build?: (app: App) => void;
}

/** Bundled by run.mjs: esbuild takes every file that fits the pattern along. */
async function load(name: string): Promise<Example> {
  return (await import(`../examples/${name}.ts`)) as Example;
}

async function synthesise(name: string): Promise<string> {
  const { build } = await load(name);
  if (build === undefined) throw new Error("must export a function build(app: App): void");
  const outdir = path.join(OUT, path.dirname(name) === "." ? name : path.dirname(name));
  fs.mkdirSync(path.dirname(outdir), { recursive: true });
  const app = new App({ outdir });
  build(app);
  app.synth();
  return `${outdir}: ${fs.readdirSync(path.join(outdir, "stacks")).join(", ")}`;
}

async function main(): Promise<void> {
  const root = repositoryRoot();
  process.chdir(root);
  // The CLI's own variable would put all of them into one folder.
  delete process.env["CDKTF_OUTDIR"];
  fs.rmSync(OUT, { recursive: true, force: true });
  bundleHandlers({ root });
  for (const name of exampleNames(root)) {
    try {
      process.stdout.write(`${await synthesise(name)}\n`);
    } catch (error) {
      process.stderr.write(`examples/${name}.ts: ${(error as Error).message}\n`);
      process.exitCode = 1;
    }
  }
}

void main();
