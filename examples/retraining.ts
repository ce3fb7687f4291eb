import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { type App, TerraformStack } from "cdktf";
import { RetrainingLoop } from "cloud-conductor/blueprints/retraining-loop/aws";
import { AwsBucket } from "cloud-conductor/storage/aws";

/** Labelled data becomes a model: bucket, queue, trigger and training job in one declaration. */
export function build(app: App): void {
  const stack = new TerraformStack(app, "retraining");
  new AwsProvider(stack, "aws", { region: "us-east-1" });

  // #region loop
  const data = new AwsBucket(stack, "data", { bucketName: "acme-churn-data" });
  const loop = new RetrainingLoop(stack, "churn", {
    data,
    prefix: "labelled/",
    suffix: ".csv",
    jobNamePrefix: "churn",
    training: {
      image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
      contentType: "text/csv",
    },
    startWhen: { bytes: 10 * 1024 * 1024, waitMinutes: 120 },
  });
  // #endregion

  // #region alarm
  loop.deadLetterQueue.metrics.visibleMessages().alarm(stack, "rejected-data", { above: 0, severity: "low" });
  // #endregion
}
