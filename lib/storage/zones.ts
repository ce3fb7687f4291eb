import type { NoncurrentVersions } from "./noncurrent";
import type { Transition } from "./transitions";
import { StorageTier } from "./tier";

/** The parts of a lake, by what may be relied on in them. */
export const Zone = {
  /** As it came, never changed. */
  RAW: "raw",
  /** Half-done work of one run. */
  STAGING: "staging",
  /** Cleaned and typed, one table a source. */
  PROCESSED: "processed",
  /** What people and models read. */
  CURATED: "curated",
  /** Kept because it must be. */
  ARCHIVE: "archive",
  /** Where a stream or a training goes on after a stop. */
  CHECKPOINTS: "checkpoints",
  /** Trained models. */
  MODELS: "models",
  /** What could not be processed, with its reason. */
  DLQ: "dlq",
} as const;
export type Zone = (typeof Zone)[keyof typeof Zone];

export const ZONES: readonly Zone[] = Object.values(Zone);

/** The folder of the raw zone that files are delivered into, before anything has looked at them. */
export const INCOMING_PREFIX = "incoming/";

/** How the objects of a zone age, when nothing else is said. */
export interface ZoneLifecycle {
  readonly transitions: readonly Transition[];
  /** @default - never */
  readonly expireAfterDays?: number;
  readonly noncurrentVersions: NoncurrentVersions;
}

const NINETY_DAYS: NoncurrentVersions = { expireAfterDays: 90 };
/** Replaced all the time, and of no use once replaced. */
const WEEK: NoncurrentVersions = { expireAfterDays: 7 };
const COOL_LATER: readonly Transition[] = [{ tier: StorageTier.COOL, afterDays: 90 }];

/** Each zone's own lifecycle; only what can be made again, or was looked at, goes by itself. */
export const ZONE_LIFECYCLE: Readonly<Record<Zone, ZoneLifecycle>> = {
  [Zone.RAW]: {
    transitions: [
      { tier: StorageTier.COOL, afterDays: 30 },
      { tier: StorageTier.ARCHIVE, afterDays: 90 },
    ],
    noncurrentVersions: NINETY_DAYS,
  },
  [Zone.STAGING]: { transitions: [], expireAfterDays: 30, noncurrentVersions: WEEK },
  [Zone.PROCESSED]: { transitions: COOL_LATER, noncurrentVersions: NINETY_DAYS },
  [Zone.CURATED]: { transitions: COOL_LATER, noncurrentVersions: NINETY_DAYS },
  [Zone.ARCHIVE]: { transitions: [{ tier: StorageTier.ARCHIVE, afterDays: 30 }], noncurrentVersions: NINETY_DAYS },
  [Zone.CHECKPOINTS]: { transitions: [], noncurrentVersions: WEEK },
  [Zone.MODELS]: { transitions: [], noncurrentVersions: NINETY_DAYS },
  [Zone.DLQ]: { transitions: [], expireAfterDays: 90, noncurrentVersions: WEEK },
};
