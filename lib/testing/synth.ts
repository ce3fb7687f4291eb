import { App } from "cdktf";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PLACEHOLDER_HANDLERS } from "../core/placeholder";
import { masked, withoutMetadata } from "./mask";

/** A stack's `cdk.tf.json` as a plain object: metadata stripped, working directory, versions and asset hashes masked. */
export type SynthesisedStack = Readonly<Record<string, unknown>>;

/** What a construct told its users: `Annotations.of(…).addInfo(…)`. */
export interface Annotation {
  readonly constructPath: string;
  readonly level: "info" | "warn" | "error";
  readonly message: string;
}

/** An app after a full `app.synth()`. */
export interface SynthesisedApp {
  /** The ids of its stacks, in the order of the manifest. */
  readonly stackNames: readonly string[];
  /** @throws Error naming the stacks there are */
  stack(name: string): SynthesisedStack;
  /** Infos and warnings of a stack; an error annotation makes {@link synthApp} throw. */
  annotations(name: string): readonly Annotation[];
  /** Ids of the stacks that `cdktf deploy` puts before this one. */
  dependencies(name: string): readonly string[];
}

/** What a matcher may need beyond the masked object: the JSON as Terraform gets it, and its folder with the assets. */
export interface StackFiles {
  readonly name: string;
  readonly folder: string;
  readonly json: Readonly<Record<string, unknown>>;
}

const FILES = new WeakMap<object, StackFiles>();

/** The unmasked JSON and the folder of a stack that {@link synthApp} made. */
export function filesOf(stack: SynthesisedStack): StackFiles {
  const files = FILES.get(stack);
  if (files) return files;
  throw new Error("This is not a stack of synthApp(…).stack(name), or it was copied: pass the object itself.");
}

interface ManifestStack {
  readonly name: string;
  readonly synthesizedStackPath: string;
  readonly workingDirectory: string;
  readonly dependencies: readonly string[];
  readonly annotations: readonly (Omit<Annotation, "level"> & { readonly level: string })[];
}

/**
 * Builds and synthesises an app as `cdktf synth` does: aspects, validations, annotations and the wiring between stacks
 * included. The files stay until the process ends.
 *
 * @param build puts the stacks into the app
 * @throws whatever the constructs, their validations or an error annotation say
 */
export function synthApp(build: (app: App) => void): SynthesisedApp {
  const outdir = temporaryFolder();
  const app = new App({ outdir, context: { cdktfVersion: "stubbed", [PLACEHOLDER_HANDLERS]: true } });
  build(app);
  app.synth();
  const manifest = readJson(path.join(outdir, "manifest.json")) as {
    readonly stacks: Readonly<Record<string, ManifestStack>>;
  };
  const read = new Map(Object.entries(manifest.stacks).map(([name, stack]) => [name, readStack(outdir, name, stack)]));
  const entry = (name: string): ManifestStack => manifest.stacks[name] ?? unknownStack(name, [...read.keys()]);
  return {
    stackNames: [...read.keys()],
    stack: (name) => read.get(name) ?? unknownStack(name, [...read.keys()]),
    annotations: (name) =>
      entry(name).annotations.map(({ constructPath, level, message }) => ({
        constructPath,
        level: levelOf(level),
        message,
      })),
    dependencies: (name) => entry(name).dependencies,
  };
}

function readStack(outdir: string, name: string, stack: ManifestStack): SynthesisedStack {
  const json = readJson(path.join(outdir, stack.synthesizedStackPath)) as Record<string, unknown>;
  const result = masked(withoutMetadata(json)) as SynthesisedStack;
  FILES.set(result, { name, folder: path.join(outdir, stack.workingDirectory), json });
  return result;
}

const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(file, "utf8"));

const levelOf = (level: string): Annotation["level"] =>
  level.endsWith("/info") ? "info" : level.endsWith("/warn") ? "warn" : "error";

function unknownStack(name: string, names: readonly string[]): never {
  throw new Error(
    `There is no stack "${name}" in the app; there is ${names.map((one) => `"${one}"`).join(", ") || "none"}.`,
  );
}

const folders = new Set<string>();

function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-"));
  if (folders.size === 0)
    process.on("exit", () => {
      for (const one of folders) fs.rmSync(one, { recursive: true, force: true });
    });
  folders.add(folder);
  return folder;
}
