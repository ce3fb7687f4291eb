/**
 * JSON from outside. `JSON.parse` keeps the last of two equal keys, makes an own `__proto__` and goes to any depth; a
 * record that needs this is hostile or broken, never data.
 */

/** What every record from outside is held to. */
export const jsonLimits = { depth: 32, keys: 2000, stringBytes: 65_536 } as const;

/** Why a text is not taken. */
export type JsonFault =
  "not-json" | "not-an-object" | "too-deep" | "too-many-keys" | "duplicate-key" | "forbidden-key" | "string-too-long";

/** The rule behind each fault, to follow "the record must". */
export const jsonRules: Readonly<Record<JsonFault, string>> = {
  "not-json": "be JSON",
  "not-an-object": "be a JSON object",
  "too-deep": `nest at most ${jsonLimits.depth} levels`,
  "too-many-keys": `have at most ${jsonLimits.keys} keys`,
  "duplicate-key": "name each key of an object once",
  "forbidden-key": "have no key __proto__, constructor or prototype",
  "string-too-long": `hold no string above ${jsonLimits.stringBytes} bytes`,
};

/** A JSON object whose values are still to be looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;
/** The object, or the first fault. */
export type StrictJson = { readonly value: JsonObject } | { readonly fault: JsonFault };

const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Whether a value is an object and neither null nor an array. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object that the text holds, or the first fault. Linear in the text, never throws. */
export function parseStrictJson(text: string): StrictJson {
  const fault = new Scan(text).fault();
  if (fault !== undefined) return { fault };
  const value = parsed(text);
  if (value === undefined) return { fault: "not-json" };
  return isObject(value) ? { value } : { fault: "not-an-object" };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** One pass over brackets and strings, before anything is built of them. Whether it is JSON is left to JSON.parse. */
class Scan {
  /** The keys of each open object; `undefined` for an open array. */
  private readonly open: (Set<string> | undefined)[] = [];
  private keys = 0;
  private keyNext = false;

  public constructor(private readonly text: string) {}

  public fault(): JsonFault | undefined {
    for (let at = 0; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character !== '"') {
        const fault = this.step(character);
        if (fault !== undefined) return fault;
        continue;
      }
      const end = this.endOfString(at);
      if (end === undefined) return "not-json";
      const fault = this.string(this.text.slice(at, end));
      if (fault !== undefined) return fault;
      at = end - 1;
    }
    return undefined;
  }

  private step(character: string): JsonFault | undefined {
    if (character === "{" || character === "[") {
      this.open.push(character === "{" ? new Set() : undefined);
      this.keyNext = character === "{";
      return this.open.length > jsonLimits.depth ? "too-deep" : undefined;
    }
    if (character === "}" || character === "]") this.open.pop();
    if (character === ",") this.keyNext = this.open.at(-1) !== undefined;
    if (character === ":") this.keyNext = false;
    return undefined;
  }

  /** The position after the closing quote. */
  private endOfString(start: number): number | undefined {
    for (let at = start + 1; at < this.text.length; at += 1) {
      const character = this.text.charAt(at);
      if (character === "\\") at += 1;
      else if (character === '"') return at + 1;
    }
    return undefined;
  }

  private string(literal: string): JsonFault | undefined {
    if (Buffer.byteLength(literal) - 2 > jsonLimits.stringBytes) return "string-too-long";
    const keys = this.open.at(-1);
    if (keys === undefined || !this.keyNext) return undefined;
    const key = parsed(literal);
    if (typeof key !== "string") return "not-json";
    this.keys += 1;
    if (this.keys > jsonLimits.keys) return "too-many-keys";
    if (forbidden.has(key)) return "forbidden-key";
    if (keys.has(key)) return "duplicate-key";
    keys.add(key);
    return undefined;
  }
}
