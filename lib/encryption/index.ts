export type {
  AwsKeyPolicyRef,
  AwsKeyRef,
  AwsKeyUse,
  AwsKeyUser,
  AwsServiceKeyUse,
  GoogleKeyAgent,
  GoogleKeyMembershipRef,
  GoogleKeyRef,
} from "./references";
