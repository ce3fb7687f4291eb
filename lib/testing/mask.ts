/** The working directory, as a state path of cdktf's default backend shows it. */
const WORKING_DIRECTORY = "<cwd>";
/** The folder of an asset, named after its content. */
const HASH = /[0-9A-F]{32}/g;

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
export function masked(stack: unknown): unknown {
  const cwd = process.cwd();
  const mask = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(cwd, WORKING_DIRECTORY).replace(HASH, "<hash>");
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mask(inner)]));
  };
  return withoutVersions(mask(stack) as Record<string, unknown>);
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
