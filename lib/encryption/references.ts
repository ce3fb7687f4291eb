/** A KMS key of AWS, own or referred to. */
export interface AwsKeyRef {
  readonly keyArn: string;
}
