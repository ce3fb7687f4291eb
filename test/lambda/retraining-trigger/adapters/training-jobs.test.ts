import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerJobs, trainingJobRequest } from "../../../../lambda/retraining-trigger/adapters/training-jobs";
import { PermanentError } from "../../../../lambda/shared/errors";
import type { TrainingJobSettings } from "../../../../lambda/shared/format/training-job";
import { trainingJob } from "../../support/environment";
import { json, jsonError, type Responder } from "../../support/loopback";
import { against, errorOf, expectDone, resultOf } from "../../support/service";

const manifest = "s3://acme-labels/manifests/retrain-labelled-0123456789ab.manifest";
const name = "retrain-labelled-0123456789ab";
const minimal = {
  TrainingJobName: name,
  RoleArn: "arn:aws:iam::111122223333:role/training",
  AlgorithmSpecification: {
    TrainingImage: "111122223333.dkr.ecr.us-west-2.amazonaws.com/trainer:1.2",
    TrainingInputMode: "File",
  },
  InputDataConfig: [
    {
      ChannelName: "training",
      DataSource: {
        S3DataSource: { S3DataType: "ManifestFile", S3DataDistributionType: "FullyReplicated", S3Uri: manifest },
      },
    },
  ],
  OutputDataConfig: { S3OutputPath: "s3://acme-labels/models" },
  ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 20 },
  StoppingCondition: { MaxRuntimeInSeconds: 3600 },
  EnableNetworkIsolation: true,
  EnableInterContainerTrafficEncryption: false,
};

const jobs = <T>(respond: Responder, work: (jobs: SageMakerJobs) => Promise<T>, settings = trainingJob) =>
  against(respond, (client) => work(new SageMakerJobs(new SageMakerClient(client), "retrain", settings)));
const creating = (respond: Responder, settings?: TrainingJobSettings) =>
  jobs(respond, (sageMaker) => sageMaker.create(name, manifest), settings);

