import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { RetrainingTrigger } from "cloud-conductor/functions/aws";
import { TrainingRole } from "cloud-conductor/machine-learning/aws";
import { AwsBucket } from "cloud-conductor/storage/aws";

/** The parts of a retraining loop, put together by hand. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "trigger");
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const data = new AwsBucket(stack, "data", { bucketName: "acme-demand-data" });
  const artifacts = new AwsBucket(stack, "artifacts", { bucketName: "acme-demand-artifacts" });

  // #region role
  const training = { image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1" };
  const role = new TrainingRole(stack, "training", {
    jobNamePrefix: "demand",
    image: training.image,
    reads: [
      { bucket: data, prefix: "labelled/" },
      { bucket: artifacts, prefix: "manifests/" },
    ],
    writes: [{ bucket: artifacts, prefix: "models/" }],
  });
  // #endregion

  // #region trigger
  const trigger = new RetrainingTrigger(stack, "retraining", {
    source: data.objectsCreated({ prefix: "labelled/", suffix: ".csv" }),
    artifacts,
    trainingRole: role,
    training,
    jobNamePrefix: "demand",
  });
  trigger.metrics.jobsStarted().alarm(stack, "many-jobs", { above: 6, severity: "low" });
  // #endregion
}
