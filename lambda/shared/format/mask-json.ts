import { isSecretName, maskText } from "./masking";

/** A string, a number, a word, or a bracket; what stands between them is kept. */
const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\]]/g;
const MASK = '"***"';

/**
 * A JSON document without personal data, and otherwise the same text: numbers keep every digit, keys their order. Strings
 * are looked at as what they mean, so an escaped digit is a digit; a number that is a card number becomes a masked string.
 * Below a name that says what it holds (`"card": { … }`) everything is masked.
 *
 * @param text valid JSON
 */
export function maskJson(text: string): string {
  const masking = new Masking();
  return text.replace(token, (part: string, at: number) => masking.next(part, isKey(text, at + part.length)));
}

/** Whether a colon follows, white space aside. */
function isKey(text: string, end: number): boolean {
  let at = end;
  while (/\s/.test(text.charAt(at))) at += 1;
  return text.charAt(at) === ":";
}

class Masking {
  private depth = 0;
  /** The value that comes belongs to a secret name. */
  private secretNext = false;
  /** Depth at which a secret object or list began. */
  private hiddenFrom: number | undefined;

  public next(part: string, key: boolean): string {
    if (key) return this.key(part);
    const secret = this.secretNext || this.hiddenFrom !== undefined;
    const opensSecret = this.secretNext && this.hiddenFrom === undefined;
    this.secretNext = false;
    if (part === "{" || part === "[") {
      if (opensSecret) this.hiddenFrom = this.depth;
      this.depth += 1;
      return part;
    }
    if (part === "}" || part === "]") {
      this.depth -= 1;
      if (this.depth === this.hiddenFrom) this.hiddenFrom = undefined;
      return part;
    }
    return secret && part !== "null" ? MASK : masked(part);
  }

  private key(part: string): string {
    this.secretNext = isSecretName(JSON.parse(part) as string);
    return masked(part);
  }
}

function masked(part: string): string {
  const value = part.startsWith('"') ? (JSON.parse(part) as string) : part;
  const safe = maskText(value);
  return safe === value ? part : JSON.stringify(safe);
}
