import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaFunction, type LambdaFunctionConfig } from "@cdktf/provider-aws/lib/lambda-function";
import type { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { AssetType, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { given, having, matching } from "../../core/checks";
import { assertValid } from "../../core/errors";
import type { Grantee } from "../../core/grant";
import { nameProblems, physicalName } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import type { AwsKeyRef } from "../../encryption/references";
import type { AwsPrincipal } from "../../identity/aws/principal";
import { AwsRole } from "../../identity/aws/role";
import { trustService } from "../../identity/aws/trust";
import type { AwsObjectsCreated } from "../../storage/references";
import type { KinesisDataStream } from "../../streaming/aws/kinesis-data-stream";
import type { AwsQueue } from "../../streaming/aws/queue";
import type { HandlerCode } from "../handler-code";
import { asyncFailures, type AsyncFailureOptions } from "./async-failures";
import { EventRuleSource, type EventRuleOptions } from "./event-rule-source";
import { environmentProblems } from "./function-environment";
import { FunctionGrants } from "./function-grants";
import { FUNCTION_NAME, LOG_RETENTION_DAYS, numberProblems, retentionProblems } from "./function-limits";
import { allowLogs, allowTraces, functionLogs } from "./function-logs";
import { FunctionMetrics } from "./function-metrics";
import { FunctionSchedule, type ScheduleOptions } from "./function-schedule";
import { addSource, type EventSource, type EventSourceOptions } from "./function-sources";
import type { ObjectEventSource, ObjectEventSourceOptions } from "./object-event-source";
import type { QueueEventSource, QueueEventSourceOptions } from "./queue-event-source";
import type { StreamEventSource, StreamEventSourceOptions } from "./stream-event-source";
import { architectureProblems, FunctionArchitecture, FunctionRuntime, runtimeProblems } from "./runtime";

/** A function of Lambda on Node.js: traced, with JSON logs of its own and a role without wildcards. */
export interface NodeFunctionProps extends AwsPlacementProps {
  /** `bundle(__dirname, { enrich: "enrich.ts" }).enrich`, or `HandlerCode.zip("dist/enrich.zip")` */
  readonly code: HandlerCode;
  /** @default - derived from the construct path */
  readonly functionName?: string;
  /** What it is for, at most 256 characters. @default - none */
  readonly description?: string;
  /** Its variables; no secrets, they are readable to whoever reads the function. @default - none */
  readonly environment?: Readonly<Record<string, string>>;
  /** The key of its variables. @default - the one that Lambda keeps */
  readonly environmentKey?: AwsKeyRef;
  /** @default FunctionRuntime.NODEJS_22 */
  readonly runtime?: FunctionRuntime;
  /** @default FunctionArchitecture.ARM64 */
  readonly architecture?: FunctionArchitecture;
  /** 128 to 10,240; the processor's share grows with it. @default 256 */
  readonly memoryMiB?: number;
  /** Longest run, 1 to 900 seconds. @default 30 */
  readonly timeoutSeconds?: number;
  /** Most runs at a time, taken out of the account's own number. @default - as many as the account has */
  readonly reservedConcurrency?: number;
  /** Days that its logs are kept, as CloudWatch has them. @default 400 */
  readonly logRetentionDays?: number;
  /** The key of its logs. @default - the one that CloudWatch keeps */
  readonly logKey?: AwsKeyRef;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The other resources of a function, each for overrides and moves. */
export interface NodeFunctionResources {
  readonly logs: CloudwatchLogGroup;
}

const DEFAULTS = { memoryMiB: 256, timeoutSeconds: 30 } as const;

/** A function of Lambda. It may do what its role is granted: `bucket.grants.read(enrich)`. */
export class NodeFunction extends Construct implements Grantee<AwsPrincipal> {
  public readonly path: string;
  public readonly functionName: string;
  public readonly functionArn: string;
  /** Longest run, in seconds. */
  public readonly timeoutSeconds: number;
  public readonly role: AwsRole;
  public readonly grantPrincipal: AwsPrincipal;
  public readonly grants: FunctionGrants;
  public readonly metrics: FunctionMetrics;
  public readonly resource: LambdaFunction;
  public readonly resources: NodeFunctionResources;
  private readonly placement: AwsPlacementProps;
  private readonly tags: Tags | undefined;

  public constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...functionProblems(this, props)]);
    this.placement = { region: props.region, provider: props.provider };
    this.tags = props.tags;
    const functionName = props.functionName ?? physicalName(this, FUNCTION_NAME);
    this.path = this.node.path;
    this.timeoutSeconds = props.timeoutSeconds ?? DEFAULTS.timeoutSeconds;
    const { region: _, ...global } = this.placement;
    this.role = new AwsRole(this, "Role", { trust: trustService("lambda.amazonaws.com"), tags: props.tags, ...global });
    this.grantPrincipal = this.role;
    this.resources = { logs: this.createLogs(functionName, props) };
    this.resource = this.createFunction(functionName, props);
    this.functionName = this.resource.functionName;
    this.functionArn = this.resource.arn;
    this.grants = new FunctionGrants(this, this.functionArn);
    this.metrics = new FunctionMetrics(this.functionName);
    allowLogs(this.role, this.path, this.resources.logs).before(this.resource);
    allowTraces(this.role, this.path).before(this.resource);
  }

  /**
   * Runs the function on new objects of a bucket, by way of a queue with dead letters.
   *
   * @throws ConstructValidationError for wrong options and for a source that it has already
   */
  public addEventSource(objects: AwsObjectsCreated, options?: ObjectEventSourceOptions): ObjectEventSource;
  /** Runs the function on the records of a stream, in the order of each partition key. */
  public addEventSource(stream: KinesisDataStream, options: StreamEventSourceOptions): StreamEventSource;
  /** Runs the function on the messages of a queue. */
  public addEventSource(queue: AwsQueue, options?: QueueEventSourceOptions): QueueEventSource;
  public addEventSource(
    source: EventSource,
    options?: EventSourceOptions,
  ): ObjectEventSource | StreamEventSource | QueueEventSource {
    return addSource(this, source, options, { ...this.placement, tags: this.tags });
  }

  /** Runs the function on events of a bus, one by one. Say with `onAsyncFailure` where failed runs go. */
  public addEventRule(id: string, options: EventRuleOptions): EventRuleSource {
    return new EventRuleSource(this, id, { ...options, ...this.placement, tags: this.tags, consumer: this });
  }

  /** Runs the function at a fixed rate. */
  public addSchedule(id: string, options: ScheduleOptions): FunctionSchedule {
    return new FunctionSchedule(this, id, { ...options, ...this.placement, target: this });
  }

  /** Where failed asynchronous runs go, those of a schedule for one; without it Lambda drops them after two more tries. */
  public onAsyncFailure(options: AsyncFailureOptions): LambdaFunctionEventInvokeConfig {
    return asyncFailures(this, options);
  }

  private createLogs(functionName: string, { logRetentionDays, logKey, tags }: NodeFunctionProps): CloudwatchLogGroup {
    const retentionDays = logRetentionDays ?? LOG_RETENTION_DAYS;
    return functionLogs(this, { functionName, retentionDays, key: logKey, tags });
  }

  private createFunction(functionName: string, props: NodeFunctionProps): LambdaFunction {
    const { path, codeHash, assetHash } = props.code.zipFor(this);
    const asset = new TerraformAsset(this, "Code", { path, type: AssetType.FILE, assetHash });
    return new LambdaFunction(
      this,
      "Resource",
      placed(this, {
        functionName,
        description: props.description,
        role: this.role.roleArn,
        filename: asset.path,
        sourceCodeHash: codeHash,
        handler: props.code.entry,
        ...machine(props),
        timeout: this.timeoutSeconds,
        ...(props.environment && { environment: { variables: { ...props.environment } } }),
        ...(props.environmentKey && { kmsKeyArn: props.environmentKey.keyArn }),
        tracingConfig: { mode: "Active" },
        loggingConfig: { ...LOGGING, logGroup: this.resources.logs.name },
        ...tagsFor(this, props.tags),
      }),
    );
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const DESCRIPTION = { pattern: /^.{0,256}$/s, rule: "a text of at most 256 characters" };

/** JSON, and of the runtime's own messages those that tell something. */
const LOGGING = { logFormat: "JSON", applicationLogLevel: "INFO", systemLogLevel: "INFO" };

const machine = ({
  runtime,
  architecture,
  memoryMiB,
  reservedConcurrency,
}: NodeFunctionProps): Partial<LambdaFunctionConfig> => ({
  runtime: runtime ?? FunctionRuntime.NODEJS_22,
  architectures: [architecture ?? FunctionArchitecture.ARM64],
  memorySize: memoryMiB ?? DEFAULTS.memoryMiB,
  ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
});

const functionProblems = (scope: Construct, props: NodeFunctionProps): readonly string[] => [
  ...codeProblems(scope, props.code),
  ...given(props.functionName, (name) => nameProblems("functionName", name, FUNCTION_NAME)),
  ...given(props.description, (description) =>
    matching("description", description, DESCRIPTION.pattern, DESCRIPTION.rule),
  ),
  ...given(props.environment, (environment) => environmentProblems("environment", environment)),
  ...given(props.environmentKey, (key) => having("environmentKey", key, "keyArn", "a key of KMS")),
  ...given(props.runtime, (runtime) => runtimeProblems("runtime", runtime)),
  ...given(props.architecture, (architecture) => architectureProblems("architecture", architecture)),
  ...numberProblems(props),
  ...given(props.logRetentionDays, (days) => retentionProblems("logRetentionDays", days)),
  ...given(props.logKey, (key) => having("logKey", key, "keyArn", "a key of KMS")),
  ...tagProblems("tags", props.tags),
];

function codeProblems(scope: Construct, code: HandlerCode): readonly string[] {
  const shape = having("code", code, "entry", "bundle(…).<name>, HandlerCode.bundled(…) or HandlerCode.zip(…)");
  return shape.length > 0 ? shape : code.problems(scope);
}
