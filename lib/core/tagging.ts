import type { IConstruct } from "constructs";
import { environmentOf } from "./environment";
import type { Tags } from "./tags";

const merged = (scope: IConstruct, own: Tags | undefined): [string, string][] => {
  const environment = environmentOf(scope);
  const all = { ...(environment && { environment: environment.name }), ...environment?.tags, ...own };
  return Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
};

const pascalCase = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);
const kebabCase = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();

/** The environment's tags and the construct's own ones, as AWS and Azure write them. Nothing when there are none. */
export function tagsFor(scope: IConstruct, own?: Tags): { readonly tags?: Record<string, string> } {
  const all = merged(scope, own);
  return all.length === 0 ? {} : { tags: Object.fromEntries(all.map(([key, value]) => [pascalCase(key), value])) };
}

/** The same as Google labels: lower case, and `-` for every character that a label does not take. */
export function labelsFor(scope: IConstruct, own?: Tags): { readonly labels?: Record<string, string> } {
  const all = merged(scope, own);
  const label = (value: string): string => value.toLowerCase().replace(/[^\p{Ll}\p{Lo}0-9_-]/gu, "-");
  return all.length === 0
    ? {}
    : { labels: Object.fromEntries(all.map(([key, value]) => [kebabCase(key), label(value)])) };
}
