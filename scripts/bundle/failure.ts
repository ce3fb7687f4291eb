import type { BuildFailure, Message } from "esbuild";

/** Why a bundle failed, in one line: each of esbuild's errors with its place, or the error's own message. */
export function reasonOf(error: unknown): string {
  const { errors, message } = error as Partial<BuildFailure>;
  return errors === undefined ? String(message) : errors.map(textOf).join("; ");
}

/** `lambda/x/core.ts:3:17 Could not resolve "./y"`; a plugin's own error names its place itself. */
export function textOf({ text, location, pluginName }: Message): string {
  return location === null || pluginName !== "" ? text : `${location.file}:${location.line}:${location.column} ${text}`;
}
