import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient, ListAliasesCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { LambdaClient, ListEventSourceMappingsCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListSchedulesCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings, type ClientSettings } from "../../scripts/local/clients";
import { destroy } from "../../scripts/local/destroy";
import { bench, deployedCloud } from "./local-cloud";

/** Names of everything that stands in the account and has no service behind it, by kind. */
async function inventory(on: ClientSettings): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const [lambda, kms] = [new LambdaClient(on), new KMSClient(on)];
  const { Buckets: buckets = [] } = await new S3Client(on).send(new ListBucketsCommand({}));
  const { QueueUrls: queues = [] } = await new SQSClient(on).send(new ListQueuesCommand({}));
  const { TableNames: tables = [] } = await new DynamoDBClient(on).send(new ListTablesCommand({}));
  const { Functions: functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { EventSourceMappings: mappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  const { Rules: rules = [] } = await new EventBridgeClient(on).send(new ListRulesCommand({}));
  const { Schedules: schedules = [] } = await new SchedulerClient(on).send(new ListSchedulesCommand({}));
  const { Roles: roles = [] } = await new IAMClient(on).send(new ListRolesCommand({}));
  const { MetricAlarms: alarms = [] } = await new CloudWatchClient(on).send(new DescribeAlarmsCommand({}));
  const { logGroups = [] } = await new CloudWatchLogsClient(on).send(new DescribeLogGroupsCommand({}));
  const { Aliases: aliases = [] } = await kms.send(new ListAliasesCommand({}));
  const { Keys: keys = [] } = await kms.send(new ListKeysCommand({}));
  const states = await Promise.all(keys.map(({ KeyId }) => kms.send(new DescribeKeyCommand({ KeyId }))));
  const own = states.filter(
    ({ KeyMetadata: key }) => key?.KeyManager === "CUSTOMER" && key.KeyState !== "PendingDeletion",
  );
  return {
    buckets: buckets.map(({ Name: name }) => name),
    queues,
    tables,
    functions: functions.map(({ FunctionName: name }) => name),
    mappings: mappings.map(({ UUID: id }) => id),
    rules: rules.map(({ Name: name }) => name),
    schedules: schedules.map(({ Name: name }) => name),
    roles: roles
      .filter(({ Path: path = "" }) => !path.startsWith("/aws-service-role/"))
      .map(({ RoleName: name }) => name),
    alarms: alarms.map(({ AlarmName: name }) => name),
    logGroups: logGroups.map(({ logGroupName: name }) => name),
    aliases: aliases.map(({ AliasName: name = "" }) => name).filter((name) => !name.startsWith("alias/aws/")),
    keys: own.map(({ KeyMetadata: key }) => key?.KeyId),
  };
}

test("destroy leaves nothing, keys that wait for their deletion apart", async () => {
  const { address } = deployedCloud();
  const before = await inventory(clientSettings(address));
  const kinds = Object.keys(before);
  expect(kinds.filter((kind) => before[kind]?.length === 0)).toEqual([]);
  await destroy(bench(), address);
  const nothing = Object.fromEntries(kinds.map((kind) => [kind, []]));
  await expect(inventory(clientSettings(address))).resolves.toEqual(nothing);
}, 150_000);
