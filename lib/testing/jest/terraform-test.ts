import { findTerraform, missingTerraform } from "../offline/runner/binary";

interface Test {
  (name: string, run: () => void | Promise<void>, milliseconds?: number): void;
  readonly skip: (name: string, run: () => void | Promise<void>) => void;
}

/**
 * jest's `test` for one that needs a Terraform: without one it is skipped, as jest counts it, and a line says so.
 */
export function terraformTest(name: string, run: () => void | Promise<void>): void {
  const { test } = globalThis as unknown as { readonly test: Test };
  if (findTerraform() !== undefined) {
    test(name, run);
    return;
  }
  process.stderr.write(`SKIPPED ${name}: ${missingTerraform()}\n`);
  test.skip(name, run);
}
