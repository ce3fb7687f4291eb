import { Fn, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { isToken } from "./checks";
import { environmentOf } from "./environment";
import { ConstructValidationError } from "./errors";
import { labelKey, tagCountProblems, type Tags } from "./tags";

/** Keys and values in the order of the keys; a construct's own tag wins over the environment's. */
function merged(scope: IConstruct, own: Tags | undefined): [string, string][] {
  const environment = environmentOf(scope);
  const all = { ...(environment && { environment: environment.name }), ...environment?.tags, ...own };
  const problems = tagCountProblems("tags", Object.keys(all).length);
  if (problems.length > 0) throw new ConstructValidationError(scope.node.path, problems);
  return Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1));
}

const pascalCase = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);

/** What a label's value does not take. https://cloud.google.com/resource-manager/docs/labels-overview */
const NO_LABEL = /[^\p{Ll}\p{Lo}0-9_-]/gu;
/** The same for Terraform, in ASCII alone: a class of characters would need a backslash, which its strings take for an escape. */
const NO_ASCII_LABEL = "/[^a-z0-9_-]/";
const LONGEST_LABEL = 63;

/** A label is held to its form; a value that is known only to Terraform is brought into it there. */
const label = (value: string): string =>
  isToken(value)
    ? Token.asString(Fn.substr(Fn.replace(Fn.lower(value), NO_ASCII_LABEL, "-"), 0, LONGEST_LABEL))
    : Array.from(value.toLowerCase().replace(NO_LABEL, "-")).slice(0, LONGEST_LABEL).join("");

/**
 * The environment's tags and the construct's own ones, as AWS and Azure write them: `CostCenter: "Data 42"`. Nothing
 * when there are none.
 *
 * @throws ConstructValidationError when both together are more than a resource takes
 */
export function tagsFor(scope: IConstruct, own?: Tags): { readonly tags?: Record<string, string> } {
  const all = merged(scope, own);
  return all.length === 0 ? {} : { tags: Object.fromEntries(all.map(([key, value]) => [pascalCase(key), value])) };
}

/**
 * The same as Google labels: lower case, and `-` for every character that a label does not take: `cost-center: "data-42"`.
 *
 * @throws ConstructValidationError when both together are more than a resource takes
 */
export function labelsFor(scope: IConstruct, own?: Tags): { readonly labels?: Record<string, string> } {
  const all = merged(scope, own);
  return all.length === 0
    ? {}
    : { labels: Object.fromEntries(all.map(([key, value]) => [labelKey(key), label(value)])) };
}
