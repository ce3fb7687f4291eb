import path from "node:path";
import { awsAddress, certificateFiles, plainEnvironment, sagemakerAddress } from "./emulators";
import { runningServices } from "./service";
import type { LocalCloudSettings } from "./settings";

/** Region and credentials of the local account; the key is its root. */
export const LOCAL_ACCOUNT = { region: "us-east-1", accessKeyId: "test", secretAccessKey: "test" } as const;

/** Names of the services that a local cloud consists of. */
export const SERVICES = ["ministack", "moto"] as const;

/** Where a local cloud is. */
export interface CloudAddress {
  readonly aws: string;
  readonly sagemaker: string;
  /** File with the certificate that the AWS endpoint shows. */
  readonly certificateFile?: string;
}

/** The cloud that is there, as far as the user's variables and the records of processes say. */
export function findCloud(settings: LocalCloudSettings): CloudAddress | undefined {
  const records = runningServices(settings.folder, SERVICES);
  const port = (service: (typeof SERVICES)[number]): number | undefined =>
    records.find(({ name }) => name === service)?.port;
  const [awsPort, sagemakerPort] = [port("ministack"), port("moto")];
  const aws = settings.own.aws ?? (awsPort === undefined ? undefined : awsAddress(awsPort));
  const sagemaker =
    settings.own.sagemaker ?? (sagemakerPort === undefined ? undefined : sagemakerAddress(sagemakerPort));
  return aws === undefined || sagemaker === undefined ? undefined : cloudAddress(settings, aws, sagemaker);
}

/** The address of a cloud at these endpoints, with the certificate to trust: the user's for an endpoint of the user's. */
export function cloudAddress(settings: LocalCloudSettings, aws: string, sagemaker: string): CloudAddress {
  const certificateFile =
    settings.own.aws === undefined
      ? certificateFiles(settings.folder).certificateFile
      : settings.environment["AWS_CA_BUNDLE"];
  return { aws, sagemaker, certificateFile };
}

/** The environment in which terraform and cdktf speak to the local cloud, and to nothing else. */
export function cloudEnvironment(
  { environment, folder }: LocalCloudSettings,
  { aws, sagemaker, certificateFile }: CloudAddress,
  terraformConfiguration: string | undefined,
): NodeJS.ProcessEnv {
  return {
    ...plainEnvironment(environment),
    AWS_ENDPOINT_URL: aws,
    AWS_ENDPOINT_URL_SAGEMAKER: sagemaker,
    AWS_ACCESS_KEY_ID: LOCAL_ACCOUNT.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_ACCOUNT.secretAccessKey,
    AWS_REGION: LOCAL_ACCOUNT.region,
    AWS_EC2_METADATA_DISABLED: "true",
    // the provider's own 25 would go on for minutes after the emulator has died
    AWS_MAX_ATTEMPTS: "5",
    AWS_CONFIG_FILE: path.join(folder, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "no-aws-credentials"),
    ...(certificateFile !== undefined && { AWS_CA_BUNDLE: certificateFile }),
    TF_CLI_CONFIG_FILE: terraformConfiguration ?? "",
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
  };
}
