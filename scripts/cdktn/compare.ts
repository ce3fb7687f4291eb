import fs from "node:fs";
import path from "node:path";
import { record } from "../../lib/testing/offline/runner/needs";
import { stackDifferences } from "../stack-differences";

/** One stack under both. */
export interface Comparison {
  /** `lake-dev`, `examples/queues/orders` */
  readonly stack: string;
  /** Empty where nothing but the release of the library differs. */
  readonly differences: readonly string[];
}

/** An app that one of the two synthesised. */
export interface SynthesisedApp {
  /** What it was synthesised with, in messages: `cdktf 0.21.0`. */
  readonly by: string;
  /** Stacks by their names, with what they depend on. */
  readonly stacks: ReadonlyMap<string, unknown>;
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly workingDirectory: string; readonly dependencies: unknown }>>;
}

const MANIFEST = "manifest.json";

/**
 * Reads every app below a folder.
 *
 * @param library `cdktf`
 */
export function readApps(folder: string, library: string): SynthesisedApp {
  const versions = new Set<string>();
  const stacks = new Map<string, unknown>();
  for (const outdir of appsBelow(folder)) {
    const manifest = JSON.parse(fs.readFileSync(path.join(outdir, MANIFEST), "utf8")) as Manifest;
    for (const [name, { workingDirectory, dependencies }] of Object.entries(manifest.stacks)) {
      const text = fs.readFileSync(path.join(outdir, workingDirectory, "cdk.tf.json"), "utf8");
      const { version, stack } = withoutVersion(JSON.parse(text) as Readonly<Record<string, unknown>>);
      versions.add(version);
      stacks.set(path.join(path.relative(folder, outdir), name), { ...stack, dependencies });
    }
  }
  return { by: `${library} ${[...versions].join(" and ")}`, stacks };
}

function appsBelow(folder: string): readonly string[] {
  if (fs.existsSync(path.join(folder, MANIFEST))) return [folder];
  const folders = fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => appsBelow(path.join(folder, name)));
}

/** The library writes its release into the metadata: the one thing that may differ. */
function withoutVersion(json: Readonly<Record<string, unknown>>): {
  readonly version: string;
  readonly stack: Readonly<Record<string, unknown>>;
} {
  const comment = record(json["//"]);
  const { version, ...metadata } = record(comment["metadata"]);
  return { version: String(version), stack: { ...json, "//": { ...comment, metadata } } };
}

/** Stack by stack, in the order of their names. */
export function compareApps(one: SynthesisedApp, other: SynthesisedApp): readonly Comparison[] {
  const sides = { one: `under ${one.by}`, other: `under ${other.by}` };
  const names = [...new Set([...one.stacks.keys(), ...other.stacks.keys()])].sort();
  return names.map((stack) => ({
    stack,
    differences: stackDifferences(one.stacks.get(stack), other.stacks.get(stack), sides, ""),
  }));
}

const MOST = 10;

/** What a reader needs: what differs of whom, then one line. */
export function report(comparisons: readonly Comparison[], one: SynthesisedApp, other: SynthesisedApp): string {
  const different = comparisons.filter(({ differences }) => differences.length > 0);
  const lines = different.flatMap(({ stack, differences }) => [
    `${stack} differs:`,
    ...differences.slice(0, MOST).map((line) => `  ${line}`),
    ...(differences.length > MOST ? [`  and ${String(differences.length - MOST)} more`] : []),
  ]);
  const same = `${String(comparisons.length - different.length)} of ${String(comparisons.length)} stacks are the same`;
  return [...lines, `${same} under ${one.by} and ${other.by}`].join("\n");
}
