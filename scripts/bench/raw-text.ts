/** `aws_s3_bucket.copy1_pos_1A2B3C4D`, where an expression names an attribute of it or all of it. */
export const ADDRESS = /\b([a-z]\w*\.[A-Za-z_][\w-]*)/g;

/** `${aws_s3_bucket.copy1_pos_1A2B3C4D.arn}`, or a part of an ARN: `${element(split(":", aws_sqs_queue.q.arn), 4)}`. */
const ATTRIBUTE = /(?<!\$)\$\{(?:element\(split\(":", )?([a-z]\w*\.[A-Za-z_][\w-]*)\.([a-z_]\w*)(?:\), (\d+)\))?\}/g;

/** The addresses that any text inside a value might name. */
export function addressesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.match(ADDRESS) ?? [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(addressesIn);
}

/**
 * A text as an expression: a reference is the attribute of a variable, a part of an ARN an `Fn.element(…)`. Any other Terraform expression stays text, which is
 * less work than the `Fn.…` that it would be by hand.
 */
export function rawText(text: string, variables: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(ATTRIBUTE)) {
    const [whole, address = "", attribute = "", part] = match;
    const variable = variables.get(address);
    if (variable === undefined) continue;
    const value = `${variable}.${camelCase(attribute)}`;
    const expression = part === undefined ? value : `Token.asString(Fn.element(Fn.split(":", ${value}), ${part}))`;
    parts.push(quoted(text.slice(at, match.index)), `\${${expression}}`);
    at = match.index + whole.length;
  }
  const [before, only, ...more] = parts;
  const rest = quoted(text.slice(at));
  if (only === undefined) return JSON.stringify(text);
  if (before === "" && rest === "" && more.length === 0) return only.slice(2, -1);
  return `\`${parts.join("")}${rest}\``;
}

/** As it stands in a template literal. */
const quoted = (text: string): string =>
  JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replace(/`|\$/g, "\\$&");

const camelCase = (name: string): string => name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
