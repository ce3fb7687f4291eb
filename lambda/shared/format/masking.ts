/**
 * Personal data out of text that leaves its owner's hands: card numbers, social security numbers, e-mail addresses and
 * fields whose name says what they hold. `maskText(maskText(x))` is `maskText(x)`.
 */

/** Digits of a card number. ISO/IEC 7812: https://www.iso.org/standard/70484.html */
const card = /(?<![\p{Nd}])\p{Nd}(?:[ -]?\p{Nd}){12,18}(?![\p{Nd}])/gu;
const socialSecurity = /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/g;
const address = /[^\s@"'<>,;:\\]{1,64}@[^\s@"'<>,;:\\]{1,255}/g;
/** `"name": value` of JSON, whole or cut off. */
const field = /"((?:[^"\\]|\\.){1,128})"(\s*:\s*)("(?:[^"\\]|\\.)*"?|[^\s,"[\]{}]+)/g;
const namesOfSecrets =
  /card|pan$|cvv|cvc|track|^pin$|pincode|ssn|socialsecurity|passw|secret|token|authorization|email|phone|birth/;

/** The text with every match replaced. Works on any text, JSON or the broken half of it. */
export function maskText(text: string): string {
  return text
    .replace(field, (whole, name: string, colon: string, value: string) =>
      value !== "null" && isSecret(name) ? `"${name}"${colon}"***"` : whole,
    )
    .replace(card, maskCard)
    .replace(socialSecurity, "***-**-****")
    .replace(address, "***");
}

const isSecret = (name: string): boolean => namesOfSecrets.test(name.toLowerCase().replace(/[^a-z0-9]/g, ""));

/** The last four digits stay. Digits of other scripts are not summed up, they are masked whole. */
function maskCard(run: string): string {
  const digits = run.replace(/[ -]/g, "");
  if (!/^\d+$/.test(digits)) return "*".repeat(digits.length);
  return passesLuhn(digits) ? "*".repeat(digits.length - 4) + digits.slice(-4) : run;
}

function passesLuhn(digits: string): boolean {
  const sum = Array.from(digits, Number)
    .reverse()
    .reduce((total, digit, index) => {
      const value = digit * (index % 2 === 0 ? 1 : 2);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
}
