const base = require("./jest.config.js");

/**
 * The local stacks in a local cloud of their own: `npm run e2e`. One file after the other, the one that destroys last.
 * @type {import("jest").Config}
 */
module.exports = {
  ...base,
  roots: ["<rootDir>/test/e2e"],
  testPathIgnorePatterns: ["/node_modules/"],
  globalSetup: "<rootDir>/test/e2e/setup.ts",
  globalTeardown: "<rootDir>/test/e2e/teardown.ts",
  testSequencer: "<rootDir>/test/e2e/destroy-last.js",
  testTimeout: 60_000,
  maxWorkers: 1,
};
