import { isToken, problem } from "../../core/checks";

/** Operators, keys and values of an IAM condition: `{ StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }`. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** What is allowed on what. There is no Deny here: grants only add. */
export interface AwsStatement {
  /** Such as `s3:GetObject`, without a wildcard; at least one. */
  readonly actions: readonly string[];
  /** ARNs or patterns of them; `*` only for actions that know no resource. At least one. */
  readonly resources: readonly string[];
  /** @default - none */
  readonly condition?: Condition;
}

/**
 * Actions that IAM knows only for every resource, so that `"*"` as their resource is not too much.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const RESOURCELESS: ReadonlySet<string> = new Set([
  "cloudwatch:PutMetricData",
  "ec2:CreateNetworkInterface",
  "ec2:DescribeDhcpOptions",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "ecr:GetAuthorizationToken",
  "sagemaker:ListTrainingJobs",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
]);

/** An action with a wildcard, every resource for an action that can be limited, and a statement of nothing are refused. */
export function statementProblems(path: string, { actions, resources }: AwsStatement): string[] {
  const empty = Object.entries({ actions, resources })
    .filter(([, entries]) => entries.length === 0)
    .map(([name, entries]) => problem(`${path}.${name}`, "at least one", entries));
  const wild = actions
    .filter((action) => !isToken(action) && /[*?]/.test(action))
    .map((action) => problem(`${path}.actions`, "actions without a wildcard", action));
  const unlimited = resources.includes("*")
    ? actions
        .filter((action) => !RESOURCELESS.has(action))
        .map((action) => problem(`${path}.resources`, `the ARNs that ${action} is for`, "*"))
    : [];
  return [...empty, ...wild, ...unlimited];
}

/** A policy document of Allow statements, as IAM takes it. */
export const policyDocument = (statements: readonly AwsStatement[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resources, condition }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      ...(condition && { Condition: condition }),
    })),
  });
