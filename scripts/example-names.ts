import fs from "node:fs";
import path from "node:path";

/**
 * The examples that can be synthesised, as paths below `examples/` without their ending: `first-stack` is
 * `examples/first-stack.ts`, `lake/main` is `examples/lake/main.ts` with more files beside it. Each exports
 * `build(app: App): void`.
 */
export function exampleNames(root: string): readonly string[] {
  const folder = path.join(root, "examples");
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const names = entries.flatMap((entry) => {
    if (entry.isDirectory())
      return fs.existsSync(path.join(folder, entry.name, "main.ts")) ? [`${entry.name}/main`] : [];
    return entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts") ? [path.basename(entry.name, ".ts")] : [];
  });
  return names.sort();
}
