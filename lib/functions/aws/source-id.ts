import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { stableHash } from "../../core/names";

const LONGEST_WORD = 40;

/**
 * The id of a source below its function: readable, and its own for each thing and part of it.
 *
 * @param path of the construct that events come from; within the function's stack the part below the stack counts
 */
export function sourceId(consumer: IConstruct, kind: string, path: string, parts: readonly string[] = []): string {
  const own = `${TerraformStack.of(consumer).node.path}/`;
  const relative = path.startsWith(own) ? path.slice(own.length) : path;
  const last = relative.split("/").at(-1) ?? relative;
  const word = last.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, LONGEST_WORD);
  return `${kind}-${word}-${stableHash([relative, ...parts].join("|"))}`;
}
