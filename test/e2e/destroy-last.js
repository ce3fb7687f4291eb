"use strict";
/**
 * The order of the end-to-end tests: by name, and what destroys the stacks comes last.
 *
 * @typedef {{ readonly path: string }} Test
 */
const rank = (/** @type {Test} */ { path }) => `${path.endsWith("destroy.test.ts") ? 1 : 0}${path}`;

module.exports = class DestroyLast {
  /** @param {readonly Test[]} tests */
  sort(tests) {
    return [...tests].sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  }

  /** @param {readonly Test[]} tests */
  shard(tests) {
    return tests;
  }

  /** @param {readonly Test[]} tests */
  allFailedTests(tests) {
    return tests;
  }

  /** Durations of earlier runs change nothing about the order. */
  cacheResults() {
    return undefined;
  }
};
