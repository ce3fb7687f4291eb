import { given, literal, oneOf, problem, wholeNumber } from "../../core/checks";

/** How strictly a locked vault keeps its backups. */
export const VaultLockMode = {
  /** Whoever may change the lock may lift it. */
  GOVERNANCE: "governance",
  /** Nobody may lift it once it has set, neither the account's root nor AWS. */
  COMPLIANCE: "compliance",
} as const;
export type VaultLockMode = (typeof VaultLockMode)[keyof typeof VaultLockMode];

/** How long the backups of a locked vault must and may be kept. */
export interface RetentionBounds {
  /** A backup that would be kept for less is refused; 1 to 36,500. @default 1 */
  readonly minimumDays?: number;
  /** A backup that would be kept for more is refused; 1 to 36,500. @default - none */
  readonly maximumDays?: number;
}

/** Bounds of a lock that sets for good. */
export interface ComplianceLock extends RetentionBounds {
  /** Days from now until it sets; until then it may still be changed. 3 to 36,500. */
  readonly changeableForDays: number;
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html */
const RETENTION = { minimum: 1, maximum: 36_500, unit: "days" };
/** 72 hours to think it over, enforced by AWS; same page. */
const CHANGEABLE = { minimum: 3, maximum: 36_500, unit: "days" };

/** Whether the backups of a vault can be removed before their time. */
export class VaultLock {
  /** They cannot, unless the lock is lifted before. */
  public static governance({ minimumDays, maximumDays }: RetentionBounds = {}): VaultLock {
    return new VaultLock(VaultLockMode.GOVERNANCE, minimumDays ?? RETENTION.minimum, maximumDays);
  }

  /** They cannot, and neither can the lock be lifted once `changeableForDays` are over. */
  public static compliance({ minimumDays, maximumDays, changeableForDays }: ComplianceLock): VaultLock {
    return new VaultLock(VaultLockMode.COMPLIANCE, minimumDays ?? RETENTION.minimum, maximumDays, changeableForDays);
  }

  /** They can, by whoever may. */
  public static none(): VaultLock {
    return new VaultLock();
  }

  private constructor(
    /** Undefined for a vault without a lock. */
    public readonly mode?: VaultLockMode,
    public readonly minimumDays?: number,
    public readonly maximumDays?: number,
    public readonly changeableForDays?: number,
  ) {}
}

/** All that is wrong with a lock; its numbers are literal, because rules are held against them. */
export function lockProblems(path: string, lock: VaultLock): readonly string[] {
  if (lock.mode === undefined) return [];
  const { mode, minimumDays, maximumDays, changeableForDays } = lock;
  const days = (name: string, value: number | undefined, range: typeof RETENTION): readonly string[] =>
    given(value, (one) => [...literal(`${path}.${name}`, one), ...wholeNumber(`${path}.${name}`, one, range)]);
  const each = [
    ...oneOf(`${path}.mode`, mode, Object.values(VaultLockMode)),
    ...days("minimumDays", minimumDays, RETENTION),
    ...days("maximumDays", maximumDays, RETENTION),
    ...(mode === VaultLockMode.COMPLIANCE && changeableForDays === undefined
      ? [problem(`${path}.changeableForDays`, "given, because a compliance lock sets for good", changeableForDays)]
      : days("changeableForDays", changeableForDays, CHANGEABLE)),
  ];
  if (each.length > 0 || minimumDays === undefined || maximumDays === undefined || minimumDays <= maximumDays)
    return each;
  return [problem(`${path}.maximumDays`, `at least the minimum of ${String(minimumDays)} days`, maximumDays)];
}
