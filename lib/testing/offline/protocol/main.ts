/** The process of the stand-ins: it serves what its parent asks for, and ends with it. */
import { findProviderPackage } from "../schema/provider-package";
import { ProviderSchemas } from "../schema/provider-schemas";
import type { ProviderNeed, ServeReply, ServeRequest } from "./messages";
import { serve } from "./server";

interface Served {
  readonly schemas: ProviderSchemas;
  readonly port: Promise<number>;
}

const served = new Map<string, Served>();

async function portsFor({ project, providers, everything }: ServeRequest): Promise<Readonly<Record<string, number>>> {
  const entries = providers.map(async (need) => {
    const { schemas, port } = standIn(need, project);
    if (everything) schemas.readAll();
    schemas.find("provider", need.provider);
    for (const type of need.resources) schemas.find("resource", type);
    for (const type of need.dataSources) schemas.find("data", type);
    return [need.source, await port] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function standIn({ provider }: ProviderNeed, project: string): Served {
  const bindings = findProviderPackage(provider, project);
  if (bindings === undefined)
    throw new Error(
      `provider ${provider} has no bindings to stand in for it: neither @cdktf/provider-${provider} nor ` +
        `@cdktn/provider-${provider} is installed where ${project} finds packages`,
    );
  const known = served.get(bindings.modules);
  if (known) return known;
  const schemas = new ProviderSchemas(bindings);
  const fresh = { schemas, port: serve(schemas) };
  served.set(bindings.modules, fresh);
  return fresh;
}

async function reply(request: ServeRequest): Promise<ServeReply> {
  try {
    return { id: request.id, ports: await portsFor(request) };
  } catch (error) {
    return { id: request.id, refused: error instanceof Error ? error.message : String(error) };
  }
}

process.on("message", (request: ServeRequest) => {
  void reply(request).then((answer) => process.send?.(answer));
});
// the parent is gone, however it went
process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole group; Terraform still asks to stop
process.on("SIGINT", () => undefined);
