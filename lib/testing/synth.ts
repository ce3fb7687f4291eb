import { App } from "cdktf";
import fs from "node:fs";
import path from "node:path";
import { PLACEHOLDER_HANDLERS } from "../core/placeholder";
import { masked, withoutMetadata } from "./mask";
import { stackFiles, type StackFiles } from "./stack-files";
import { newFolder, removeFolder } from "./temporary-folder";

export type { StackFiles };

/** A stack's `cdk.tf.json` as a plain object: metadata stripped, working directory, versions and asset hashes masked. */
export type SynthesisedStack = Readonly<Record<string, unknown>>;

/** What a construct told its users: `Annotations.of(…).addInfo(…)`. An error is none: it makes {@link synthApp} throw. */
export interface Annotation {
  readonly constructPath: string;
  readonly level: "info" | "warn";
  readonly message: string;
}

/** An app after a full `app.synth()`. */
export interface SynthesisedApp {
  /** The ids of its stacks, sorted. */
  readonly stackNames: readonly string[];
  /** @throws Error naming the stacks there are */
  stack(name: string): SynthesisedStack;
  /** Infos and warnings of a stack. @throws Error naming the stacks there are */
  annotations(name: string): readonly Annotation[];
  /** Ids of the stacks that `cdktf deploy` puts before this one. @throws Error naming the stacks there are */
  dependencies(name: string): readonly string[];
}

const FILES = new WeakMap<object, StackFiles>();

/**
 * The unmasked JSON and the folder of a stack that {@link synthApp} made.
 *
 * @throws Error for anything else, a copy of such a stack included
 */
export function filesOf(stack: SynthesisedStack): StackFiles {
  const files = FILES.get(stack);
  if (files) return files;
  throw new Error("This is not a stack of synthApp(…).stack(name), or it was copied: pass the object itself.");
}

interface ManifestStack {
  readonly name: string;
  readonly workingDirectory: string;
  readonly dependencies: readonly string[];
  readonly annotations: readonly (Omit<Annotation, "level"> & { readonly level: string })[];
}

/**
 * Builds and synthesises an app as `cdktf synth` does: aspects, validations, annotations and the wiring between stacks
 * included. Bundled handlers are one constant placeholder. The files stay until the process ends.
 *
 * ```ts
 * const lake = synthApp((app) => new LakeStack(app, "lake-prod", prod)).stack("lake-prod");
 * ```
 *
 * @param build puts the stacks into the app; synchronously, or what comes later would be missing
 * @throws whatever the constructs, their validations or an error annotation say
 */
export function synthApp(build: (app: App) => unknown): SynthesisedApp {
  const outdir = newFolder();
  const { stacks } = synthesised(build, outdir);
  const places = Object.entries(stacks).map(([name, { workingDirectory }]) => ({ name, workingDirectory }));
  const read = new Map(stackFiles(outdir, places).map((files) => [files.name, remembered(files)]));
  const names = [...read.keys()];
  const entries = new Map(Object.entries(stacks));
  const entry = (name: string): ManifestStack => entries.get(name) ?? unknownStack(name, names);
  return {
    stackNames: names,
    stack: (name) => read.get(name) ?? unknownStack(name, names),
    annotations: (name) => entry(name).annotations.map(annotationOf),
    dependencies: (name) => entry(name).dependencies,
  };
}

interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

/** The files of an app that fails are of no use to anybody. */
function synthesised(build: (app: App) => unknown, outdir: string): Manifest {
  let complete = false;
  try {
    const app = new App({ outdir, context: { [PLACEHOLDER_HANDLERS]: true } });
    refusePromise(build(app));
    app.synth();
    complete = true;
  } finally {
    if (!complete) removeFolder(outdir);
  }
  return JSON.parse(fs.readFileSync(path.join(outdir, "manifest.json"), "utf8")) as Manifest;
}

/** What an asynchronous function builds would come after the synthesis, and be missing. */
function refusePromise(built: unknown): void {
  if (typeof (built as Partial<PromiseLike<unknown>> | undefined)?.then === "function")
    throw new Error("synthApp takes a synchronous function, got one that returns a promise.");
}

function remembered(files: StackFiles): SynthesisedStack {
  const stack = masked(withoutMetadata(files.json)) as SynthesisedStack;
  FILES.set(stack, files);
  return stack;
}

/** Annotations carry stack traces, whose paths are those of one machine. */
const annotationOf = ({ constructPath, level, message }: ManifestStack["annotations"][number]): Annotation => ({
  constructPath,
  level: level.endsWith("/info") ? "info" : "warn",
  message,
});

function unknownStack(name: string, names: readonly string[]): never {
  throw new Error(
    `There is no stack "${name}" in the app; there is ${names.map((one) => `"${one}"`).join(", ") || "none"}.`,
  );
}
