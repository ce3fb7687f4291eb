import type { StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import { flag, given, oneOf, problem, wholeNumber } from "../../core/checks";
import type { BucketProps } from "../bucket";
import { RetentionMode, type ObjectRetention } from "../retention";

/** The coldest class to which Cloud Storage itself moves what nobody reads; what is read comes back. https://cloud.google.com/storage/docs/autoclass */
export const Autoclass = {
  /** After 30 days. */
  NEARLINE: "NEARLINE",
  /** After 30, 90 and 365 days. */
  ARCHIVE: "ARCHIVE",
} as const;
export type Autoclass = (typeof Autoclass)[keyof typeof Autoclass];

/** What of a bucket protects its objects, and what moves them by itself. */
export interface ProtectionProps {
  /** Moves each object by when it was read last, instead of a lifecycle with transitions. @default - a lifecycle decides */
  readonly autoclass?: Autoclass;
  /** Days in which what was deleted can be had back: 7 to 90, or 0 for none. @default 7, or 0 where data may be removed */
  readonly softDeleteDays?: number;
  /** Whether objects may carry a retention of their own, beside the bucket's; it cannot be switched off again. @default false */
  readonly objectRetention?: boolean;
}

const DAY_SECONDS = 24 * 60 * 60;
/** https://cloud.google.com/storage/docs/soft-delete */
const SOFT_DELETE = { least: 7, most: 90 };

/** The problems of protection, in itself and with the lifecycle. */
export const protectionProblems = (props: ProtectionProps & BucketProps): readonly string[] => [
  ...given(props.autoclass, (terminal) => {
    const unknown = oneOf("autoclass", terminal, Object.values(Autoclass));
    return unknown.length > 0 ? unknown : classProblems(terminal, props);
  }),
  ...given(props.softDeleteDays, softDeleteProblems),
  ...given(props.objectRetention, (value) => flag("objectRetention", value)),
];

/** Two owners of an object's class. https://cloud.google.com/storage/docs/autoclass#restrictions */
function classProblems(terminal: Autoclass, { lifecycle, noncurrentVersions }: BucketProps): readonly string[] {
  const moves = (Array.isArray(lifecycle) ? lifecycle : []).some(
    (rule) => (rule as BucketRule | undefined)?.transitions !== undefined,
  );
  const rule = "left out where lifecycle or noncurrentVersions have transitions, because both would set the class";
  return moves || noncurrentVersions?.transitions !== undefined ? [problem("autoclass", rule, terminal)] : [];
}

interface BucketRule {
  readonly transitions?: unknown;
}

const softDeleteProblems = (days: number): readonly string[] => {
  const wrong = wholeNumber("softDeleteDays", days, { minimum: 0, maximum: SOFT_DELETE.most, unit: "days" });
  const tooShort = typeof days === "number" && days > 0 && days < SOFT_DELETE.least;
  return wrong.length === 0 && tooShort
    ? [problem("softDeleteDays", `0, or at least ${String(SOFT_DELETE.least)} days`, days)]
    : wrong;
};

/** Protection as the bucket says it. */
export const protectionOf = (
  { autoclass, softDeleteDays = SOFT_DELETE.least, objectRetention, retention }: ProtectionProps & BucketProps,
  destroys: boolean,
): Pick<StorageBucketConfig, "autoclass" | "softDeletePolicy" | "enableObjectRetention" | "retentionPolicy"> => ({
  softDeletePolicy: { retentionDurationSeconds: destroys ? 0 : softDeleteDays * DAY_SECONDS },
  ...(autoclass !== undefined && { autoclass: { enabled: true, terminalStorageClass: autoclass } }),
  ...(objectRetention === true && { enableObjectRetention: true }),
  ...(retention !== undefined && { retentionPolicy: retentionPolicy(retention) }),
});

/**
 * A policy that is locked is never removed or shortened, by nobody; versions and it go together.
 * https://cloud.google.com/storage/docs/bucket-lock
 */
const retentionPolicy = ({ minimumDays, mode }: ObjectRetention) => ({
  retentionPeriod: minimumDays * DAY_SECONDS,
  isLocked: mode === RetentionMode.COMPLIANCE,
});
