/** `<account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>`, or `@<digest>`, in any partition. */
const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?\/([a-z0-9][a-z0-9._/-]*)(?:[:@]\S+)?$/;

/** The ARN of the repository that an image of ECR lies in; undefined for an image of another registry. */
export function ecrRepositoryArn(image: string): string | undefined {
  const [, account, region, china, repository] = ECR_IMAGE.exec(image) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return undefined;
  return `arn:${partitionOf(region, china)}:ecr:${region}:${account}:repository/${repository}`;
}

const partitionOf = (region: string, china: string | undefined): string =>
  china !== undefined ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
