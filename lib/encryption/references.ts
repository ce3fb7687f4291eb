import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";

/** A KMS key of AWS, own or referred to. */
export interface AwsKeyRef {
  readonly keyArn: string;
  /**
   * Makes the key's policy agree to what a role of another account is granted; a role of the key's own account needs
   * nothing there. Whoever grants on what the key encrypts calls it.
   */
  admit?(role: AwsKeyUser, use: AwsKeyUse): void;
  /** Makes the key's policy agree to a service, and answers with what has to be there before the service tries. */
  allowService?(use: AwsServiceKeyUse): AwsKeyPolicyRef | undefined;
  /** The same for CloudWatch Logs, limited to one log group of the key's account and region. */
  allowLogGroup?(logGroupName: string): AwsKeyPolicyRef | undefined;
}

/** The policy of an own key: what else of its stack can wait for. */
export type AwsKeyPolicyRef = ITerraformDependable & IConstruct;

/** A role as the policy of a key names it: by literals. */
export interface AwsKeyUser {
  readonly accountId?: string;
  readonly literalArn?: string;
}

/** What is done with a key. */
export interface AwsKeyUse {
  /** Such as `kms:Decrypt`; without a wildcard. */
  readonly actions: readonly string[];
  /** Short name of the only service through which the key is used: `s3`, `sqs`. @default - any way */
  readonly viaService?: string;
}

/** What a service does with a key on its own behalf. */
export interface AwsServiceKeyUse {
  /** Such as `events.amazonaws.com`. */
  readonly service: string;
  /** Such as `kms:Decrypt`; without a wildcard. */
  readonly actions: readonly string[];
  /** The account that the service acts for. @default - the key's own */
  readonly sourceAccount?: string;
}

/** A key of Cloud KMS, own or referred to. */
export interface GoogleKeyRef {
  /** Its resource name: `projects/…/locations/…/keyRings/…/cryptoKeys/…`. */
  readonly keyName: string;
  /** Where it is kept, such as `europe-west1`, `us` or `europe`, where that is known. */
  readonly location?: string;
  /**
   * Lets a service agent of Google encrypt and decrypt, and answers with what has to be there before the service tries.
   * Whoever is given the key calls it.
   */
  admitAgent?(agent: GoogleKeyAgent): GoogleKeyMembershipRef | undefined;
}

/** The membership of a service agent on an own key: what else of its stack can wait for. */
export type GoogleKeyMembershipRef = ITerraformDependable & IConstruct;

/** The identity with which a service of Google acts in a project, as a key names it. */
export interface GoogleKeyAgent {
  /** Short name of the service, such as `storage`. */
  readonly service: string;
  /** `serviceAccount:<email>` */
  readonly member: string;
}

/** A key of Azure Key Vault, own or referred to: identifiers only. */
export interface AzureKeyRef {
  /** Path of the construct that stands for it. */
  readonly path: string;
  readonly keyName: string;
  /** Its address without a version, such as `https://acme.vault.azure.net/keys/sales`: services that are given it follow every rotation. */
  readonly keyUri: string;
  /** Resource id without a version, the scope of what is granted on it. */
  readonly keyId: string;
  /** Resource id of the vault's resource group. */
  readonly resourceGroupId: string;
}
