import type { PlatformEnvironment } from "./environment";

export const staging: PlatformEnvironment = {
  name: "staging",
  organisation: "acme",
  tags: { owner: "data-platform", costCenter: "4711", dataClassification: "confidential" },
  dataRemoval: "kept",
  clouds: ["aws", "azure", "google"],
  aws: { accountId: "222222222222", region: "us-east-1" },
  azure: {
    subscriptionId: "22222222-2222-2222-2222-222222222222",
    resourceGroupName: "acme-data-staging",
    location: "westeurope",
  },
  google: { projectId: "acme-data-staging", projectNumber: "222222222222", region: "us-central1" },
  backend: { kind: "s3", bucket: "acme-terraform-state-staging", region: "us-east-1" },
  replicaRegion: "us-west-2",
  accountReplication: "GRS",
  backups: "nightly",
  customerManagedKeys: true,
  logRetentionDays: 90,
  onCallTopicArn: "arn:aws:sns:us-east-1:222222222222:on-call",
  emulated: false,
};
