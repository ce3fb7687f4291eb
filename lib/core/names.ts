import { createHash } from "node:crypto";
import type { IConstruct } from "constructs";
import { matching } from "./checks";
import { idsBelowStack } from "./ids";
import { stackId } from "./environment";

/** What a service accepts as a name; kept as a table beside the construct, with the vendor's page. */
export interface NameRule {
  /** The rule in words, as the error says it: `3-63 lower-case letters, digits or hyphens`. */
  readonly rule: string;
  readonly pattern: RegExp;
  /** Most characters that a generated name may take. */
  readonly maximum: number;
  /** What stands between the words of a generated name. @default "-" */
  readonly separator?: "-" | "_" | "";
  /** Whether a generated name is lower-cased. @default true */
  readonly lowerCase?: boolean;
  /** The vendor's page. */
  readonly source: string;
}

const HASH_LENGTH = 8;

/** The first characters of the SHA-256 of a text, in hexadecimal: the same on every machine. */
export const stableHash = (text: string, length: number = HASH_LENGTH): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length);

/**
 * A name for a resource without one: readable words of the construct's path and a hash of it, within the limit.
 * It depends on nothing but the path, so it is stable between synths and unique within an app.
 */
export function physicalName(scope: IConstruct, rule: NameRule, role?: string): string {
  const separator = rule.separator ?? "-";
  const words = [stackId(scope), ...idsBelowStack(scope), ...(role === undefined ? [] : [role])];
  const hash = stableHash([scope.node.path, role ?? ""].join("|"));
  const readable = words
    .map((word) => word.replace(/[^A-Za-z0-9]+/g, separator))
    .join(separator)
    .slice(0, rule.maximum - HASH_LENGTH - separator.length);
  const trimmed = separator === "" ? readable : readable.replace(new RegExp(`^${separator}+|${separator}+$`, "g"), "");
  const name = `${trimmed}${separator}${hash}`;
  return rule.lowerCase === false ? name : name.toLowerCase();
}

/** The problems of a name given by the user. Tokens pass. */
export const nameProblems = (path: string, name: unknown, rule: NameRule): string[] =>
  matching(path, name, rule.pattern, rule.rule);
