import { Construct, type IConstruct } from "constructs";
import { isToken, problem } from "../../core/checks";
import { ConstructValidationError } from "../../core/errors";
import type { MetricRef } from "../../core/metric";
import { placementOf, type AwsPlacementProps } from "../../core/placement";
import { AwsMetric } from "../../monitoring/aws/metric";
import { SILENCE } from "../../monitoring/silence";
import type { AwsBucketRef } from "../../storage/references";
import { sortedTags, type ByTags } from "./object-tags";
import type { S3ReplicationRule } from "./rules";

const PERIOD_SECONDS = 300;

/** Where the metrics of a rule are published; all of them in the account of the source. */
export interface RuleStanding {
  readonly source: AwsPlacementProps;
  readonly destination: AwsPlacementProps;
  /** Whether both are one region: told by the regions or, where they are not known, by what both were given. */
  readonly together: boolean;
}

/** A source that stands in this app. */
type Source = AwsBucketRef & IConstruct;

/** Where the metrics of a source and a destination are. */
export function ruleStanding(source: Source, bucket: AwsBucketRef): RuleStanding {
  const beside = placementOf(source);
  const there = Construct.isConstruct(bucket) ? placementOf(bucket) : {};
  const alike = isToken(bucket.region) && there.region === beside.region && there.provider === beside.provider;
  const together = bucket.region === source.region || alike;
  return { source: beside, destination: together ? beside : { ...beside, region: bucket.region }, together };
}

/**
 * What CloudWatch knows of one rule of a replication.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
 */
export class S3RuleMetrics {
  private readonly dimensions: Readonly<Record<string, string>>;

  public constructor(
    source: AwsBucketRef,
    { id, destination }: S3ReplicationRule,
    private readonly standing: RuleStanding,
  ) {
    this.dimensions = {
      SourceBucket: source.bucketName,
      DestinationBucket: destination.bucket.bucketName,
      RuleId: id,
    };
  }

  /** Objects, delete markers and tags that S3 gave up to copy; published in the source's region, when there are some. */
  public operationsFailed(): AwsMetric {
    return this.metric(
      { metricName: "OperationsFailedReplication", statistic: "Sum", missingData: SILENCE.occurrences },
      this.standing.source,
    );
  }

  /** Objects, delete markers and tags that wait to be copied; published in the destination's region. */
  public operationsPending(): AwsMetric {
    return this.waiting("OperationsPendingReplication");
  }

  /** Bytes that wait to be copied; published in the destination's region. */
  public bytesPending(): AwsMetric {
    return this.waiting("BytesPendingReplication");
  }

  /** How far the copies are behind, in seconds; published in the destination's region. */
  public latencySeconds(): AwsMetric {
    return this.waiting("ReplicationLatency");
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html: an alarm keeps its state in silence. */
  private waiting(metricName: string): AwsMetric {
    return this.metric({ metricName, statistic: "Maximum", missingData: "ignore" }, this.standing.destination);
  }

  private metric(
    metric: Pick<MetricRef, "metricName" | "statistic" | "missingData">,
    placement: AwsPlacementProps,
  ): AwsMetric {
    return new AwsMetric(
      { namespace: "AWS/S3", dimensions: this.dimensions, periodSeconds: PERIOD_SECONDS, ...metric },
      placement,
    );
  }
}

/** Which of the rules to a bucket, where there are several. */
export interface RuleSelection extends ByTags {
  /** As the destination says it. @default - the only rule */
  readonly prefix?: string;
}

/** What CloudWatch knows of a replication, by its rules. */
export class S3ReplicationMetrics {
  public constructor(
    private readonly replication: IConstruct,
    private readonly source: Source,
    private readonly rules: readonly S3ReplicationRule[],
  ) {}

  /**
   * The metrics of the rule that copies to a bucket.
   *
   * @throws ConstructValidationError when no rule does, when several do, or when its metrics are off
   */
  public to(bucket: AwsBucketRef, selection: RuleSelection = {}): S3RuleMetrics {
    const chosen = this.rules.filter((rule) => isChosen(rule, bucket, selection));
    const [rule] = chosen;
    if (rule === undefined || chosen.length > 1 || rule.destination.metrics === false)
      throw new ConstructValidationError(this.replication.node.path, [
        problem(
          `metrics.to(${bucket.path})`,
          "one rule with metrics, told by prefix and objectTags",
          this.known(chosen),
        ),
      ]);
    return this.of(rule);
  }

  /** The metrics of a rule. */
  public of(rule: S3ReplicationRule): S3RuleMetrics {
    return new S3RuleMetrics(this.source, rule, ruleStanding(this.source, rule.destination.bucket));
  }

  private known(chosen: readonly S3ReplicationRule[]): string {
    return (chosen.length > 0 ? chosen : this.rules).map(({ id }) => id).join(", ");
  }
}

const isChosen = (
  { prefix, destination }: S3ReplicationRule,
  bucket: AwsBucketRef,
  { prefix: wanted, objectTags }: RuleSelection,
): boolean =>
  destination.bucket.path === bucket.path &&
  (wanted === undefined || wanted === prefix) &&
  (objectTags === undefined || JSON.stringify(sortedTags(destination)) === JSON.stringify(sortedTags({ objectTags })));
