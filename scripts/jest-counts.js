"use strict";
/**
 * A jest reporter for .ci/run: appends one line a run to the file named by JEST_COUNTS, `{"passed":12,"failed":0}`. A test
 * file that could not be run at all counts as one failure. Without the variable it does nothing.
 */
const fs = require("node:fs");

/** @typedef {{ readonly numPassedTests: number, readonly numFailedTests: number, readonly numRuntimeErrorTestSuites: number }} Results */

class JestCounts {
  /** @param {ReadonlySet<unknown>} _contexts @param {Results} results */
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    const file = process.env["JEST_COUNTS"];
    if (file === undefined || file === "") return;
    const counts = { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
    fs.appendFileSync(file, `${JSON.stringify(counts)}\n`);
  }
}

module.exports = JestCounts;
