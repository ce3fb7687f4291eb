import fs from "node:fs";
import path from "node:path";
import type { SynthesisedStack } from "../../lib/testing/synth";

/** What jest tells a matcher of its run; `all` is `--updateSnapshot`, `none` is `--ci`. */
interface SnapshotState {
  readonly _updateSnapshot: "all" | "new" | "none";
}

/**
 * Holds a stack against a readable JSON file of its own, so that reviewers see the difference of one stack in one
 * environment. The file is written by `npm run test:update` only.
 */
export function toMatchStackFile(
  this: jest.MatcherContext,
  stack: SynthesisedStack,
  file: string,
): jest.CustomMatcherResult {
  const received = `${JSON.stringify(stack, null, 2)}\n`;
  const { _updateSnapshot: update } = (this as unknown as { readonly snapshotState: SnapshotState }).snapshotState;
  const expected = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
  if (expected === received) return { pass: true, message: () => `${file} is as expected` };
  if (update === "all") {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, received);
    return { pass: true, message: () => `${file} was written` };
  }
  const name = path.relative(process.cwd(), file);
  const difference =
    expected === undefined
      ? "it does not exist yet"
      : this.utils.printDiffOrStringify(expected, received, name, "synthesised", true);
  return {
    pass: false,
    message: () => `${name} is not what the stack synthesises to; review, then npm run test:update\n\n${difference}`,
  };
}

declare global {
  // eslint needs no exception here: jest's own types are a namespace that matchers are added to
  namespace jest {
    interface Matchers<R> {
      toMatchStackFile(file: string): R;
    }
  }
}
