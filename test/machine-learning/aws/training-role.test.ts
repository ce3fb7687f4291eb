import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable, type TerraformStack } from "cdktf";
import { AwsKey } from "../../../lib/encryption/aws/key";
import { ecrRepositoryArn } from "../../../lib/machine-learning/aws/ecr-image";
import { TrainingRole, type TrainingRoleProps } from "../../../lib/machine-learning/aws/training-role";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { filesOf, synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { ACCOUNT, awsStack, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";
import { policiesOf, statementsOf } from "../../support/policies";

const IMAGE = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/team/trainer:1`;
const props: TrainingRoleProps = { jobNamePrefix: "demand", image: IMAGE };

const roleWith = (options: Partial<TrainingRoleProps> = {}, environment: typeof PROD | "undeclared" = PROD): Template =>
  templateOf((stack) => {
    new TrainingRole(stack, "training", { ...props, ...options });
  }, environment);

const ACCOUNT_OF_ROLE = "${element(split(':', aws_iam_role.training_Role_5A773650.arn), 4)}";
const logs = (region: string) => {
  const group = `arn:aws:logs:${region}:${ACCOUNT_OF_ROLE}:log-group:/aws/sagemaker/TrainingJobs`;
  return [
    { Effect: "Allow", Action: ["logs:CreateLogGroup", "logs:DescribeLogStreams"], Resource: [group, `${group}:*`] },
    {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: [`${group}:log-stream:demand-*`],
    },
  ];
};
const METRICS = {
  Effect: "Allow",
  Action: ["cloudwatch:PutMetricData"],
  Resource: ["*"],
  Condition: { StringEquals: { "cloudwatch:namespace": "/aws/sagemaker/TrainingJobs" } },
};

describe("a training role", () => {
  test("is assumed by SageMaker for the jobs of its prefix alone", () => {
    const trust = (template: Template) => statementsOf(template.only(IamRole).get("assume_role_policy"));
    expect(trust(roleWith())).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "sagemaker.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: { "aws:SourceArn": `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:training-job/demand-*` },
          StringEquals: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
    expect(trust(roleWith({}, "undeclared")).map(({ Condition }) => Condition)).toEqual([
      { ArnLike: { "aws:SourceArn": "arn:aws:sagemaker:*:*:training-job/demand-*" } },
    ]);
  });

  test("pulls its image and writes logs and metrics, and nothing else", () => {
    expect(policiesOf(roleWith(), [IamRolePolicy])).toEqual([
      ...logs("eu-west-1"),
      METRICS,
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
      {
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        Resource: [`arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/team/trainer`],
      },
    ]);
  });

  test("pulls nothing for an image of another registry, and logs in any region where none is declared", () => {
    expect(policiesOf(roleWith({ image: "registry.acme.com/trainer:1" }, "undeclared"), [IamRolePolicy])).toEqual([
      ...logs("*"),
      METRICS,
    ]);
  });

  test("pulls from a repository that Terraform alone knows", () => {
    const repositoryArn = `arn:aws:ecr:us-east-1:${ACCOUNT}:repository/other`;
    const template = templateOf((stack) => {
      const image = `${new TerraformVariable(stack, "repository", {}).stringValue}:1`;
      new TrainingRole(stack, "training", { ...props, image, repositoryArn });
    });
    expect(policiesOf(template, [IamRolePolicy]).at(-1)?.Resource).toEqual([repositoryArn]);
  });

  test("handles interfaces in a network of yours alone", () => {
    const network = { subnetIds: ["subnet-0abc"], securityGroupIds: ["sg-0abc"] };
    const ofNetwork = policiesOf(roleWith({ network }), [IamRolePolicy]).slice(-2);
    expect(ofNetwork).toEqual([
      {
        Effect: "Allow",
        Action: [
          "ec2:CreateNetworkInterface",
          "ec2:DescribeDhcpOptions",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcs",
        ],
        Resource: ["*"],
      },
      {
        Effect: "Allow",
        Action: [
          "ec2:CreateNetworkInterfacePermission",
          "ec2:DeleteNetworkInterface",
          "ec2:DeleteNetworkInterfacePermission",
        ],
        Resource: [`arn:aws:ec2:eu-west-1:${ACCOUNT_OF_ROLE}:network-interface/*`],
      },
    ]);
    expect(JSON.stringify(policiesOf(roleWith(), [IamRolePolicy]))).not.toContain("ec2:");
  });

  test("reads and writes the folders it is given, their key included", () => {
    const template = templateOf((stack) => {
      const encryption = BucketEncryption.key(new AwsKey(stack, "key"));
      const data = new AwsBucket(stack, "data");
      const models = new AwsBucket(stack, "models", { encryption });
      new TrainingRole(stack, "training", {
        ...props,
        reads: [{ bucket: data, prefix: "labelled/" }],
        writes: [{ bucket: models, prefix: "models/" }],
      });
    });
    const resourceOf = (action: string) =>
      policiesOf(template, [IamRolePolicy]).find(({ Action }) => Action.includes(action))?.Resource;
    expect(resourceOf("s3:GetObject")).toEqual(["${aws_s3_bucket.data_7E2128CA.arn}/labelled/*"]);
    expect(resourceOf("s3:PutObject")).toEqual(["${aws_s3_bucket.models_3A8DAD06.arn}/models/*"]);
    expect(resourceOf("kms:GenerateDataKey")).toEqual(["${aws_kms_key.key_FEDD6EC0.arn}"]);
  });

  test("reads the data of another stack", () => {
    const app = synthApp((app) => {
      const data = new AwsBucket(awsStack(app, "from", PROD), "data");
      new TrainingRole(awsStack(app, "to", PROD), "training", { ...props, reads: [{ bucket: data }] });
    });
    expect(app.dependencies("to")).toEqual(["from"]);
    expect(app.dependencies("from")).toEqual([]);
  });

  test("takes its name, its tags and a provider", () => {
    const app = synthApp((app) => {
      const stack = awsStack(app, "lake", PROD);
      const provider = new AwsProvider(stack, "audit", { alias: "audit" });
      new TrainingRole(stack, "training", { ...props, roleName: "demand", tags: { owner: "demand" }, provider });
    });
    const template = Template.of(app.stack("lake"));
    expect(template.only(IamRole).attributes).toMatchObject({
      name: "demand",
      provider: "aws.audit",
      tags: { CostCenter: "Data 42", Environment: "prod", Owner: "demand" },
    });
    // a provider of its own may belong to another account
    expect(template.only(IamRole).get("assume_role_policy")).toContain("arn:aws:sagemaker:*:*:training-job/demand-*");
    expect(template.only(IamRolePolicy).get("provider")).toBe("aws.audit");
  });

  test("keeps its addresses and is the same at every synth", () => {
    expect(roleWith().addresses()).toEqual([
      "aws_iam_role.training_Role_5A773650",
      "aws_iam_role_policy.training_Role_train-training-50900a98_E1426FAD",
    ]);
    expect(roleWith().only(IamRole).get("name")).toMatch(/^lake-training-[0-9a-f]{8}$/);
    const json = (): string => {
      const app = synthApp((app) => {
        new TrainingRole(awsStack(app, "lake"), "training", props);
      });
      return JSON.stringify(filesOf(app.stack("lake")).json);
    };
    expect(json()).toBe(json());
  });
});

describe("a training role fails", () => {
  test("with all problems at once", () => {
    const build = (): Template =>
      roleWith({
        jobNamePrefix: "Demand",
        image: 7 as never,
        repositoryArn: "trainer",
        reads: [{ bucket: "data" as never, prefix: "/labelled" }],
        writes: ["models" as never],
        network: { subnetIds: [], securityGroupIds: [] },
        roleName: "no spaces",
        tags: { "Bad Key": "x" },
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/training has 10 problems",
        '  jobNamePrefix must be 1-32 lower-case letters, digits or hyphens that begin and end with a letter or digit, got "Demand"',
        "  image must be a string, got 7",
        '  repositoryArn must be the ARN of a repository of ECR, got "trainer"',
        '  reads[0].bucket must be a bucket of AWS, got "data"',
        '  reads[0].prefix must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/labelled"',
        '  writes[0] must be an object, got "models"',
        "  network.subnetIds must be 1 to 16 ids, got 0",
        "  network.securityGroupIds must be 1 to 5 ids, got 0",
        '  roleName must be 1-64 letters, digits or any of +=,.@_-, got "no spaces"',
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "bad key", got "Bad Key"',
      ),
    );
  });

  test("with an image that is a token, and no repository", () => {
    const build = (): Template =>
      templateOf((stack: TerraformStack) => {
        new TrainingRole(stack, "training", { ...props, image: new TerraformVariable(stack, "image", {}).stringValue });
      });
    expect(messageOf(build)).toBe(
      lines(
        "lake/training has 1 problem",
        "  repositoryArn must be given with an image that is a token, got undefined",
      ),
    );
  });
});

describe("an image of ECR", () => {
  test.each([
    ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/trainer", "arn:aws:ecr:eu-west-1:123456789012:repository/trainer"],
    ["123456789012.dkr.ecr.eu-west-1.amazonaws.com/a/b:1.0", "arn:aws:ecr:eu-west-1:123456789012:repository/a/b"],
    [
      `123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/a@sha256:${"0".repeat(64)}`,
      "arn:aws-us-gov:ecr:us-gov-west-1:123456789012:repository/a",
    ],
    ["123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/a:1", "arn:aws-cn:ecr:cn-north-1:123456789012:repository/a"],
    ["registry.acme.com/123456789012/trainer:1", undefined],
    ["public.ecr.aws/docker/python:3", undefined],
    ["trainer:1", undefined],
  ])("%s lies in %s", (image, arn) => {
    expect(ecrRepositoryArn(image)).toBe(arn);
  });
});
