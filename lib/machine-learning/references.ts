/** The role that training jobs run as, own or referred to: who starts a job passes it, and never assumes it. */
export interface AwsTrainingRoleRef {
  readonly roleArn: string;
  /** The jobs that may run as it have names that begin with this and a hyphen. @default - any */
  readonly jobNamePrefix?: string;
}
