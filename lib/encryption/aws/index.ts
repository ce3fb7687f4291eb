export { AwsKey, type AwsKeyProps, type AwsKeyResources, type IAwsKey } from "./key";
export type { AwsKeyGrants, KeyGrantOptions } from "./key-grants";
export type { AwsKeyAttributes } from "./referred-key";
