import { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { Lazy } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { claim } from "../../core/claim";
import { ConstructValidationError } from "../../core/errors";
import { placed } from "../../core/placement";
import { copierOf, COPY_KEY_ACTIONS } from "./vault-key";

/** A statement as it stands in the document. */
type Rendered = Readonly<Record<string, unknown>>;

/**
 * The account of the copies; which of its backups, it decides itself.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html
 */
const copyStatement = (accountId: string): Rendered => ({
  Sid: `CopiesFrom${accountId}`,
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: "backup:CopyIntoBackupVault",
  Resource: "*",
});

/** The same as an own key admits: AWS Backup itself, for the other account. */
const keyStatement = (accountId: string): Rendered => ({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${accountId}:root` },
  Action: COPY_KEY_ACTIONS,
  Resource: "*",
  Condition: { ArnEquals: { "aws:PrincipalArn": copierOf(accountId).literalArn } },
});

/** The policy of an own vault: there is one as soon as another account copies into it. */
export class OwnedVaultPolicy {
  private readonly accounts = new Set<string>();
  private rendered: BackupVaultPolicy | undefined;

  public constructor(
    private readonly vault: Construct,
    private readonly vaultName: string,
  ) {
    claim(vault, BackupVaultPolicy.tfResourceType, vault.node.path);
  }

  /** Undefined while no other account copies into the vault: a policy has to say something. */
  public get resource(): BackupVaultPolicy | undefined {
    return this.rendered;
  }

  public admitCopies(accountId: string): void {
    this.accounts.add(accountId);
    const policy = Lazy.stringValue({ produce: () => this.render() });
    this.rendered ??= new BackupVaultPolicy(
      this.vault,
      "Policy",
      placed(this.vault, { backupVaultName: this.vaultName, policy }),
    );
  }

  private render(): string {
    return JSON.stringify({ Version: "2012-10-17", Statement: [...this.accounts].sort().map(copyStatement) });
  }
}

/** The policy of a vault that somebody else owns is never written: the error shows the statement to add there. */
export class ForeignVaultPolicy {
  public constructor(
    private readonly vault: IConstruct,
    private readonly agreed: boolean,
  ) {}

  public admitCopies(accountId: string): void {
    this.refuse("the policy of the vault", `copies from account ${accountId}`, copyStatement(accountId));
  }

  public shareKeyWith(accountId: string): void {
    this.refuse("the policy of the vault's key", `copies to account ${accountId}`, keyStatement(accountId));
  }

  private refuse(policy: string, got: string, statement: Rendered): void {
    if (this.agreed) return;
    throw new ConstructValidationError(this.vault.node.path, [
      `${policy} must be changed by its owner, because the vault is only referred to here, got ${got}; the owner adds ${JSON.stringify(statement)}, and policyAgrees: true says here that it is done`,
    ]);
  }
}
