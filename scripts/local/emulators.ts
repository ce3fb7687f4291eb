import path from "node:path";
import type { ServiceDefinition } from "./service";
import { VARIABLES, type LocalCloudSettings } from "./settings";

/** The files of the certificate that the local AWS shows. */
export interface CertificateFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
}

export const certificateFiles = (folder: string): CertificateFiles => ({
  certificateFile: path.join(folder, "certificate.pem"),
  keyFile: path.join(folder, "key.pem"),
});

export const awsAddress = (port: number): string => `https://127.0.0.1:${port}`;
export const sagemakerAddress = (port: number): string => `http://127.0.0.1:${port}`;

/** IAM decides, over TLS, on the loopback; the broker for devices stays away. Handlers do not warn of this machine's Node. */
const MINISTACK_SETTINGS = {
  AUTH: "true",
  USE_SSL: "1",
  BIND_HOST: "127.0.0.1",
  IOT_MTLS_ENABLED: "0",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
} as const;

/**
 * MiniStack with IAM enforced and over TLS. It runs the handlers and hands its own environment down to them, which is how
 * they find SageMaker and trust the certificate without a word about it in the stacks.
 */
export function ministack(
  settings: LocalCloudSettings,
  python: string,
  tls: CertificateFiles & { readonly certificate: string },
  sagemaker: string,
): ServiceDefinition {
  const { folder, ports } = settings;
  const tlsOptions = ["--certfile", tls.certificateFile, "--keyfile", tls.keyFile];
  const plain = ports.plainAws === undefined ? [] : ["--insecure-bind", `127.0.0.1:${ports.plainAws}`];
  const server = ["-m", "hypercorn", "ministack.app:app", "--workers", "0", "--keep-alive", "75"];
  return {
    name: "ministack",
    title: "MiniStack",
    command: [python, ...server, "--bind", `127.0.0.1:${ports.aws}`, ...plain, ...tlsOptions],
    environment: {
      ...plainEnvironment(settings.environment),
      ...MINISTACK_SETTINGS,
      GATEWAY_PORT: String(ports.aws),
      MINISTACK_SSL_CERT: tls.certificateFile,
      MINISTACK_SSL_KEY: tls.keyFile,
      NODE_EXTRA_CA_CERTS: tls.certificateFile,
      AWS_ENDPOINT_URL_SAGEMAKER: sagemaker,
      TMPDIR: path.join(folder, "tmp"),
    },
    port: ports.aws,
    portVariable: VARIABLES.awsPort,
    readyUrl: `${awsAddress(ports.aws)}/_ministack/health`,
    certificate: tls.certificate,
  };
}

/** moto, of which only SageMaker is asked. */
export function moto(settings: LocalCloudSettings, python: string): ServiceDefinition {
  const port = settings.ports.sagemaker;
  return {
    name: "moto",
    title: "moto",
    command: [python, "-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    environment: plainEnvironment(settings.environment),
    port,
    portVariable: VARIABLES.sagemakerPort,
    readyUrl: sagemakerAddress(port),
  };
}

/** The user's environment without what would change a handler or lead it to a real account. */
export function plainEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !/^(AWS_|JEST_|NODE_|npm_)/.test(name));
  // The handlers run on the Node of this process, wherever the PATH leads.
  const search = [path.dirname(process.execPath), environment["PATH"]].filter((part) => part !== undefined);
  return { ...Object.fromEntries(kept), PATH: search.join(path.delimiter) };
}
