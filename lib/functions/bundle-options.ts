import type { BuildOptions } from "esbuild";

/**
 * How code is bundled for Lambda, a handler of this package or somebody's own. `mainFields` lets esbuild shake the SDK's ES
 * modules, which cuts a third of the size and of the initialisation; minified output names no path, so it is the same on
 * every machine.
 */
export const LAMBDA_BUNDLE = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  mainFields: ["module", "main"],
  legalComments: "none",
  sourcemap: "external",
  logLevel: "silent",
  write: false,
} as const satisfies BuildOptions;
