import type { PlatformEnvironment } from "./environment";

/** The local cloud of `npm run local`: AWS only, one region, replicas included; keys of our own, so that their grants are tried. */
export const local: PlatformEnvironment = {
  name: "local",
  organisation: "acme",
  tags: { owner: "data-platform" },
  dataRemoval: "allowed",
  clouds: ["aws"],
  aws: { accountId: "000000000000", region: "us-east-1" },
  backend: { kind: "file" },
  accountReplication: "LRS",
  backups: "nightly",
  customerManagedKeys: true,
  logRetentionDays: 14,
  onCallTopicArn: "arn:aws:sns:us-east-1:000000000000:on-call",
  // an uploaded file becomes a job at once, and the next one another
  retraining: {
    startWhen: { bytes: 1024, coolDownMinutes: 0, maximumConcurrentJobs: 10 },
    batching: { maximumBatchingWindowSeconds: 1 },
  },
  emulated: true,
};
