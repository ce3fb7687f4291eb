import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type sendUnaryData,
  type ServerUnaryCall,
} from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import type { ServiceClientConstructor } from "@grpc/grpc-js";
import type { ProviderSchemas } from "../schema/provider-schemas";
import { failure, StandInProvider, type Request } from "./provider";
import { METHOD_NAMES, wireDescriptor, type Method } from "./wire";

/** Schemas of a whole provider are 20 MB. */
const UNLIMITED = -1;

/**
 * Serves one provider on a loopback port of the system's choice, until the process ends.
 *
 * @returns the port
 */
export async function serve(schemas: ProviderSchemas): Promise<number> {
  const provider = new StandInProvider(schemas);
  const server = new Server({
    "grpc.max_receive_message_length": UNLIMITED,
    "grpc.max_send_message_length": UNLIMITED,
  });
  const handlers = METHOD_NAMES.map(
    (method) => [method, handler(provider, schemas.bindings.provider, method)] as const,
  );
  server.addService(service(), Object.fromEntries(handlers));
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function service(): ServiceClientConstructor["service"] {
  const definition = fromJSON(wireDescriptor() as Parameters<typeof fromJSON>[0], {
    keepCase: true,
    longs: Number,
    defaults: false,
  });
  const { tfplugin6 } = loadPackageDefinition(definition);
  const { Provider } = tfplugin6 as unknown as { readonly Provider: ServiceClientConstructor };
  return Provider.service;
}

function handler(provider: StandInProvider, name: string, method: Method) {
  return (call: ServerUnaryCall<Request, object>, reply: sendUnaryData<object>): void => {
    try {
      reply(null, provider.answer(method, call.request, call.getPeer()));
    } catch (error) {
      reply(null, failure(name, error));
    }
  };
}
