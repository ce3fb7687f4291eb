export type { AwsKeyPolicyRef, AwsKeyRef, AwsKeyUse, AwsKeyUser, AwsServiceKeyUse } from "./references";
