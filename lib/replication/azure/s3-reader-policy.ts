import type { AwsBucketRef } from "../../storage/references";

/**
 * What an access key's user must be allowed on AWS to read some prefixes, as an IAM policy: there is nobody on this side
 * who could be granted it. https://learn.microsoft.com/azure/data-factory/connector-amazon-simple-storage-service#required-permissions
 */
export const s3ReaderPolicy = ({ bucketArn, keyArn, region }: AwsBucketRef, prefixes: readonly string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:GetObjectVersion"],
        Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
      },
      { Effect: "Allow", Action: ["s3:GetBucketLocation", "s3:ListBucket"], Resource: [bucketArn] },
      ...(keyArn === undefined
        ? []
        : [
            {
              Effect: "Allow",
              Action: ["kms:Decrypt"],
              Resource: [keyArn],
              Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
            },
          ]),
    ],
  });
