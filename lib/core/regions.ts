/**
 * The form of an AWS region's name; which ones there are grows every year.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export const AWS_REGION = {
  pattern: /^[a-z]{2}(-[a-z]+){1,3}-\d$/,
  rule: "a region such as eu-west-1",
} as const;
