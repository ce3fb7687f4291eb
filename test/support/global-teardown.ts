import { findTerraform, missingTerraform } from "../../lib/testing/offline/runner/binary";

/** After the last test file: nobody takes tests that were left out for tests that passed. */
export default function globalTeardown(): void {
  if (findTerraform() !== undefined) return;
  process.stderr.write(`\nSKIPPED every test that runs Terraform: ${missingTerraform()}\n\n`);
}
