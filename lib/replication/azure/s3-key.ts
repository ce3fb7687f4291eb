import { matching, object } from "../../core/checks";

/** A secret that lies in a key vault, where nothing here reads it. */
export interface SecretRef {
  /** Resource id of the vault; it decides by roles (RBAC), not by access policies. */
  readonly keyVaultId: string;
  /** 1-127 letters, digits or hyphens. */
  readonly secretName: string;
}

/** An access key of AWS, the only thing by which Data Factory can read S3 for longer than hours. Its secret half stays in a vault. */
export interface S3AccessKeyRef extends SecretRef {
  /** The id of the key, which is no secret; best a Terraform variable, because scanners take it for one. */
  readonly accessKeyId: string;
}

const VAULT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$/i;

/** The problems of a reference to an access key. */
export function s3KeyProblems(path: string, key: S3AccessKeyRef): readonly string[] {
  const shape = object(path, key);
  return shape.length > 0
    ? shape
    : [
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: ASIA is that of a temporary one
        ...matching(
          `${path}.accessKeyId`,
          key.accessKeyId,
          /^AKIA[A-Z2-7]{16}$/,
          "the id of a lasting access key: AKIA and 16 capital letters or digits",
        ),
        ...matching(`${path}.keyVaultId`, key.keyVaultId, VAULT_ID, "the resource id of a key vault"),
        // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftkeyvault
        ...matching(
          `${path}.secretName`,
          key.secretName,
          /^[0-9A-Za-z-]{1,127}$/,
          "the name of a secret in that vault: 1-127 letters, digits or hyphens",
        ),
      ];
}
