/** Forms of texts that more than one contract names. No SDK, no node. */
import type { TextForm } from "./environment";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketNameForm: TextForm = { pattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", rule: "a bucket name" };

/** A folder of a bucket; names of files follow. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
export const folderForm: TextForm = {
  pattern: "^(?!/)[^\\p{Cc}]{0,255}/$",
  rule: "a key prefix of at most 256 characters that ends with a slash",
};

export const queueUrlForm: TextForm = { pattern: "^https?://\\S+$", rule: "the URL of a queue" };
