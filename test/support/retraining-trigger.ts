import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { TerraformStack } from "cdktf";
import type { EnvironmentOptions } from "../../lib/core/environment";
import type { RetrainingTriggerProps } from "../../lib/functions/aws/retraining-props";
import { RetrainingTrigger } from "../../lib/functions/aws/retraining-trigger";
import { AwsBucket } from "../../lib/storage/aws/bucket";
import type { Delivery } from "../../lib/storage/delivery";
import type { Template } from "../../lib/testing/template";
import { ACCOUNT, PROD, templateOf } from "./aws-stack";

export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/training`;
export const IMAGE = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/trainer:1`;

export type TriggerOptions = Partial<Omit<RetrainingTriggerProps, "source">>;

/** A trigger on labelled CSV files of one bucket, with another one for artifacts. */
export function triggerIn(stack: TerraformStack, options: TriggerOptions = {}, delivery?: Delivery): RetrainingTrigger {
  const data = new AwsBucket(stack, "data");
  return new RetrainingTrigger(stack, "retraining", {
    source: data.objectsCreated({ prefix: "labelled/", suffix: ".csv", delivery }),
    artifacts: options.artifacts ?? new AwsBucket(stack, "artifacts"),
    trainingRole: { roleArn: ROLE_ARN },
    training: { image: IMAGE },
    jobNamePrefix: "demand",
    ...options,
  });
}

export const triggerWith = (options: TriggerOptions = {}, environment = PROD, use: EnvironmentOptions = {}): Template =>
  templateOf(
    (stack) => {
      triggerIn(stack, options);
    },
    environment,
    use,
  );

export const variablesOf = (template: Template): Readonly<Record<string, string>> =>
  template.only(LambdaFunction).get("environment.variables") as Readonly<Record<string, string>>;
