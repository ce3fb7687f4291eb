import { terraformMatchers } from "./matchers";

interface Expect {
  extend(matchers: object): void;
}

interface Jest {
  setTimeout(milliseconds: number): unknown;
}

/** jest's own, in every module that it loads. */
declare const jest: Jest | undefined;

/** Terraform takes longer than the five seconds that jest gives a test, the more so where several run at once. */
const TEST_MILLISECONDS = 120_000;

/**
 * Adds the matchers to jest's `expect` and gives the tests of the file the time that they need. Where jest sets no globals there
 * is nothing to add to: `expect.extend(terraformMatchers)` does it there.
 */
export function extendExpect(): void {
  const { expect } = globalThis as { readonly expect?: Expect };
  expect?.extend(terraformMatchers);
  if (typeof jest !== "undefined") jest.setTimeout(TEST_MILLISECONDS);
}
