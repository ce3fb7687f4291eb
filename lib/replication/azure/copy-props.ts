import type { Tags } from "../../core/tags";
import type { AzurePlacementProps } from "../../identity/azure/placement";
import type { Monitoring } from "../../monitoring/alarm";
import type { AwsBucketRef, AzureBucketRef } from "../../storage/references";
import type { CopiedObjects } from "../prefixes";
import type { AzureCopyFactory } from "./copy-factory";
import type { CopyTiming } from "./copy-trigger";
import type { S3AccessKeyRef } from "./s3-key";

/** Copies of what is in a bucket of S3, made by Data Factory, hour by hour. */
export interface S3ToAzureCopyProps extends CopiedObjects, CopyTiming, AzurePlacementProps {
  /** A bucket of S3, in any region and account. */
  readonly source: AwsBucketRef;
  /** A container of Azure, which keeps the keys of the copies as the source has them. */
  readonly destination: AzureBucketRef;
  /** By which the source is read; its user on AWS needs what `readerPolicy` of the copy says. */
  readonly accessKey: S3AccessKeyRef;
  /** Before the keys of the copies; ends in `/`. @default - copies keep their keys */
  readonly targetPrefix?: string;
  /** The factory that copies. @default - one of its own, with every default */
  readonly factory?: AzureCopyFactory;
  /** Runs that fail, told to whom. @default - the environment's route, where it names action groups */
  readonly monitoring?: Monitoring;
  /** Of its own factory. @default - the environment's tags */
  readonly tags?: Tags;
}
