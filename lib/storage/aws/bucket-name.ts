import type { NameRule } from "../../core/names";

/** What an S3 bucket may be called; neither `terraform validate` nor `plan` refuses a wrong name. */
export const BUCKET_NAME: NameRule = {
  rule: "3-63 lower-case letters, digits, dots or hyphens",
  pattern:
    /^(?!xn--)(?!sthree-)(?!.*\.\.)(?!\d+\.\d+\.\d+\.\d+$)(?!.*(?:-s3alias|--ol-s3|--x-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  maximum: 63,
  sharedIn: "aws",
  source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
};
