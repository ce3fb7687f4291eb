/**
 * The environment of a handler as data: its contract names each variable and its kind, the construct renders exactly
 * these variables, the handler parses exactly these. A construct and a handler that disagree do not compile.
 */
export interface Variable<T, Optional extends boolean = boolean> {
  readonly kind: "text" | "integer" | "flag" | "json";
  readonly optional: Optional;
  /** Inclusive range of an integer. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** What a text must match; without it any text that is not empty. */
  readonly form?: TextForm;
  /** Carries the type of the value; never set. */
  readonly type?: T;
}

/** A regular expression (flag u) and the same rule in words, as an error names it: "must be <rule>". */
export interface TextForm {
  readonly pattern: string;
  readonly rule: string;
}

/** A value that breaks a rule: `<path> must be <rule>`; who may show values adds `, got <value>`. */
export interface BrokenRule {
  readonly path: string;
  readonly rule: string;
  readonly value: unknown;
}

/** The variables of a handler by their names. */
export type Variables = Readonly<Record<string, Variable<unknown>>>;

type ValueOf<V> = V extends Variable<infer T> ? T : never;
type NameOf<V extends Variables, Optional extends boolean> = {
  [K in keyof V]: V[K] extends Variable<unknown, Optional> ? K : never;
}[keyof V];

/** The typed values of an environment: `{ BUCKET: string; MINIMUM_BYTES: number; KMS_KEY_ARN?: string }`. */
export type EnvironmentOf<V extends Variables> = {
  readonly [K in NameOf<V, false>]: ValueOf<V[K]>;
} & { readonly [K in NameOf<V, true>]?: ValueOf<V[K]> };

/**
 * All variables of a function together, names and values, in bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const environmentBytesLimit = 4096;

/** Any text that is not empty, or a text of the given form. */
export const text = (form?: TextForm): Variable<string, false> => ({ kind: "text", optional: false, form });

/** `true` or `false`. */
export const flag = (): Variable<boolean, false> => ({ kind: "flag", optional: false });

/** A whole number within an inclusive range. */
export const integer = (range: { readonly minimum: number; readonly maximum: number }): Variable<number, false> => ({
  kind: "integer",
  optional: false,
  ...range,
});

/** A JSON document; its shape is checked by a schema of the handler's contract. */
export const json = <T>(): Variable<T, false> => ({ kind: "json", optional: false });

/** The variable may be absent. */
export const optional = <T>(variable: Variable<T>): Variable<T, true> => ({ ...variable, optional: true });

/**
 * The variables as Lambda takes them. Values may hold tokens in leaf strings.
 * A variable that is not set is left out: an empty string is a value.
 */
export function renderEnvironment<V extends Variables>(variables: V, values: EnvironmentOf<V>): Record<string, string> {
  const given: Readonly<Record<string, unknown>> = values;
  const rendered: Record<string, string> = {};
  for (const [name, variable] of Object.entries(variables)) {
    const value = given[name];
    if (value === undefined) continue;
    rendered[name] = variable.kind !== "json" && typeof value === "string" ? value : JSON.stringify(value);
  }
  return rendered;
}
