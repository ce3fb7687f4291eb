import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import type { Construct } from "constructs";
import { matching } from "../../core/checks";
import { environmentOf } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { place, placed, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { GoogleTransferAccess } from "../../replication/aws/google-transfer-access";
import { AwsBucket } from "../../storage/aws/bucket";
import type { BucketEncryption } from "../../storage/aws/encryption";
import type { Zone } from "../../storage/zones";
import type { LakeCloud } from "./lake-cloud";

/** A lake on S3. */
export interface LakeOnAwsProps extends AwsPlacementProps {
  /** First part of the buckets' names: `acme` makes `acme-raw-dev` in the environment `dev`. */
  readonly name: string;
  /** Of every bucket. @default BucketEncryption.s3Managed() */
  readonly encryption?: BucketEncryption;
  /** Buckets that are there already, each as one zone. @default - none */
  readonly buckets?: Partial<Readonly<Record<Zone, AwsBucket>>>;
  /**
   * Folder of the SSM parameters that hold the lake's logical paths: `/acme/lake` makes `/acme/lake/raw_data`. Airflow
   * reads them as variables from `/airflow/variables`. @default - no parameters
   */
  readonly parameterFolder?: string;
}

/** Puts a lake on S3: a bucket a zone. */
export const onAws = ({
  name,
  encryption,
  buckets,
  parameterFolder,
  region,
  provider,
}: LakeOnAwsProps): LakeCloud<"aws", AwsBucket> => ({
  cloud: "aws",
  buckets,
  bucket: (scope, zone, props) =>
    new AwsBucket(scope, zone, {
      ...props,
      tags: { ...props.tags, zone },
      bucketName: [name, zone, ...environmentName(scope)].join("-"),
      encryption,
      region,
      provider,
    }),
  pathOf: ({ bucketName }) => `s3://${bucketName}/`,
  openToGoogle: (scope, zone, source, subjectId) => ({
    source,
    trust: new GoogleTransferAccess(scope, `${zone}-to-google`, { source, subjectId, provider }),
  }),
  publish: (scope, paths) => {
    if (parameterFolder !== undefined) publishPaths(scope, paths, parameterFolder, { region, provider });
  },
});

/** Two environments in one app must not meet in a name that all of AWS shares. */
const environmentName = (scope: Construct): readonly string[] => {
  const name = environmentOf(scope)?.name;
  return name === undefined ? [] : [name];
};

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html; the leaf is the 15th level */
const FOLDER = /^(?!\/(aws|ssm))(\/[A-Za-z0-9_.-]+){1,14}$/i;

function publishPaths(
  scope: Construct,
  paths: Readonly<Record<string, string>>,
  folder: string,
  placement: AwsPlacementProps,
): void {
  const rule = "a folder of parameters such as /acme/lake, of 14 levels at most, not below /aws or /ssm";
  assertValid(scope, [...place(scope, "aws", placement), ...matching("parameterFolder", folder, FOLDER, rule)]);
  for (const [name, value] of Object.entries(paths))
    new SsmParameter(
      scope,
      `Path-${name}`,
      placed(scope, { name: `${folder}/${name}`, type: "String", value, ...tagsFor(scope) }),
    );
}
