/**
 * How quickly data is needed again. One word with one meaning on three clouds; what a cloud does not have is an error
 * that names the nearest tier.
 *
 * | | AWS | Azure | Google |
 * |---|---|---|---|
 * | HOT | STANDARD | Hot | STANDARD |
 * | COOL | STANDARD_IA | Cool | NEARLINE |
 * | COLD | GLACIER_IR | Cold | COLDLINE |
 * | ARCHIVE | GLACIER | Archive | ARCHIVE |
 * | DEEP_ARCHIVE | DEEP_ARCHIVE | – | – |
 */
export const StorageTier = {
  /** Read all the time. */
  HOT: "hot",
  /** Read about once a month, at once. */
  COOL: "cool",
  /** Read about once a quarter, at once. */
  COLD: "cold",
  /** Kept; on AWS and Azure it takes hours to read. */
  ARCHIVE: "archive",
  /** Kept for years; takes up to two days to read. */
  DEEP_ARCHIVE: "deep-archive",
} as const;
export type StorageTier = (typeof StorageTier)[keyof typeof StorageTier];

/** From the hottest to the coldest. */
export const TIERS: readonly StorageTier[] = Object.values(StorageTier);

/** The constant's own name, as a message shows it: `DEEP_ARCHIVE`. */
export const tierName = (tier: StorageTier): string => tier.replace("-", "_").toUpperCase();

/** A cloud's word for each tier; a missing one is what the cloud does not have. */
export type TierNames = Readonly<Partial<Record<StorageTier, string>>>;
