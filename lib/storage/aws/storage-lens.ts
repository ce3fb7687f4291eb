import { S3ControlStorageLensConfiguration } from "@cdktf/provider-aws/lib/s3control-storage-lens-configuration";
import { Construct } from "constructs";
import { flag, given, having, list, literal, matching, oneOf, problem } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { AWS_REGION } from "../../core/regions";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import type { AwsBucketRef } from "../references";

/** How much Storage Lens looks at. */
export const LensMetrics = {
  /** What is stored where, in which class: free, kept for 14 days. */
  USAGE: "usage",
  /** Also what is read, and what could cost less: billed by the number of objects, kept for 15 months. */
  ACTIVITY: "activity",
} as const;
export type LensMetrics = (typeof LensMetrics)[keyof typeof LensMetrics];

/** A dashboard of Storage Lens over the buckets of the account. */
export interface StorageLensProps extends AwsPlacementProps {
  /** @default - derived from the construct path */
  readonly configurationId?: string;
  /** What finds data in a tier that does not fit how it is read is `ACTIVITY`. @default LensMetrics.USAGE */
  readonly metrics?: LensMetrics;
  /** @default - every bucket of the account */
  readonly buckets?: readonly AwsBucketRef[];
  /** Regions such as `eu-west-1`. @default - every region */
  readonly regions?: readonly string[];
  /** Whether the metrics are published to CloudWatch too; takes `ACTIVITY`. @default false */
  readonly cloudWatch?: boolean;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

const CONFIGURATION_ID: NameRule = {
  rule: "1-64 letters, digits or any of _.-",
  pattern: /^[A-Za-z0-9_.-]{1,64}$/,
  maximum: 64,
  source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_StorageLensConfiguration.html",
};

/** What S3 measures of all its buckets together: how much lies in which class and, with `ACTIVITY`, how much of it is read. */
export class StorageLens extends Construct {
  public readonly configurationArn: string;
  public readonly resource: S3ControlStorageLensConfiguration;

  public constructor(scope: Construct, id: string, props: StorageLensProps = {}) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...lensProblems(props)]);
    const { configurationId = physicalName(this, CONFIGURATION_ID), buckets, regions } = props;
    const measured = props.metrics === LensMetrics.ACTIVITY ? ACTIVITY : {};
    this.resource = new S3ControlStorageLensConfiguration(
      this,
      "Resource",
      placed(this, {
        configId: configurationId,
        storageLensConfiguration: {
          enabled: true,
          accountLevel: { ...measured, bucketLevel: measured },
          ...((buckets ?? regions) && {
            include: { buckets: buckets?.map(({ bucketArn }) => bucketArn), regions: regions && [...regions] },
          }),
          ...(props.cloudWatch === true && { dataExport: { cloudWatchMetrics: { enabled: true } } }),
        },
        ...tagsFor(this, props.tags),
      }),
    );
    this.configurationArn = this.resource.arn;
  }
}

const ON = { enabled: true };
const ACTIVITY = {
  activityMetrics: ON,
  advancedCostOptimizationMetrics: ON,
  advancedDataProtectionMetrics: ON,
  detailedStatusCodeMetrics: ON,
};

const lensProblems = (props: StorageLensProps): readonly string[] => [
  ...given(props.configurationId, (id) => [
    ...literal("configurationId", id),
    ...nameProblems("configurationId", id, CONFIGURATION_ID),
  ]),
  ...given(props.metrics, (metrics) => oneOf("metrics", metrics, Object.values(LensMetrics))),
  ...given(props.buckets, (buckets) => [
    ...list("buckets", buckets, (bucket, path) => having(path, bucket, "bucketArn", "a bucket of AWS")),
    ...notEmpty("buckets", buckets),
  ]),
  ...given(props.regions, (regions) => [
    ...list("regions", regions, (region, path) => matching(path, region, AWS_REGION.pattern, AWS_REGION.rule)),
    ...notEmpty("regions", regions),
  ]),
  ...given(props.cloudWatch, (cloudWatch) => flag("cloudWatch", cloudWatch)),
  ...(props.cloudWatch === true && props.metrics !== LensMetrics.ACTIVITY
    ? [problem("metrics", "ACTIVITY, because usage alone is not published to CloudWatch", props.metrics)]
    : []),
  ...tagProblems("tags", props.tags),
];

/** An empty list would measure everything. */
const notEmpty = (path: string, value: readonly unknown[]): readonly string[] =>
  Array.isArray(value) && value.length === 0 ? [problem(path, "at least one, or not given for all", value)] : [];
