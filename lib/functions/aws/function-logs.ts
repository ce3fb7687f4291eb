import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { waitFor, type Grant } from "../../core/grant";
import { placed } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import type { Tags } from "../../core/tags";
import type { AwsKeyRef } from "../../encryption/references";
import type { AwsPrincipal } from "../../identity/aws/principal";

/** How a function's logs are kept. */
interface FunctionLogsConfig {
  readonly functionName: string;
  readonly retentionDays: number;
  readonly key: AwsKeyRef | undefined;
  readonly tags: Tags | undefined;
}

/** The function's own log group: Lambda would make one that keeps everything for ever. */
export function functionLogs(
  scope: Construct,
  { functionName, retentionDays, key, tags }: FunctionLogsConfig,
): CloudwatchLogGroup {
  const name = `/aws/lambda/${functionName}`;
  const group = new CloudwatchLogGroup(
    scope,
    "Logs",
    placed(scope, {
      name,
      retentionInDays: retentionDays,
      ...(key && { kmsKeyId: key.keyArn }),
      ...tagsFor(scope, tags),
    }),
  );
  const agreed = key?.allowLogGroup?.(name);
  // the log group is refused before the key agrees to it
  if (agreed) waitFor(group, agreed);
  return group;
}

/** Lets a function write to its log group and to no other. */
export const allowLogs = (role: AwsPrincipal, target: string, group: CloudwatchLogGroup): Grant =>
  role.allow({ verb: "log", target }, [
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${group.arn}:*`] },
  ]);

/** Lets a function send its traces; X-Ray knows no resources. */
export const allowTraces = (role: AwsPrincipal, target: string): Grant =>
  role.allow({ verb: "trace", target }, [
    { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources: ["*"] },
  ]);
