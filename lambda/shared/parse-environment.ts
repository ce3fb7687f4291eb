/**
 * The environment of a handler, read once at cold start. Everything that is wrong is one error, which names variables and
 * rules but never a value.
 */
import type { BrokenRule, EnvironmentOf, Variable, Variables } from "./format/environment";
import type { Validator } from "./schema-problems";

/** What a JSON value is held to: its schema, then the rules between its values. */
export interface JsonCheck<T> {
  readonly schema: Validator;
  readonly rules?: (value: T) => readonly BrokenRule[];
}

/** The checks of JSON variables. */
export type JsonChecks<V extends Variables> = {
  readonly [Name in keyof V]?: V[Name] extends Variable<infer T> ? JsonCheck<T> : never;
};

/** Thrown at cold start, before the first event. */
export class EnvironmentError extends Error {
  public override readonly name = "EnvironmentError";

  public constructor(
    handler: string,
    public readonly problems: readonly string[],
  ) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super([`the environment of ${handler} has ${count}`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  }
}

/**
 * The typed values of the variables.
 * @throws EnvironmentError with every missing or invalid variable
 */
export function parseEnvironment<V extends Variables>(
  handler: string,
  variables: V,
  environment: Readonly<Record<string, string | undefined>>,
  checks: JsonChecks<V> = {},
): EnvironmentOf<V> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const text = environment[name];
    const value = text === undefined ? undefined : valueOf(variable, text);
    if (value !== undefined) {
      problems.push(
        ...jsonProblems(value, checks[name] as JsonCheck<unknown> | undefined).map((found) => name + found),
      );
      values[name] = value;
    } else if (text !== undefined || !variable.optional) problems.push(`${name} must be ${ruleOf(variable)}`);
  }
  if (problems.length > 0) throw new EnvironmentError(handler, problems);
  return values as EnvironmentOf<V>;
}

/** Each begins with the place inside the value. The rules between values are asked only of what has the right shape. */
function jsonProblems(value: unknown, check: JsonCheck<unknown> | undefined): readonly string[] {
  const shape = (check?.schema(value) ?? []).map((problem) => problem.replace(/^\(root\)/, ""));
  if (shape.length > 0) return shape;
  return (check?.rules?.(value) ?? []).map(({ path, rule }) => `/${path.replaceAll(".", "/")} must be ${rule}`);
}

function ruleOf({ kind, form, minimum, maximum }: Variable<unknown>): string {
  switch (kind) {
    case "text":
      return form?.rule ?? "a text that is not empty";
    case "integer":
      return `a whole number from ${minimum ?? "any"} to ${maximum ?? "any"}`;
    case "flag":
      return "true or false";
    case "json":
      return "a JSON document";
  }
}

/** `undefined`: the text is not of the variable's kind. */
function valueOf(variable: Variable<unknown>, text: string): unknown {
  switch (variable.kind) {
    case "text":
      return new RegExp(variable.form?.pattern ?? ".", "su").test(text) ? text : undefined;
    case "integer":
      return integerOf(variable, text);
    case "flag":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "json":
      return jsonOf(text);
  }
}

function integerOf({ minimum = -Infinity, maximum = Infinity }: Variable<unknown>, text: string): number | undefined {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(value) && value >= minimum && value <= maximum ? value : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
