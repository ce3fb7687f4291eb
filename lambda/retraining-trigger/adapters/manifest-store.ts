import { PutObjectCommand, S3ServiceException, type S3Client } from "@aws-sdk/client-s3";
import type { ManifestStore } from "../ports";

/** Manifests in a bucket. No encryption is asked for: the bucket's own applies. */
export class S3Manifests implements ManifestStore {
  public constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  /** The key says what the manifest holds, so one that is there already is the same and a job may be reading it. */
  public async write(key: string, text: string): Promise<void> {
    const object = { Bucket: this.bucket, Key: key, Body: text, ContentType: "application/json", IfNoneMatch: "*" };
    try {
      await this.client.send(new PutObjectCommand(object));
    } catch (error) {
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 412) throw error;
    }
  }
}
