import fc from "fast-check";

/** The same cases in every run. */
fc.configureGlobal({ seed: 20_260_302 });

const characters = [
  "a",
  "Z",
  "0",
  "9",
  "/",
  ".",
  "-",
  "+",
  "%",
  " ",
  "~",
  "'",
  '"',
  "\\",
  "@",
  "{",
  "é",
  "ü",
  "٤",
  "🦊",
];
const odd = ["\u0000", "\u0007", "\u001b", "\n", "\u007f", "\u0085", "\u2028", "\ufffe", "\u{10ffff}"];

/** Texts of characters that tend to break things; many times faster to make than those of all of Unicode. */
export const anyText = (minLength = 0): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters, ...odd), minLength, maxLength: 40 });

export default fc;
