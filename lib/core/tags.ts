import { problem } from "./checks";

/**
 * One vocabulary for three clouds: keys in camelCase (`costCenter`), values as they are. AWS and Azure get tags
 * (`CostCenter: "Data 42"`), Google gets labels (`cost-center: "data-42"`).
 */
export type Tags = Readonly<Record<string, string>>;

interface TagLimits {
  readonly count: number;
  readonly key: number;
  readonly value: number;
  readonly source: string;
}

const LIMITS: Readonly<Record<"aws" | "azure" | "google", TagLimits>> = {
  aws: {
    count: 50,
    key: 128,
    value: 256,
    source: "https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html",
  },
  azure: {
    count: 50,
    // 512 in general, 128 for storage accounts; values 256
    key: 128,
    value: 256,
    source: "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources",
  },
  google: { count: 64, key: 63, value: 63, source: "https://cloud.google.com/resource-manager/docs/labels-overview" },
};

const KEY = /^[a-z][A-Za-z0-9]*$/;

/** The problems of a set of tags; they are held to the narrowest of the three clouds, so that a tag means the same in all. */
export function tagProblems(path: string, tags: Tags | undefined): string[] {
  if (tags === undefined) return [];
  const entries = Object.entries(tags);
  const { count, key: longestKey, value: longestValue } = narrowest();
  const many = entries.length > count ? [problem(path, `at most ${String(count)} tags`, entries.length)] : [];
  return many.concat(
    entries.flatMap(([key, value]) => [
      ...(KEY.test(key) && key.length <= longestKey
        ? []
        : [problem(path, `keyed in camelCase letters and digits, at most ${String(longestKey)} characters`, key)]),
      ...(typeof value === "string" && value.length <= longestValue
        ? []
        : [problem(`${path}.${key}`, `a text of at most ${String(longestValue)} characters`, value)]),
    ]),
  );
}

function narrowest(): Omit<TagLimits, "source"> {
  const all = Object.values(LIMITS);
  const least = (pick: (limits: TagLimits) => number): number => Math.min(...all.map(pick));
  return { count: least((one) => one.count), key: least((one) => one.key), value: least((one) => one.value) };
}
