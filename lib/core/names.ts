import { createHash } from "node:crypto";
import type { IConstruct } from "constructs";
import { matching, problem } from "./checks";
import { environmentOf, stackId } from "./environment";
import { ConstructValidationError } from "./errors";
import { idsBelowStack } from "./ids";
import type { Cloud } from "./placement";

/** What a service accepts as a name; kept as a table beside the construct, with the vendor's page. */
export interface NameRule {
  /** The rule in words, as the error says it: `3-63 lower-case letters, digits or hyphens`. */
  readonly rule: string;
  /** What decides; without the flags `g` and `y`, which make it forget where it was. */
  readonly pattern: RegExp;
  /** Most characters that a generated name may take. */
  readonly maximum: number;
  /** What stands between the words of a generated name. @default "-" */
  readonly separator?: "-" | "_" | "";
  /** Whether a generated name is lower-cased. @default true */
  readonly lowerCase?: boolean;
  /**
   * The cloud of a name that is taken for all its customers, as of a bucket: the account, project or subscription of
   * the environment then counts to the hash, so that two companies with the same paths do not meet.
   * @default - the name counts within its account
   */
  readonly sharedIn?: Cloud;
  /** The vendor's page. */
  readonly source: string;
}

const HASH_LENGTH = 8;

/** The first characters of the SHA-256 of a text, in hexadecimal: the same on every machine. */
export const stableHash = (text: string, length: number = HASH_LENGTH): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length);

/** Before the words of a path that alone make no valid name (a digit or a reserved word first, no letter at all). */
const FIRST_WORD = "cc";

/**
 * A name for a resource without one: readable words of the construct's path and a hash of it, within the limit.
 * It depends on the path and, for names that are {@link NameRule.sharedIn} a cloud, on the environment's account there;
 * so it is stable between synths and unique within an app. Words that the rule does not accept are left out.
 *
 * @param role tells two names of one construct apart
 * @throws ConstructValidationError when not even the hash makes a valid name: the rule and its pattern disagree
 */
export function physicalName(scope: IConstruct, rule: NameRule, role?: string): string {
  const words = [stackId(scope), ...idsBelowStack(scope), ...(role === undefined ? [] : [role])];
  const hash = stableHash([scope.node.path, role ?? "", ...owner(scope, rule.sharedIn)].join("|"));
  const names = [words, [FIRST_WORD, ...words], [FIRST_WORD]].map((some) => assembled(some, hash, rule));
  const name = names.find((one) => rule.pattern.test(one));
  if (name !== undefined) return name;
  throw new ConstructValidationError(scope.node.path, [
    problem("name", `given, because none can be made that is ${rule.rule}`, names[0]),
  ]);
}

function assembled(words: readonly string[], hash: string, { separator = "-", maximum, lowerCase }: NameRule): string {
  const readable = words
    .flatMap((word) => word.split(/[^A-Za-z0-9]+/))
    .filter((word) => word !== "")
    .join(separator)
    .slice(0, maximum - HASH_LENGTH - separator.length);
  const whole = separator !== "" && readable.endsWith(separator) ? readable.slice(0, -1) : readable;
  const name = whole === "" ? hash : `${whole}${separator}${hash}`;
  return lowerCase === false ? name : name.toLowerCase();
}

/** Whose names they are among all customers of a cloud. */
function owner(scope: IConstruct, cloud: Cloud | undefined): readonly string[] {
  const environment = environmentOf(scope);
  const owners: Record<Cloud, string | undefined> = {
    aws: environment?.aws?.accountId,
    azure: environment?.azure?.subscriptionId,
    google: environment?.google?.projectId,
  };
  const own = cloud && owners[cloud];
  return own === undefined ? [] : [own];
}

/** The problems of a name given by the user. Tokens pass. */
export const nameProblems = (path: string, name: unknown, rule: NameRule): string[] =>
  matching(path, name, rule.pattern, rule.rule);