describe("a job", () => {
  test("of plain settings is asked for with nothing left to chance", async () => {
    const run = await creating(() => json({ TrainingJobArn: "arn" }));
    expectDone(run);
    expect(run.server.requests[0]?.headers["x-amz-target"]).toBe("SageMaker.CreateTrainingJob");
    expect(run.server.inputs).toEqual([minimal]);
  });

  test("of every setting", async () => {
    const settings: TrainingJobSettings = {
      ...trainingJob,
      instanceCount: 2,
      volumeKeyArn: "arn:aws:kms:us-west-2:111122223333:key/volume",
      spot: { maximumWaitSeconds: 7200, checkpointUri: "s3://acme-checkpoints/jobs/" },
      inputMode: "FastFile",
      contentType: "text/csv",
      outputKeyArn: "arn:aws:kms:us-west-2:111122223333:key/output",
      vpc: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
      networkIsolation: false,
      hyperParameters: { epochs: "10" },
      tags: { team: "forecast", stage: "prod" },
    };
    const run = await creating(() => json({ TrainingJobArn: "arn" }), settings);
    expect(run.server.inputs).toEqual([
      {
        ...minimal,
        AlgorithmSpecification: { ...minimal.AlgorithmSpecification, TrainingInputMode: "FastFile" },
        HyperParameters: { epochs: "10" },
        InputDataConfig: [{ ...minimal.InputDataConfig[0], ContentType: "text/csv" }],
        OutputDataConfig: {
          S3OutputPath: "s3://acme-labels/models",
          KmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/output",
        },
        ResourceConfig: {
          InstanceType: "ml.m5.large",
          InstanceCount: 2,
          VolumeSizeInGB: 20,
          VolumeKmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/volume",
        },
        StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
        EnableManagedSpotTraining: true,
        CheckpointConfig: { S3Uri: `s3://acme-checkpoints/jobs/${name}` },
        VpcConfig: { Subnets: ["subnet-1", "subnet-2"], SecurityGroupIds: ["sg-1"] },
        EnableNetworkIsolation: false,
        EnableInterContainerTrafficEncryption: true,
        Tags: [
          { Key: "team", Value: "forecast" },
          { Key: "stage", Value: "prod" },
        ],
      },
    ]);
  });

  test("has its own folder of checkpoints, with or without a slash before it", () => {
    for (const checkpointUri of ["s3://b/c", "s3://b/c/"])
      expect(
        trainingJobRequest({ ...trainingJob, spot: { maximumWaitSeconds: 3600, checkpointUri } }, name, manifest)
          .CheckpointConfig,
      ).toEqual({ S3Uri: `s3://b/c/${name}` });
  });

  test.each([
    ["ResourceInUse", "Training job names must be unique within an AWS account and region"],
    ["ValidationException", `Training job ${name} already exists`],
  ])("that exists (%s) is as good as a new one", async (error, message) => {
    const run = await creating(() => jsonError(error, 400, { message }));
    expectDone(run);
    expect(run.server.requests).toHaveLength(1);
  });

  test.each([
    ["ValidationException", "Could not assume role arn:aws:iam::111122223333:role/training"],
    ["ValidationException", "1 validation error detected: Value at 'trainingImage'"],
    ["ResourceNotFound", "no such experiment"],
  ])("whose settings are refused (%s: %s) is permanent", async (error, message) => {
    const run = await creating(() => jsonError(error, 400, { message }));
    expect(run.result).toEqual({ status: "rejected", reason: new PermanentError("invalid-configuration", message) });
    expect(run.server.requests).toHaveLength(1);
  });

  test.each([
    ["ThrottlingException", 400, 3],
    ["InternalFailure", 500, 3],
    ["ServiceUnavailable", 503, 3],
    ["ResourceLimitExceeded", 400, 1],
    ["AccessDeniedException", 400, 1],
    ["SomethingNew", 400, 1],
  ])("that fails with %s (%d) is transient, after %d tries", async (error, status, calls) => {
    const run = await creating(() => jsonError(error, status));
    expect([errorOf(run), run.server.requests.length]).toEqual([error, calls]);
    expect(run.result).not.toMatchObject({ reason: expect.any(PermanentError) as PermanentError });
  });

  test("made by a try whose answer was lost is met by the next try", async () => {
    const run = await creating((_, index) =>
      index === 0 ? jsonError("ServiceUnavailable", 503) : jsonError("ResourceInUse", 400),
    );
    expectDone(run);
    expect(run.server.requests).toHaveLength(2);
  });
});

describe("running jobs", () => {
  const page = (names: readonly string[], NextToken?: string) =>
    json({ TrainingJobSummaries: names.map((TrainingJobName) => ({ TrainingJobName })), NextToken });
  const pages: Responder = (_, index) =>
    index === 0
      ? page(["retrain-labelled-1", "other-retrain-1", "retraining-1"], "more")
      : index === 1
        ? page([], "yet more")
        : page(["retrain-labelled-2", "retrain-labelled-3"]);

  test("are those that begin with the prefix, over all pages", async () => {
    const run = await jobs(pages, (sageMaker) => sageMaker.running(10));
    expect(resultOf(run)).toBe(3);
    const filter = { NameContains: "retrain", StatusEquals: "InProgress", MaxResults: 100 };
    expect(run.server.inputs).toEqual([filter, { ...filter, NextToken: "more" }, { ...filter, NextToken: "yet more" }]);
    expect(run.server.requests[0]?.headers["x-amz-target"]).toBe("SageMaker.ListTrainingJobs");
  });

  test("are counted no further than enough", async () => {
    const run = await jobs(pages, (sageMaker) => sageMaker.running(1));
    expect([resultOf(run), run.server.requests.length]).toEqual([1, 1]);
  });

  test("that cannot be listed are an error, not zero", async () => {
    const run = await jobs(
      () => jsonError("AccessDeniedException"),
      (sageMaker) => sageMaker.running(1),
    );
    expect(errorOf(run)).toBe("AccessDeniedException");
  });
});
