import { type App } from "cdktf";
import fs from "node:fs";
import path from "node:path";
import "../lib/testing/jest";
import { filesOf, synthApp, type SynthesisedApp } from "../lib/testing/synth";
import { exampleNames } from "../scripts/example-names";
import { bucketProblems } from "./support/buckets";
import { describeWithTerraform } from "./support/terraform";

const ROOT = path.resolve(__dirname, "..");

/** What a quote of an app may add to an example, which only says what is in the app. */
const APP = "\nbuild().synth();\n";

const examples = new Map<string, Promise<SynthesisedApp>>();

/** An example's app, made once. */
function example(name: string): Promise<SynthesisedApp> {
  const app = examples.get(name) ?? synthesised(name);
  examples.set(name, app);
  return app;
}

async function synthesised(name: string): Promise<SynthesisedApp> {
  const { build } = (await import(path.join(ROOT, "examples", name))) as { readonly build: (app: App) => void };
  return synthApp(build);
}

describe("examples", () => {
  test.each(exampleNames(ROOT))("%s synthesises", async (name) => {
    expect((await example(name)).stackNames).not.toEqual([]);
  });

  test.each(exampleNames(ROOT))("%s has private, encrypted, versioned, tidy buckets, over TLS alone", async (name) => {
    const app = await example(name);
    const stacks = app.stackNames.map((stack) => filesOf(app.stack(stack)).json);
    expect(stacks.flatMap(bucketProblems)).toEqual([]);
  });
});

describeWithTerraform("Terraform with stand-ins of the providers", () => {
  test.concurrent.each(exampleNames(ROOT))("applies %s, finds it as configured and destroys it", async (name) => {
    const app = await example(name);
    for (const stack of app.stackNames) await expect(app.stack(stack)).toApplyCleanly();
  });
});

/** A fenced block below `<!-- example: examples/x.ts -->`, or below `<!-- example: examples/x.ts#region -->`. */
interface Quote {
  readonly page: string;
  readonly source: string;
  /** Undefined where the marker is followed by something else. */
  readonly text: string | undefined;
}

describe("quotes of examples", () => {
  const quotes = pages(ROOT).flatMap((page) => quotesIn(page, fs.readFileSync(path.join(ROOT, page), "utf8")));

  test("there are some", () => {
    expect(quotes.map(({ page }) => page)).toContain("README.md");
  });

  test("say word for word what the example says", () => {
    expect(quotes.map(quoteProblem).filter((problem) => problem !== undefined)).toEqual([]);
  });

  test("are caught when they differ, name no example or are no block", () => {
    const text = [
      "<!-- example: examples/first-stack.ts -->\n\n```ts\nconst a = 1;\n```\n",
      "<!-- example: examples/none.ts -->\n\n```ts\nconst a = 1;\n```\n",
      "<!-- example: examples/first-stack.ts#none -->\n```ts\nconst a = 1;\n```\n",
      "<!-- example: examples/first-stack.ts -->\n\nwords\n",
    ].join("\n");
    expect(quotesIn("A.md", text).map(quoteProblem)).toEqual([
      "A.md does not quote examples/first-stack.ts as it is",
      "A.md quotes examples/none.ts, which does not exist",
      "A.md quotes examples/first-stack.ts#none, which does not exist",
      "A.md names examples/first-stack.ts without a fenced block below it",
    ]);
  });

  test("of a region are its lines, moved to the margin", () => {
    const text = "a\n  // #region one\n  const b = 1;\n    c();\n  // #endregion\n";
    expect(regionOf(text, "one")).toBe("const b = 1;\n  c();\n");
    expect(regionOf(text, "two")).toBeUndefined();
  });
});

function pages(root: string): readonly string[] {
  const folders = ["lib", "lambda", "docs", "examples"].filter((folder) => fs.existsSync(path.join(root, folder)));
  const below = folders.flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .map((file) => path.join(folder, file)),
  );
  return [...fs.readdirSync(root), ...below].filter((file) => file.endsWith(".md")).sort();
}

function quotesIn(page: string, text: string): readonly Quote[] {
  const marker = /<!-- example: (\S+) -->\s*(?:```\w*\n([\s\S]*?)^```$)?/gm;
  return [...text.matchAll(marker)].map(([, source = "", quoted]) => ({ page, source, text: quoted }));
}

function quoteProblem({ page, source, text }: Quote): string | undefined {
  const example = sourceOf(source);
  if (example === undefined) return `${page} quotes ${source}, which does not exist`;
  if (text === undefined) return `${page} names ${source} without a fenced block below it`;
  return text === example || text === example + APP ? undefined : `${page} does not quote ${source} as it is`;
}

function sourceOf(source: string): string | undefined {
  const [file = "", region] = source.split("#");
  if (!fs.existsSync(path.join(ROOT, file))) return undefined;
  const text = fs.readFileSync(path.join(ROOT, file), "utf8");
  return region === undefined ? text : regionOf(text, region);
}

/** The lines between `// #region <name>` and the next `// #endregion`, without the indentation they share. */
function regionOf(text: string, region: string): string | undefined {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`);
  if (start < 0) return undefined;
  const length = lines.slice(start).findIndex((line) => line.trim() === "// #endregion");
  const inside = lines.slice(start + 1, start + length);
  const margin = Math.min(...inside.filter((line) => line !== "").map((line) => line.search(/\S/)));
  return `${inside.map((line) => line.slice(margin)).join("\n")}\n`;
}
