import { BackupVault as Vault } from "@cdktf/provider-aws/lib/backup-vault";
import { BackupVaultLockConfiguration } from "@cdktf/provider-aws/lib/backup-vault-lock-configuration";
import { BackupVaultNotifications } from "@cdktf/provider-aws/lib/backup-vault-notifications";
import type { BackupVaultPolicy } from "@cdktf/provider-aws/lib/backup-vault-policy";
import { Construct } from "constructs";
import { given, having, problem } from "../../core/checks";
import { claim } from "../../core/claim";
import { dataRemovalProblems, destroysData, keptUnless, type DataRemovalProps } from "../../core/data-removal";
import { environmentOf } from "../../core/environment";
import { assertValid, ConstructValidationError } from "../../core/errors";
import { nameProblems, physicalName, type NameRule } from "../../core/names";
import { place, placed, placementOf, type AwsPlacementProps } from "../../core/placement";
import { tagsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";
import { AwsKey } from "../../encryption/aws/key";
import type { AwsKeyRef } from "../../encryption/references";
import { inOtherAccounts } from "../../identity/aws/accounts";
import { standing } from "../../identity/aws/arn";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { AwsBackupVaultRef } from "../references";
import { accountProblems } from "./account";
import { ReferredVault, type BackupVaultAttributes } from "./referred-vault";
import { vaultAlarms, type BackupVaultAlarms } from "./vault-alarms";
import { copierOf, COPY_KEY_ACTIONS } from "./vault-key";
import { lockProblems, VaultLock, VaultLockMode } from "./vault-lock";
import { BackupVaultMetrics } from "./vault-metrics";
import { DEFAULT_EVENTS, notificationProblems, type VaultNotifications } from "./vault-notifications";
import { OwnedVaultPolicy } from "./vault-policy";

/** A vault of AWS Backup: encrypted with a customer-managed key, locked, kept. */
export interface BackupVaultProps extends DataRemovalProps, AwsPlacementProps {
  /** @default - derived from the construct path */
  readonly vaultName?: string;
  /** Of the vault's region and account. @default - a key of its own */
  readonly key?: AwsKeyRef;
  /** @default VaultLock.governance() */
  readonly lock?: VaultLock;
  /** A topic that is told of jobs. @default - none; failures are alarms */
  readonly notifications?: VaultNotifications;
  /**
   * Who is told of failed backups, copies and restores: topics of the vault's region.
   * @default - the environment's route, in the environment's region; without one there are no alarms
   */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/** A vault of AWS Backup, own or referred to. */
export interface IBackupVault extends AwsBackupVaultRef {
  readonly metrics: BackupVaultMetrics;
  /** Lets another account copy its backups into the vault. */
  admitCopies(accountId: string): void;
  /** Lets AWS Backup read this vault's backups for copies in another account. */
  shareKeyWith(accountId: string): void;
}

/** The provider's resources of a vault, each for overrides and moves; the own key has its own. */
export interface BackupVaultResources {
  /** There is none for a vault without a lock. */
  readonly lock?: BackupVaultLockConfiguration;
  /** There is none while nobody is told. */
  readonly notifications?: BackupVaultNotifications;
}

const VAULT_NAME: NameRule = {
  rule: "2-50 letters, digits or any of -_",
  pattern: /^[A-Za-z0-9_-]{2,50}$/,
  maximum: 50,
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html",
};

/** Where AWS Backup puts backups. */
export class BackupVault extends Construct implements IBackupVault {
  /** Refers to a vault that exists, usually of another account; nothing of it is written. */
  public static fromVaultAttributes(scope: Construct, id: string, attributes: BackupVaultAttributes): IBackupVault {
    return new ReferredVault(scope, id, attributes);
  }

  public readonly path: string;
  public readonly vaultName: string;
  public readonly vaultArn: string;
  public readonly region: string;
  public readonly accountId?: string;
  public readonly keyArn: string;
  public readonly retentionBounds?: AwsBackupVaultRef["retentionBounds"];
  /** The key of its backups, own or given. */
  public readonly key: AwsKeyRef;
  public readonly metrics: BackupVaultMetrics;
  /** There are some as soon as there is a route. */
  public readonly alarms?: BackupVaultAlarms;
  public readonly resource: Vault;
  public readonly resources: BackupVaultResources;
  private readonly vaultPolicy: OwnedVaultPolicy;

  public constructor(scope: Construct, id: string, props: BackupVaultProps = {}) {
    super(scope, id);
    const removable = environmentOf(this)?.dataRemoval === "allowed";
    assertValid(this, [...place(this, "aws", props), ...vaultProblems(props, removable)]);
    const lock = props.lock ?? VaultLock.governance();
    this.key = props.key ?? this.createKey(props);
    this.keyArn = this.key.keyArn;
    this.resource = this.createVault(props);
    this.path = this.node.path;
    this.vaultName = this.resource.name;
    this.vaultArn = this.resource.arn;
    const { region, accountId } = standing(this, props, this.vaultArn);
    this.region = region;
    this.accountId = accountId;
    if (lock.mode !== undefined)
      this.retentionBounds = { minimumDays: lock.minimumDays, maximumDays: lock.maximumDays };
    this.vaultPolicy = new OwnedVaultPolicy(this, this.vaultName);
    this.resources = { lock: this.lock(lock), notifications: this.notify(props.notifications) };
    this.metrics = new BackupVaultMetrics(this.vaultName, placementOf(this));
    this.alarms = vaultAlarms(this, props.monitoring);
  }

  /** The one policy of the vault; there is none while no other account copies into it. */
  public get policy(): BackupVaultPolicy | undefined {
    return this.vaultPolicy.resource;
  }

  /**
   * Lets another account copy its backups into the vault; `BackupPlan` asks for it.
   *
   * @param accountId 12 digits; nothing happens for the vault's own account
   * @throws ConstructValidationError when it is no literal account, or the vault's own one is not declared
   */
  public admitCopies(accountId: string): void {
    const problems = accountProblems("accountId", accountId);
    const undeclared =
      this.accountId === undefined
        ? [
            "environment.aws.accountId must be declared, because the vault's key has to agree to copies from another account, got no environment",
          ]
        : [];
    if (problems.length + undeclared.length > 0)
      throw new ConstructValidationError(this.node.path, [...problems, ...undeclared]);
    if (this.accountId === accountId) return;
    this.vaultPolicy.admitCopies(accountId);
    this.shareKeyWith(accountId);
  }

  /**
   * Lets AWS Backup use the vault's key on behalf of another account, to or from which copies go; `BackupPlan` asks for it.
   *
   * @throws ConstructValidationError when the key is only referred to and its owner has not agreed
   */
  public shareKeyWith(accountId: string): void {
    if (inOtherAccounts(this, { accountId })) this.key.admit?.(copierOf(accountId), { actions: COPY_KEY_ACTIONS });
  }

  private createKey({ dataRemoval, tags, region, provider }: BackupVaultProps): AwsKey {
    const description = `Backups in ${this.node.path}`;
    return new AwsKey(this, "Key", { description, dataRemoval, tags, region, provider });
  }

  private createVault(props: BackupVaultProps): Vault {
    const destroys = destroysData(this, props);
    return new Vault(
      this,
      "Resource",
      placed(this, {
        name: props.vaultName ?? physicalName(this, VAULT_NAME),
        kmsKeyArn: this.keyArn,
        forceDestroy: destroys,
        ...keptUnless(destroys),
        ...tagsFor(this, props.tags),
      }),
    );
  }

  private lock({
    mode,
    minimumDays,
    maximumDays,
    changeableForDays,
  }: VaultLock): BackupVaultLockConfiguration | undefined {
    if (mode === undefined) return undefined;
    return new BackupVaultLockConfiguration(
      this,
      "Lock",
      placed(this, {
        backupVaultName: this.vaultName,
        minRetentionDays: minimumDays,
        maxRetentionDays: maximumDays,
        changeableForDays,
      }),
    );
  }

  private notify(notifications: VaultNotifications | undefined): BackupVaultNotifications | undefined {
    claim(this, BackupVaultNotifications.tfResourceType, this.node.path);
    if (notifications === undefined) return undefined;
    const { topicArn, events = DEFAULT_EVENTS } = notifications;
    return new BackupVaultNotifications(
      this,
      "Notifications",
      placed(this, { backupVaultName: this.vaultName, snsTopicArn: topicArn, backupVaultEvents: [...events].sort() }),
    );
  }
}

const vaultProblems = (props: BackupVaultProps, removable: boolean): string[] => [
  ...given(props.vaultName, (name) => nameProblems("vaultName", name, VAULT_NAME)),
  ...given(props.key, (key) => having("key", key, "keyArn", "a key of AWS, such as an AwsKey")),
  ...given(props.lock, (lock) => lockShapeProblems(lock, removable)),
  ...given(props.notifications, (notifications) => notificationProblems("notifications", notifications)),
  ...monitoringProblems(props.monitoring),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];

function lockShapeProblems(lock: VaultLock, removable: boolean): readonly string[] {
  const shape = having("lock", lock, "mode", "VaultLock.governance(), VaultLock.compliance(…) or VaultLock.none()");
  if (shape.length > 0) return shape;
  const forGood =
    removable && lock.mode === VaultLockMode.COMPLIANCE
      ? [problem("lock", "governance or none where the environment allows to remove data", lock.mode)]
      : [];
  return [...lockProblems("lock", lock), ...forGood];
}
