import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { gzipSync } from "node:zlib";

/** Copies in a bucket, one compressed object a batch. No encryption is asked for: the bucket's own applies. */
export class RawCopies {
  public constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  public async write(key: string, lines: readonly string[]): Promise<void> {
    const Body = gzipSync(`${lines.join("\n")}\n`);
    const kind = { ContentType: "application/x-ndjson", ContentEncoding: "gzip" };
    await this.client.send(new PutObjectCommand({ Bucket: this.bucket, Key: key, Body, ...kind }));
  }
}
