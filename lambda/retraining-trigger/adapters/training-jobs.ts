import {
  CreateTrainingJobCommand,
  paginateListTrainingJobs,
  type Channel,
  type CreateTrainingJobRequest,
  type ResourceConfig,
  type SageMakerClient,
  type TrainingInstanceType,
} from "@aws-sdk/client-sagemaker";
import { PermanentError, summarizeError } from "../../shared/errors";
import type { TrainingJobSettings } from "../../shared/format/training-job";
import type { TrainingJobs } from "../ports";

/** SageMaker training jobs of one prefix with one set of settings. */
export class SageMakerJobs implements TrainingJobs {
  public constructor(
    private readonly client: SageMakerClient,
    private readonly jobNamePrefix: string,
    private readonly settings: TrainingJobSettings,
  ) {}

  /** SageMaker finds names that contain the prefix; those that begin with it are ours. */
  public async running(enough: number): Promise<number> {
    const filter = { NameContains: this.jobNamePrefix, StatusEquals: "InProgress", MaxResults: 100 } as const;
    let running = 0;
    for await (const page of paginateListTrainingJobs({ client: this.client }, filter)) {
      const names = (page.TrainingJobSummaries ?? []).map(({ TrainingJobName = "" }) => TrainingJobName);
      running += names.filter((name) => name.startsWith(`${this.jobNamePrefix}-`)).length;
      if (running >= enough) break;
    }
    return running;
  }

  public async create(jobName: string, manifestUri: string): Promise<void> {
    try {
      await this.client.send(new CreateTrainingJobCommand(trainingJobRequest(this.settings, jobName, manifestUri)));
    } catch (error) {
      if (alreadyExists(error)) return;
      if (isRefusal(error)) throw new PermanentError("invalid-configuration", summarizeError(error).errorMessage);
      throw error;
    }
  }
}

/** What SageMaker is asked for. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
export function trainingJobRequest(
  settings: TrainingJobSettings,
  jobName: string,
  manifestUri: string,
): CreateTrainingJobRequest {
  const { vpc, hyperParameters, tags = {} } = settings;
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    TrainingJobName: jobName,
    RoleArn: settings.roleArn,
    AlgorithmSpecification: { TrainingImage: settings.imageUri, TrainingInputMode: settings.inputMode },
    HyperParameters: hyperParameters && { ...hyperParameters },
    InputDataConfig: [inputChannel(settings, manifestUri)],
    OutputDataConfig: { S3OutputPath: settings.outputUri, KmsKeyId: settings.outputKeyArn },
    ResourceConfig: instances(settings),
    ...capacity(settings, jobName),
    VpcConfig: vpc && { Subnets: [...vpc.subnetIds], SecurityGroupIds: [...vpc.securityGroupIds] },
    EnableNetworkIsolation: settings.networkIsolation,
    EnableInterContainerTrafficEncryption: settings.instanceCount > 1,
    Tags: pairs.length === 0 ? undefined : pairs,
  };
}

function inputChannel({ channelName, contentType }: TrainingJobSettings, manifestUri: string): Channel {
  const manifest = {
    S3DataType: "ManifestFile",
    S3DataDistributionType: "FullyReplicated",
    S3Uri: manifestUri,
  } as const;
  return { ChannelName: channelName, ContentType: contentType, DataSource: { S3DataSource: manifest } };
}

const instances = (settings: TrainingJobSettings): ResourceConfig => ({
  InstanceType: settings.instanceType as TrainingInstanceType,
  InstanceCount: settings.instanceCount,
  VolumeSizeInGB: settings.volumeGiB,
  VolumeKmsKeyId: settings.volumeKeyArn,
});

/** A job of its own folder of checkpoints: a new job must not go on from where another one stopped. */
function capacity(
  { maximumRuntimeSeconds, spot }: TrainingJobSettings,
  jobName: string,
): Pick<CreateTrainingJobRequest, "StoppingCondition" | "EnableManagedSpotTraining" | "CheckpointConfig"> {
  const running = { MaxRuntimeInSeconds: maximumRuntimeSeconds };
  if (spot === undefined) return { StoppingCondition: running };
  return {
    StoppingCondition: { ...running, MaxWaitTimeInSeconds: spot.maximumWaitSeconds },
    EnableManagedSpotTraining: true,
    CheckpointConfig: { S3Uri: `${spot.checkpointUri.replace(/\/$/, "")}/${jobName}` },
  };
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : "");

/** The name of a job is a hash of its objects: whoever made it, it is the job we want. */
const alreadyExists = (error: unknown): boolean =>
  /^ResourceInUse(Exception)?$/.test(nameOf(error)) ||
  (isRefusal(error) && error instanceof Error && /already exists/i.test(error.message));

/** The image, the role or the name is refused, or something the settings name does not exist. */
const isRefusal = (error: unknown): boolean =>
  /^(Validation(Error|Exception)?|ResourceNotFound(Exception)?)$/.test(nameOf(error));
