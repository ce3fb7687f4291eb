export type {
  AwsKeyPolicyRef,
  AwsKeyRef,
  AwsKeyUse,
  AwsKeyUser,
  AwsServiceKeyUse,
  AzureKeyRef,
  GoogleKeyAgent,
  GoogleKeyMembershipRef,
  GoogleKeyRef,
} from "./references";
