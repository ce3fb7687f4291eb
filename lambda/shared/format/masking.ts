/**
 * Personal data out of text that leaves its owner's hands: card numbers, social security numbers, e-mail addresses and
 * fields whose name says what they hold. `maskText(maskText(x))` is `maskText(x)`.
 */

/** Digits with single spaces or dashes between them. What was masked before does not begin anew. */
const digitGroups = /(?<![\p{Nd}*])\p{Nd}+(?:[ -]\p{Nd}+)*/gu;
/** Digits of a card number. ISO/IEC 7812: https://www.iso.org/standard/70484.html */
const cardDigits = { minimum: 13, maximum: 19 } as const;
const socialSecurity = /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/g;
const address = /[^\s@"'<>,;:\\(){}[\]]{1,64}(?:@[^\s@"'<>,;:\\(){}[\]]{1,255})+/g;
/** `"name": value` of JSON, whole or cut off. */
const field = /"((?:[^"\\]|\\.){1,128})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,"[\]{}]+)/g;
const namesOfSecrets =
  /card|pan$|cvv|cvc|track|^pin$|pincode|ssn|socialsecurity|passw|secret|token|authorization|email|phone|birth/;

/** The text with every match replaced. Works on any text, JSON or the broken half of it. */
export function maskText(text: string): string {
  return text
    .replace(field, (whole, name: string, colon: string, value: string) =>
      value !== "null" && isSecretName(name) ? `"${name}"${colon}"***"` : whole,
    )
    .replace(digitGroups, maskCards)
    .replace(socialSecurity, "***-**-****")
    .replace(address, "***");
}

/** Whether a field of that name holds what only its owner may see. */
export const isSecretName = (name: string): boolean =>
  namesOfSecrets.test(name.toLowerCase().replace(/[^a-z0-9]/g, ""));

/** Every card number in the groups, wherever among them it begins and ends. */
function maskCards(run: string): string {
  const parts = run.split(/([ -])/);
  let masked = "";
  for (let from = 0; from < parts.length;) {
    const card = cardAt(parts, from);
    masked += card === undefined ? (parts[from] ?? "") : maskCard(card.digits);
    from = card?.end ?? from + 1;
  }
  return masked;
}

/** The longest card number that begins with this group; groups and separators take turns in `parts`. */
function cardAt(parts: readonly string[], from: number): { readonly digits: string; readonly end: number } | undefined {
  let found: { readonly digits: string; readonly end: number } | undefined;
  let digits = "";
  for (let at = from; at < parts.length && digits.length <= cardDigits.maximum; at += 2) {
    digits += parts[at] ?? "";
    const fits = digits.length >= cardDigits.minimum && digits.length <= cardDigits.maximum;
    if (fits && (!isAscii(digits) || passesLuhn(digits))) found = { digits, end: at + 1 };
  }
  return found;
}

const isAscii = (digits: string): boolean => /^\d+$/.test(digits);

/** The last four digits stay. Digits of other scripts are not summed up, they are masked whole. */
const maskCard = (digits: string): string =>
  isAscii(digits) ? "*".repeat(digits.length - 4) + digits.slice(-4) : "*".repeat(digits.length);

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = digit * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
