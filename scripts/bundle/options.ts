import type { BuildOptions } from "esbuild";
import { LAMBDA_BUNDLE } from "../../lib/functions/bundle-options";

/** How every handler is bundled: as anybody's function, with the compiler's options of this repository. */
export const BUNDLE_OPTIONS = {
  ...LAMBDA_BUNDLE,
  tsconfigRaw: { compilerOptions: { target: "es2022", useDefineForClassFields: true, strict: true } },
} as const satisfies BuildOptions;
