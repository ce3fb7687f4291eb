import type { PlatformEnvironment } from "./environment";

export const dev: PlatformEnvironment = {
  name: "dev",
  organisation: "acme",
  tags: { owner: "data-platform", costCenter: "4711", dataClassification: "internal" },
  dataRemoval: "allowed",
  clouds: ["aws", "azure", "google"],
  aws: { accountId: "111111111111", region: "us-east-1" },
  azure: {
    subscriptionId: "11111111-1111-1111-1111-111111111111",
    resourceGroupName: "acme-data-dev",
    location: "westeurope",
  },
  google: { projectId: "acme-data-dev", projectNumber: "111111111111", region: "us-central1" },
  backend: { kind: "file" },
  replicaRegion: "us-west-2",
  accountReplication: "LRS",
  backups: "none",
  customerManagedKeys: false,
  logRetentionDays: 14,
  onCallTopicArn: "arn:aws:sns:us-east-1:111111111111:on-call",
  emulated: false,
};
