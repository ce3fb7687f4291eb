/** `npm run bundle [-- <handler>…]`: the zips of the handlers, made where they are not fresh. */
import { bundleHandlers, type BundledHandler } from "./bundle-handlers";

function line({ name, bytes, built }: BundledHandler): string {
  return `${built ? "bundled" : "fresh  "}  dist/lambda/${name}.zip  ${Math.ceil(bytes / 1024)} KiB\n`;
}

try {
  const only = process.argv.slice(2);
  const { handlers, milliseconds } = bundleHandlers(only.length > 0 ? { only } : {});
  process.stdout.write(`${handlers.map(line).join("")}${handlers.length} handlers in ${milliseconds} ms\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
