import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { RetrainingLoop } from "../lib/blueprints/retraining-loop/aws";
import { AwsKey } from "../lib/encryption/aws/key";
import { AwsBucket } from "../lib/storage/aws/bucket";
import { BucketEncryption } from "../lib/storage/aws/encryption";
import { StorageTier } from "../lib/storage/tier";
import type { PlatformEnvironment } from "./environments/environment";
import { dataRemovalIn, foundation, outputs } from "./foundation";

const LABELLED = "labelled/";
const JOB_NAME_PREFIX = "churn";

/** Labelled data becomes a model: bucket, queue, trigger, training job, with what each needs around it. */
export class RetrainingStack extends TerraformStack {
  public constructor(
    scope: Construct,
    id: string,
    private readonly environment: PlatformEnvironment,
  ) {
    super(scope, id);
    foundation(this, environment, ["aws"]);
    const key = this.dataKey();
    const data = this.bucket("data", key);
    const artifacts = this.bucket("artifacts", key);
    const loop = new RetrainingLoop(this, "churn", {
      data,
      prefix: LABELLED,
      suffix: ".csv",
      artifacts,
      jobNamePrefix: JOB_NAME_PREFIX,
      // the vendor's own container of XGBoost, in the region of these environments
      training: {
        image: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
        contentType: "text/csv",
      },
      startWhen: environment.retraining?.startWhen,
      batching: environment.retraining?.batching,
      key,
      dataRemoval: dataRemovalIn(environment),
    });
    this.tell(loop, data, artifacts);
  }

  /** What `npm run local` and the end-to-end tests look for. */
  private tell(loop: RetrainingLoop, data: AwsBucket, artifacts: AwsBucket): void {
    const { queue, deadLetterQueue, table, function: trigger, prefixes } = loop.trigger;
    outputs(this, {
      data_bucket_name: data.bucketName,
      artifacts_bucket_name: artifacts.bucketName,
      trigger_prefix: LABELLED,
      manifest_prefix: prefixes.manifests,
      training_job_name_prefix: JOB_NAME_PREFIX,
      queue_url: queue.queueUrl,
      dead_letter_queue_url: deadLetterQueue.queueUrl,
      state_table_name: table.tableName,
      function_name: trigger.functionName,
      function_role_arn: trigger.grantPrincipal.roleArn,
      training_role_arn: loop.trainingRole.roleArn,
      ...(data.keyArn !== undefined && { data_key_arn: data.keyArn }),
    });
  }

  private dataKey(): AwsKey | undefined {
    if (!this.environment.customerManagedKeys) return undefined;
    return new AwsKey(this, "data-key", {
      description: "Training data, manifests and models",
      dataRemoval: dataRemovalIn(this.environment),
    });
  }

  private bucket(role: string, key: AwsKey | undefined): AwsBucket {
    const { organisation, name } = this.environment;
    return new AwsBucket(this, role, {
      bucketName: `${organisation}-retraining-${role}-${name}`,
      lifecycle: [{ transitions: [{ tier: StorageTier.COOL, afterDays: 30 }] }],
      encryption: key ? BucketEncryption.key(key) : BucketEncryption.s3Managed(),
      dataRemoval: dataRemovalIn(this.environment),
    });
  }
}
