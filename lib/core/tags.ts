import { distinct, isToken, object, problem } from "./checks";

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
/** What AWS takes in a value; Azure takes it too, Google gets `-` for what a label does not take. */
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;

/** The key of a label: `costCenter` → `cost-center`. Two keys with one label are one tag, which is why it tells them apart. */
export const labelKey = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

/** The problems of a set of tags; they are held to the narrowest of the three clouds, so that a tag means the same in all. */
export function tagProblems(path: string, tags: Tags | undefined): string[] {
  if (tags === undefined) return [];
  const shape = object(path, tags);
  if (shape.length > 0) return shape;
  const keys = Object.keys(tags);
  return [
    ...tagCountProblems(path, keys.length),
    ...keys.flatMap((key) => keyProblems(path, key)),
    ...Object.entries(tags).flatMap(([key, value]) => valueProblems(`${path}.${key}`, value)),
    ...distinct(path, keys, labelKey, "keyed differently, not by capitals alone"),
  ];
}

/** What is wrong with the number of tags on one resource. */
export const tagCountProblems = (path: string, count: number): string[] =>
  count > MOST.count ? [problem(path, `at most ${String(MOST.count)} tags, the environment's included`, count)] : [];

function keyProblems(path: string, key: string): string[] {
  const rule = `keyed in camelCase letters and digits, at most ${String(MOST.key)} characters as in "${labelKey(key)}"`;
  return KEY.test(key) && labelKey(key).length <= MOST.key ? [] : [problem(path, rule, key)];
}

function valueProblems(path: string, value: unknown): string[] {
  const rule = `a text of at most ${String(MOST.value)} letters, digits, spaces or any of _.:/=+@-`;
  const fits = typeof value === "string" && value.length <= MOST.value && VALUE.test(value);
  return fits || isToken(value) ? [] : [problem(path, rule, value)];
}

const least = (pick: (limits: TagLimits) => number): number => Math.min(...Object.values(LIMITS).map(pick));
const MOST = { count: least((one) => one.count), key: least((one) => one.key), value: least((one) => one.value) };
