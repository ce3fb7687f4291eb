import path from "node:path";
import { bundleStandIns } from "../../scripts/offline/bundle-stand-ins";

/** Before the first test file: what runs in processes of its own is bundled, because Node reads no TypeScript. */
export default function globalSetup(): void {
  bundleStandIns(path.resolve(__dirname, "..", ".."));
}
