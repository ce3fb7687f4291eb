import type { BuildOptions } from "esbuild";

/**
 * How every handler is bundled. `mainFields` lets esbuild shake the SDK's ES modules, which cuts a third of the size and of
 * the initialisation; minified output names no path, so it is the same on every machine.
 */
export const BUNDLE_OPTIONS = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  mainFields: ["module", "main"],
  legalComments: "none",
  sourcemap: "external",
  tsconfigRaw: { compilerOptions: { target: "es2022", useDefineForClassFields: true, strict: true } },
  logLevel: "silent",
  write: false,
} as const satisfies BuildOptions;
