import type { IConstruct } from "constructs";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { stableHash } from "../core/names";
import { PLACEHOLDER_HANDLERS } from "../core/placeholder";

/** A zip with one index.js whose handler throws "This is the placeholder of a handler: the app was synthesised under test." */
const PLACEHOLDER = Buffer.from(
  "UEsDBBQAAAAIAABgIQA+0BuNcAAAAIMAAAAIAAAAaW5kZXguanMtjEEKwzAMBO9+xZJTcskDGtJbf9APiFjFAWMZScUtpX+vGwJ7WXZn+FVF3eZEJWZWrCB7lw3jhPWKTwA8qTQUbripio7DPe2GHk+MmmnjJDl2VB4gnJ7LsVKtaGToxl5tN454lv/X2XwepiV8l/ADUEsBAhQDFAAAAAgAAGAhAD7QG41wAAAAgwAAAAgAAAAAAAAAAAAAAKSBAAAAAGluZGV4LmpzUEsFBgAAAAABAAEANgAAAJYAAAAAAA==",
  "base64",
);

/**
 * Whether the placeholder stands in for the code of handlers, so that a snapshot does not change with it: when the app
 * says so in its context (`synthApp` does), and in tests under jest.
 */
export function placeholderStandsIn(scope: IConstruct): boolean {
  const said: unknown = scope.node.tryGetContext(PLACEHOLDER_HANDLERS);
  return said === undefined ? underJest() : said === true || said === "true";
}

/** The variable alone would not do: a test that starts `cdktf deploy` hands it on, and the placeholder would be deployed. */
const underJest = (): boolean => process.env["JEST_WORKER_ID"] !== undefined && "expect" in globalThis;

/** The file of the placeholder, under the name of what it stands for. One a user and machine: its bytes never change. */
export function placeholderZip(fileName: string): string {
  const owner = stableHash(`${os.userInfo().username}|${PLACEHOLDER.toString("base64")}`);
  const folder = path.join(os.tmpdir(), `cloud-conductor-placeholder-${owner}`);
  const file = path.join(folder, fileName);
  if (fs.existsSync(file) && fs.readFileSync(file).equals(PLACEHOLDER)) return file;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  // renamed into place: tests run side by side
  const unfinished = `${file}.${String(process.pid)}`;
  fs.writeFileSync(unfinished, PLACEHOLDER);
  fs.renameSync(unfinished, file);
  return file;
}
