import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribeTrainingJobCommand,
  SageMakerClient,
  type DescribeTrainingJobCommandOutput,
} from "@aws-sdk/client-sagemaker";
import type { CloudAddress } from "./address";
import { clientSettings, plainSettings } from "./clients";
import { output, type DeployedStack } from "./stacks";

/** A line of the trigger's log: what it says, and the fields that come with it. */
export interface TriggerLogLine {
  readonly message: string;
  readonly jobName?: string;
  readonly reason?: string;
  readonly objects?: number;
}

/** The deployed retraining loop, as somebody sees it who puts labelled data in and waits for a job. */
export class RetrainingLoop {
  public readonly bucket: string;
  public readonly prefix: string;
  public readonly functionName: string;
  private readonly s3: S3Client;
  private readonly lambda: LambdaClient;
  private readonly logs: CloudWatchLogsClient;
  private readonly sagemaker: SageMakerClient;

  public constructor(address: CloudAddress, stack: DeployedStack) {
    this.bucket = output(stack, "data_bucket_name");
    this.prefix = output(stack, "trigger_prefix");
    this.functionName = output(stack, "function_name");
    const settings = clientSettings(address);
    this.s3 = new S3Client(settings);
    this.lambda = new LambdaClient(settings);
    this.logs = new CloudWatchLogsClient(settings);
    this.sagemaker = new SageMakerClient(plainSettings(address.sagemaker));
  }

  /** The variables that the function runs with. */
  public async variables(): Promise<Readonly<Record<string, string>>> {
    const configuration = await this.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: this.functionName }),
    );
    return configuration.Environment?.Variables ?? {};
  }

  /** Puts labelled rows of at least so many bytes under the prefix that the trigger watches. */
  public upload(name: string, bytes: number): Promise<{ readonly key: string; readonly bytes: number }> {
    return this.uploadAs(`${this.prefix}${name}`, bytes);
  }

  /** The same under any key. */
  public async uploadAs(key: string, bytes: number): Promise<{ readonly key: string; readonly bytes: number }> {
    const body = labelledRows(bytes);
    await this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body, ContentType: "text/csv" }));
    return { key, bytes: body.length };
  }

  /** What the trigger has logged since a time (milliseconds since 1970), oldest first. */
  public async log(since: number): Promise<readonly TriggerLogLine[]> {
    const { LoggingConfig: logging } = await this.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: this.functionName }),
    );
    const logGroupName = logging?.LogGroup ?? `/aws/lambda/${this.functionName}`;
    const { events = [] } = await this.logs.send(new FilterLogEventsCommand({ logGroupName, startTime: since }));
    return events.flatMap(({ message = "" }) => message.split("\n").flatMap(parsedLine));
  }

  public trainingJob(name: string): Promise<DescribeTrainingJobCommandOutput> {
    return this.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  }

  /** The text of an object that a job reads. */
  public async read(uri: string): Promise<string> {
    const { hostname, pathname } = new URL(uri);
    const key = decodeURIComponent(pathname.slice(1));
    const { Body: body } = await this.s3.send(new GetObjectCommand({ Bucket: hostname, Key: key }));
    return (await body?.transformToString()) ?? "";
  }

  public close(): void {
    for (const client of [this.s3, this.lambda, this.logs, this.sagemaker]) client.destroy();
  }
}

/** Where a training job reads its list of objects. */
export const manifestUri = ({ InputDataConfig: channels }: DescribeTrainingJobCommandOutput): string =>
  channels?.[0]?.DataSource?.S3DataSource?.S3Uri ?? "";

function labelledRows(bytes: number): Buffer {
  const rows = ["id,label,amount"];
  let length = 0;
  for (let id = 1; length < bytes; id += 1) {
    const row = `${id},${id % 2 === 0 ? "genuine" : "fraud"},${id % 997}`;
    rows.push(row);
    length += row.length + 1;
  }
  return Buffer.from(`${rows.join("\n")}\n`);
}

function parsedLine(line: string): readonly TriggerLogLine[] {
  if (!line.startsWith("{")) return [];
  try {
    const parsed = JSON.parse(line) as Partial<TriggerLogLine>;
    return typeof parsed.message === "string" ? [{ ...parsed, message: parsed.message }] : [];
  } catch {
    return [];
  }
}
