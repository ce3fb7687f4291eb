import path from "node:path";

/** The working directory, as a state path of cdktf's default backend shows it. */
const WORKING_DIRECTORY = "<cwd>";
/** The folder of an asset, named after its content: `assets/handler_1A2B3C4D/0123456789ABCDEF0123456789ABCDEF/handler.zip`. */
const HASH = /(?<=assets\/[^/]+\/)[0-9A-F]{32}(?=\/|$)/g;

/** Strips the `//` comments that cdktf writes: construct paths and its own version. */
export function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, inner]) => [key, withoutMetadata(inner)]),
  );
}

/** Replaces what differs between machines and provider releases: working directory, asset hashes, provider versions. */
export function masked(stack: unknown, cwd: string = process.cwd()): unknown {
  const directory = foldersCalled(cwd);
  const mask = (value: unknown): unknown => {
    if (typeof value === "string") return value.replace(directory, WORKING_DIRECTORY).replace(HASH, "<hash>");
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
  };
  return withoutVersions(mask(stack) as Record<string, unknown>);
}

const NOTHING = /(?!)/g;

/** Whole folders only: `/app` is no part of `/application`, and the root is a part of every path. */
function foldersCalled(folder: string): RegExp {
  if (path.dirname(folder) === folder) return NOTHING;
  return new RegExp(`${folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=[/\\\\]|$)`, "g");
}

interface TerraformBlock {
  readonly required_providers?: Readonly<Record<string, object>>;
}

function withoutVersions(stack: Record<string, unknown>): Record<string, unknown> {
  const terraform = stack["terraform"] as TerraformBlock | undefined;
  const pins = terraform?.required_providers;
  if (!pins) return stack;
  const unpinned = Object.fromEntries(
    Object.entries(pins).map(([name, pin]) => [name, { ...pin, version: "<version>" }]),
  );
  return { ...stack, terraform: { ...terraform, required_providers: unpinned } };
}
