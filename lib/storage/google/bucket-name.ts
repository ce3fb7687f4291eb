import type { NameRule } from "../../core/names";

/** What a bucket of Cloud Storage may be called; each part between dots has at most 63 characters, all together 222. */
export const BUCKET_NAME: NameRule = {
  rule: '3-63 lower-case letters, digits, hyphens or underscores (222 with dots), without "google" and not beginning with "goog"',
  pattern:
    /^(?!goog)(?!.*g[o0]{2}gle)(?!\d+\.\d+\.\d+\.\d+$)(?=[a-z0-9].{2,221}$)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}(?<=[a-z0-9])$/,
  maximum: 63,
  sharedIn: "google",
  source: "https://cloud.google.com/storage/docs/buckets#naming",
};
