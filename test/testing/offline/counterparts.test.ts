import { counterpartsIn } from "../../../lib/testing/offline/protocol/counterparts";
import { UNKNOWN, type Value } from "../../../lib/testing/offline/protocol/values";
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "../../../lib/testing/offline/schema/schema";

const attribute = (computed: boolean): AttributeSchema => ({
  type: "string",
  required: false,
  optional: true,
  computed,
  sensitive: false,
  writeOnly: false,
});

const LEAF: BlockSchema = { attributes: { name: attribute(false), key: attribute(true) }, blocks: {} };

const holding = (nesting: NestedBlockSchema["nesting"]): BlockSchema => ({
  ...LEAF,
  blocks: { inner: { nesting, minimum: 0, maximum: undefined, block: LEAF } },
});

const leaf = (name: Value, key: Value = null): Value => ({ name, key });
const around = (inner: Value): Value => ({ name: "a", key: null, inner });

test("an entry that is the same comes before one that is like it", () => {
  const [first, second] = [leaf("a", "k1"), leaf("a", "k2")];
  expect(counterpartsIn(LEAF, [leaf("a"), second], [second, first])).toEqual([first, second]);
});

test("each entry of before has one counterpart", () => {
  expect(counterpartsIn(LEAF, [leaf("a"), leaf("a")], [leaf("a", "k")])).toEqual([leaf("a", "k"), null]);
});

test.each<[string, Value]>([
  ["another name", leaf("b")],
  ["a name that is not known", leaf(UNKNOWN)],
  ["a key that is configured", leaf("a", "own")],
  ["an entry of unknown content", UNKNOWN],
])("%s is new", (_, now) => {
  expect(counterpartsIn(LEAF, [now], [leaf("a", "k")])).toEqual([null]);
});

test.each<[NestedBlockSchema["nesting"], Value, Value, boolean]>([
  ["set", [leaf("x"), leaf("y")], [leaf("y", "ky"), leaf("x", "kx")], true],
  ["set", [leaf("x"), leaf("x")], [leaf("y", "ky"), leaf("x", "kx")], false],
  ["set", [leaf("x")], [leaf("y", "ky"), leaf("x", "kx")], false],
  ["list", [leaf("x"), leaf("y")], [leaf("x", "kx"), leaf("y", "ky")], true],
  ["list", [leaf("x"), leaf("y")], [leaf("y", "ky"), leaf("x", "kx")], false],
  ["single", leaf("x"), leaf("x", "k"), true],
  ["single", leaf("x"), null, false],
  ["single", null, null, true],
  ["map", { one: leaf("x") }, { one: leaf("x", "k") }, true],
  ["map", { one: leaf("x") }, { other: leaf("x", "k") }, false],
  ["map", {}, { one: leaf("x", "k") }, false],
  ["list", UNKNOWN, [leaf("x", "k")], false],
])("an entry that holds a %s %p is one that held %p: %p", (nesting, now, before, same) => {
  expect(counterpartsIn(holding(nesting), [around(now)], [around(before)])).toEqual([same ? around(before) : null]);
});
