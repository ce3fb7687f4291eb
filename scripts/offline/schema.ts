import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { OfflineTerraform } from "../../lib/testing/offline/runner/offline-terraform";
import { findProviderPackage } from "../../lib/testing/offline/schema/provider-package";
import { UsageError } from "./failure";
import type { Progress } from "./progress";

export const SCHEMA_USAGE = `npm run schema:offline -- aws|azurerm|google
  The schema of a provider as its bindings state it, as terraform providers schema -json prints it.`;

interface Schema {
  readonly resource_schemas?: object;
  readonly data_source_schemas?: object;
}

/** `npm run schema:offline`. @returns the exit code */
export async function schema(args: readonly string[], progress: Progress): Promise<number> {
  const [provider, ...more] = args;
  if (provider === undefined || more.length > 0) throw new UsageError(`exactly one provider, please\n${SCHEMA_USAGE}`);
  const bindings = findProviderPackage(provider, process.cwd());
  if (bindings === undefined)
    throw new UsageError(
      `there are no bindings of ${provider}: neither @cdktf/provider-${provider} nor @cdktn/provider-${provider} is installed`,
    );
  progress(`reading every module of ${bindings.release}`);
  const text = await schemaOf(provider);
  process.stdout.write(text);
  const [printed] = Object.values(
    (JSON.parse(text) as { readonly provider_schemas: Readonly<Record<string, Schema>> }).provider_schemas,
  );
  const [resources, queries] = [printed?.resource_schemas, printed?.data_source_schemas].map(
    (all) => Object.keys(all ?? {}).length,
  );
  progress(`${String(resources)} resources, ${String(queries)} data sources`);
  return 0;
}

async function schemaOf(provider: string): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cloud-conductor-schema-"));
  try {
    const stack = { terraform: { required_providers: { [provider]: { source: provider } } } };
    fs.writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(stack));
    const terraform = await OfflineTerraform.openFolder(folder, { allTypes: true });
    try {
      return await terraform.schema();
    } finally {
      terraform.close();
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
