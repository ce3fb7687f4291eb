import fs from "node:fs";
import https from "node:https";
import { LOCAL_ACCOUNT, type CloudAddress } from "./address";

/** Keys of an account of the local cloud. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What an SDK client needs to speak to the local cloud; nothing of the user's own configuration is read. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly httpsAgent?: https.Agent;
  };
}

/** Settings for a client of the local AWS; as root of the account, unless other credentials are given. */
export function clientSettings(address: CloudAddress, credentials: Credentials = LOCAL_ACCOUNT): ClientSettings {
  const { certificateFile } = address;
  const ca = certificateFile === undefined ? undefined : fs.readFileSync(certificateFile);
  const settings = plainSettings(address.aws, credentials);
  return { ...settings, requestHandler: { ...settings.requestHandler, httpsAgent: new https.Agent({ ca }) } };
}

/** Settings for an endpoint without TLS: SageMaker's, or the local AWS as nobody should reach it. */
export function plainSettings(endpoint: string, credentials: Credentials = LOCAL_ACCOUNT): ClientSettings {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return {
    region: LOCAL_ACCOUNT.region,
    endpoint,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 20_000 },
  };
}
