import { arnPart } from "../../identity/aws/arn";
import type { AwsStatement } from "../../identity/aws/statement";

/** Where SageMaker writes the logs and metrics of training jobs. https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html */
const TRAINING_JOBS = "/aws/sagemaker/TrainingJobs";

/** What a training role is about. */
export interface TrainingScope {
  readonly roleArn: string;
  /** Region of the jobs; `*` where it is not declared. */
  readonly region: string;
  readonly jobNamePrefix: string;
  /** Repository of the image in ECR, if it lies there. */
  readonly repositoryArn: string | undefined;
  readonly inNetwork: boolean;
}

/**
 * What a training job does besides reading and writing its data.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createtrainingjob-perms
 */
export const trainingStatements = (scope: TrainingScope): readonly AwsStatement[] => [
  ...logs(scope),
  metrics,
  ...(scope.repositoryArn === undefined ? [] : image(scope.repositoryArn)),
  ...(scope.inNetwork ? network(scope) : []),
];

/** The log group is one for all jobs of the account; the streams begin with the job's name. */
function logs({ roleArn, region, jobNamePrefix }: TrainingScope): readonly AwsStatement[] {
  const group = `arn:aws:logs:${region}:${arnPart(roleArn, "account")}:log-group:${TRAINING_JOBS}`;
  return [
    { actions: ["logs:CreateLogGroup", "logs:DescribeLogStreams"], resources: [group, `${group}:*`] },
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [`${group}:log-stream:${jobNamePrefix}-*`] },
  ];
}

const metrics: AwsStatement = {
  actions: ["cloudwatch:PutMetricData"],
  resources: ["*"],
  condition: { StringEquals: { "cloudwatch:namespace": TRAINING_JOBS } },
};

const image = (repositoryArn: string): readonly AwsStatement[] => [
  { actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
  {
    actions: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
    resources: [repositoryArn],
  },
];

/** Interfaces that SageMaker puts into the network. https://docs.aws.amazon.com/sagemaker/latest/dg/train-vpc.html */
const network = ({ roleArn, region }: TrainingScope): readonly AwsStatement[] => [
  {
    actions: [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
    ],
    resources: ["*"],
  },
  {
    actions: [
      "ec2:CreateNetworkInterfacePermission",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteNetworkInterfacePermission",
    ],
    resources: [`arn:aws:ec2:${region}:${arnPart(roleArn, "account")}:network-interface/*`],
  },
];
