import http from "node:http";
import type { AddressInfo } from "node:net";

/** An identity service on loopback that any credential satisfies. */
export interface IdentityEndpoint {
  readonly url: string;
  close(): void;
}

/** The tenant, subscription and identity of nobody. */
export const NOBODY = "00000000-0000-0000-0000-000000000001";

const FAR_FUTURE = 4_102_444_800;

/**
 * The azurerm provider asks for a token before it plans; any will do, because nothing is asked with it. The form is that of
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token
 */
export function serveIdentity(): Promise<IdentityEndpoint> {
  const body = JSON.stringify({
    access_token: token(),
    token_type: "Bearer",
    expires_in: "86400",
    expires_on: String(FAR_FUTURE),
    not_before: "0",
    resource: "offline",
  });
  const server = http.createServer((_, response) => {
    response.setHeader("content-type", "application/json").end(body);
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      resolve({ url: `http://127.0.0.1:${String(port)}/token`, close: () => void server.close() });
    });
  });
}

/** Unsigned: nobody checks it. */
function token(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { tid: NOBODY, oid: NOBODY, appid: NOBODY, exp: FAR_FUTURE };
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.x`;
}
