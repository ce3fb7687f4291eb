/** A queue of SQS as other constructs are given it: identifiers only. */
export interface AwsQueueRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly queueName: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly region: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
  /** The customer-managed key of its messages. */
  readonly keyArn?: string;
}

/** A data stream of Kinesis as other constructs are given it: identifiers only. */
export interface KinesisStreamRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly streamName: string;
  readonly streamArn: string;
  readonly region: string;
  /** The account, where it is known as a literal. */
  readonly accountId?: string;
  /** The customer-managed key of its records. */
  readonly keyArn?: string;
  /** How long a record stays. */
  readonly retentionHours: number;
}

/** A queue of Azure Storage as other constructs are given it: identifiers only. */
export interface AzureQueueRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly queueName: string;
  /** Its resource id, the scope of what is granted on it. */
  readonly queueId: string;
}
