import { record, type StackJson } from "./needs";

/** The same stack with its state in the folder of the run: neither a backend nor HCP Terraform. */
export function withLocalState(stack: StackJson): StackJson {
  const settings = Object.entries(record(stack["terraform"])).filter(
    ([name]) => name !== "backend" && name !== "cloud",
  );
  return { ...stack, terraform: Object.fromEntries(settings) };
}

/** The same stack as one that may be destroyed: nothing is at stake here. */
export function destructible(stack: StackJson): StackJson {
  const resources = Object.entries(record(stack["resource"])).map(([type, instances]) => [
    type,
    Object.fromEntries(
      Object.entries(record(instances)).map(([id, instance]) => [id, withoutPrevention(record(instance))] as const),
    ),
  ]);
  return resources.length === 0 ? stack : { ...stack, resource: Object.fromEntries(resources) as unknown };
}

function withoutPrevention(instance: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { prevent_destroy: _, ...lifecycle } = record(instance["lifecycle"]);
  return instance["lifecycle"] === undefined ? instance : { ...instance, lifecycle };
}

/** Construct paths by address: `aws_s3_bucket.lake_1234ABCD` → `lake-dev/lake/Resource`. */
export function constructPaths(stack: StackJson): ReadonlyMap<string, string> {
  const paths = (blocks: unknown, prefix: string): (readonly [string, string])[] =>
    Object.entries(record(blocks)).flatMap(([type, instances]) =>
      Object.entries(record(instances)).flatMap(([id, instance]) => {
        const { path } = record(record(record(instance)["//"])["metadata"]);
        return typeof path === "string" ? [[`${prefix}${type}.${id}`, path] as const] : [];
      }),
    );
  return new Map([...paths(stack["resource"], ""), ...paths(stack["data"], "data.")]);
}
