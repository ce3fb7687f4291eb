import fc from "../support/properties";
import { compareSequencers } from "../../../lambda/shared/sequencer";

test.each([
  ["0A", "0B", -1],
  ["0B", "0A", 1],
  ["0A", "0A", 0],
  ["0a", "0A", 0],
  ["0A", "0A00", 0],
  ["0A", "0A01", -1],
  ["1", "0FFFFFFF", 1],
  ["0055AED6DCD90281E5", "0055AED6DCD90281F0", -1],
])("%s to %s is %d", (one, other, expected) => {
  expect(compareSequencers(one, other)).toBe(expected);
});

test("is an order, whatever the lengths", () => {
  const sequencer = fc.stringMatching(/^[0-9A-F]{1,20}$/);
  fc.assert(
    fc.property(sequencer, sequencer, sequencer, (a, b, c) => {
      expect(compareSequencers(a, b)).toBe(-compareSequencers(b, a) + 0);
      fc.pre(compareSequencers(a, b) <= 0 && compareSequencers(b, c) <= 0);
      expect(compareSequencers(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
