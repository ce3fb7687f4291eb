import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client();

/** Removes an object that nobody needs; its versions stay. */
export async function handler({ key }: { readonly key: string }): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: process.env["INPUT"], Key: key }));
}
