/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  globalSetup: "<rootDir>/test/support/global-setup.ts",
  globalTeardown: "<rootDir>/test/support/global-teardown.ts",
  setupFiles: ["<rootDir>/test/support/setup.ts"],
  // jest leaves one core idle unless told
  maxWorkers: "100%",
  // of the tests that wait for Terraform: one computes while another reads and writes
  maxConcurrency: 2,
  // a busy machine is no failure; what is to be fast says so itself
  testTimeout: 120_000,
  reporters: ["default", "<rootDir>/scripts/jest-counts.js"],
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/e2e/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  moduleNameMapper: {
    "^cloud-conductor/blueprints/([^/]+)/(aws|azure|google)$": "<rootDir>/lib/blueprints/$1/$2",
    "^cloud-conductor/(.+)$": "<rootDir>/lib/$1/index",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/cdktf.out/"],
};
