import { Construct } from "constructs";
import { given, having, isToken, keyPrefix, matching, objects, problem, text } from "../../core/checks";
import { environmentOf } from "../../core/environment";
import { assertValid } from "../../core/errors";
import type { Grantee } from "../../core/grant";
import { nameProblems, physicalName } from "../../core/names";
import { place, type PlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import type { AwsPrincipal } from "../../identity/aws/principal";
import { AwsRole, ROLE_NAME } from "../../identity/aws/role";
import { trustService, type Trust } from "../../identity/aws/trust";
import type { IAwsBucket } from "../../storage/aws/bucket";
import { jobNamePrefixProblems } from "../job-name";
import type { AwsTrainingRoleRef } from "../references";
import { networkProblems, type TrainingNetwork } from "../training";
import { ecrRepositoryArn } from "./ecr-image";
import { trainingStatements } from "./training-statements";

/** A folder of a bucket. */
export interface BucketFolder {
  readonly bucket: IAwsBucket;
  /** Key prefix such as `labelled/`; literal. @default - the whole bucket */
  readonly prefix?: string;
}

/** What training jobs run as. */
export interface TrainingRoleProps extends PlacementProps {
  /** Only jobs whose names begin with it and a hyphen may run as the role. */
  readonly jobNamePrefix: string;
  /** URI of the image of the training container. */
  readonly image: string;
  /** The image's repository in ECR, needed where the image is a token. @default - what the image says; none for another registry */
  readonly repositoryArn?: string;
  /** What the jobs read: data, manifests, checkpoints. @default - nothing */
  readonly reads?: readonly BucketFolder[];
  /** Where the jobs write: models, checkpoints. @default - nowhere */
  readonly writes?: readonly BucketFolder[];
  /** The network that the instances stand in. @default - none of yours */
  readonly network?: TrainingNetwork;
  /** @default - derived from the construct path */
  readonly roleName?: string;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** The execution role of training jobs of SageMaker: their data, their image, their logs and metrics, and nothing else. */
export class TrainingRole extends Construct implements AwsTrainingRoleRef, Grantee<AwsPrincipal> {
  public readonly roleArn: string;
  public readonly roleName: string;
  public readonly jobNamePrefix: string;
  public readonly role: AwsRole;
  public readonly grantPrincipal: AwsPrincipal;

  public constructor(scope: Construct, id: string, props: TrainingRoleProps) {
    super(scope, id);
    assertValid(this, [...place(this, "aws", props), ...roleProblems(props)]);
    const { jobNamePrefix, reads = [], writes = [], roleName, provider, tags } = props;
    this.jobNamePrefix = jobNamePrefix;
    this.role = new AwsRole(this, "Role", {
      trust: trustJobs(this, props),
      description: `Training jobs of ${jobNamePrefix}`,
      roleName: roleName ?? physicalName(this, ROLE_NAME),
      provider,
      tags,
    });
    this.grantPrincipal = this.role;
    this.roleArn = this.role.roleArn;
    this.roleName = this.role.roleName;
    for (const { bucket, prefix } of reads) bucket.grants.read(this, { prefix });
    for (const { bucket, prefix } of writes) bucket.grants.write(this, { prefix });
    this.allowTraining(props);
  }

  private allowTraining(props: TrainingRoleProps): void {
    const { jobNamePrefix, image, repositoryArn, network } = props;
    const statements = trainingStatements({
      roleArn: this.roleArn,
      region: declared(this, props)?.region ?? "*",
      jobNamePrefix,
      repositoryArn: repositoryArn ?? ecrRepositoryArn(image),
      inNetwork: network !== undefined,
    });
    this.role.allow({ verb: "train", target: this.node.path }, statements);
  }
}

/** Region and account of the environment; a provider of the role's own may belong to other ones. */
const declared = (
  scope: Construct,
  { provider }: PlacementProps,
): { readonly region: string; readonly accountId: string } | undefined =>
  provider === undefined ? environmentOf(scope)?.aws : undefined;

/**
 * SageMaker names the job that it assumes the role for.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
function trustJobs(scope: Construct, props: TrainingRoleProps): Trust {
  const place = declared(scope, props);
  const jobs = `arn:aws:sagemaker:${place?.region ?? "*"}:${place?.accountId ?? "*"}:training-job/${props.jobNamePrefix}-*`;
  return trustService("sagemaker.amazonaws.com", { sourceArn: jobs, sourceAccount: place?.accountId });
}

const roleProblems = (props: TrainingRoleProps): string[] => [
  ...jobNamePrefixProblems("jobNamePrefix", props.jobNamePrefix),
  ...text("image", props.image),
  ...repositoryProblems(props),
  ...(["reads", "writes"] as const).flatMap((name) =>
    given(props[name], (folders) => objects(name, folders, folderProblems)),
  ),
  ...given(props.network, (network) => networkProblems("network", network)),
  ...given(props.roleName, (name) => nameProblems("roleName", name, ROLE_NAME)),
  ...tagProblems("tags", props.tags),
];

const folderProblems = ({ bucket, prefix }: BucketFolder, path: string): readonly string[] => [
  ...having(`${path}.bucket`, bucket, "grants", "a bucket of AWS"),
  ...given(prefix, (value) => keyPrefix(`${path}.prefix`, value)),
];

/** Which repository a token will name is not known when the policy is written. */
const repositoryProblems = ({ image, repositoryArn }: TrainingRoleProps): readonly string[] =>
  repositoryArn === undefined
    ? isToken(image)
      ? [problem("repositoryArn", "given with an image that is a token", repositoryArn)]
      : []
    : matching(
        "repositoryArn",
        repositoryArn,
        /^arn:aws[a-z-]*:ecr:[a-z0-9-]+:\d{12}:repository\/[^*\s]+$/,
        "the ARN of a repository of ECR",
      );
