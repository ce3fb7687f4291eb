import fs from "node:fs";
import path from "node:path";

/** Says what each synthesised stack would hold, for somebody who has never seen the platform. */

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly synthesizedStackPath: string; readonly dependencies: readonly string[] }>
  >;
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const CLOUDS: Readonly<Record<string, string>> = { aws: "AWS", azurerm: "Azure", google: "Google Cloud" };

/** What a newcomer looks for, in words; everything else belongs to one of these. */
const HEADLINES: Readonly<Record<string, string>> = {
  aws_s3_bucket: "S3 bucket",
  aws_s3_bucket_replication_configuration: "replication",
  aws_sqs_queue: "SQS queue",
  aws_cloudwatch_event_rule: "EventBridge rule",
  aws_scheduler_schedule: "schedule",
  aws_lambda_function: "Lambda function",
  aws_dynamodb_table: "DynamoDB table",
  aws_cloudwatch_metric_alarm: "alarm",
  aws_iam_role: "role",
  aws_kms_key: "KMS key",
  azurerm_storage_account: "storage account",
  azurerm_storage_container: "blob container",
  azurerm_storage_management_policy: "lifecycle policy",
  google_storage_bucket: "Cloud Storage bucket",
};

function summarise(outdir: string): string {
  const manifest = read(path.join(outdir, "manifest.json")) as Manifest;
  const stacks = Object.entries(manifest.stacks).map(([name, stack]) =>
    describe(outdir, name, stack.synthesizedStackPath),
  );
  const total = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  const head = `${String(stacks.length)} stacks, ${String(total)} resources, in ${path.relative(process.cwd(), outdir)}/stacks`;
  return [head, "", ...stacks.flatMap((stack) => [...stack.lines, ""])].join("\n");
}

function describe(
  outdir: string,
  name: string,
  file: string,
): { readonly resources: number; readonly lines: readonly string[] } {
  const { resource = {} } = read(path.join(outdir, file)) as { readonly resource?: Blocks };
  const counts = Object.entries(resource).map(([type, instances]) => ({ type, count: Object.keys(instances).length }));
  const resources = counts.reduce((sum, { count }) => sum + count, 0);
  const clouds = Object.entries(CLOUDS).flatMap(([prefix, cloud]) => {
    const own = counts.filter(({ type }) => type.startsWith(`${prefix}_`));
    return own.length === 0 ? [] : [`  ${cloud.padEnd(CLOUD_WIDTH)}${headline(own)}`];
  });
  return { resources, lines: [`${name}: ${String(resources)} resources`, ...clouds] };
}

const CLOUD_WIDTH = 14;

interface Count {
  readonly type: string;
  readonly count: number;
}

/** `2 S3 buckets, replication, KMS key, and 17 settings and permissions of theirs` */
function headline(counts: readonly Count[]): string {
  const named = Object.entries(HEADLINES).flatMap(([type, words]) => {
    const count = counts.find((one) => one.type === type)?.count ?? 0;
    return count === 0 ? [] : [count === 1 ? words : `${String(count)} ${words.replace(/([^e])y$/, "$1ie")}s`];
  });
  const rest = counts.filter(({ type }) => HEADLINES[type] === undefined).reduce((sum, { count }) => sum + count, 0);
  return [...named, ...(rest === 0 ? [] : [`and ${String(rest)} settings and permissions of theirs`])].join(", ");
}

const read = (file: string): unknown => JSON.parse(fs.readFileSync(file, "utf8"));

process.stdout.write(`${summarise(path.resolve("cdktf.out"))}\n`);
