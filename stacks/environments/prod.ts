import type { PlatformEnvironment } from "./environment";

export const prod: PlatformEnvironment = {
  name: "prod",
  organisation: "acme",
  tags: { owner: "data-platform", costCenter: "4711", dataClassification: "confidential" },
  dataRemoval: "kept",
  clouds: ["aws", "azure", "google"],
  aws: { accountId: "333333333333", region: "us-east-1" },
  azure: {
    subscriptionId: "33333333-3333-3333-3333-333333333333",
    resourceGroupName: "acme-data-prod",
    location: "westeurope",
  },
  google: { projectId: "acme-data-prod", projectNumber: "333333333333", region: "us-central1" },
  backend: { kind: "s3", bucket: "acme-terraform-state-prod", region: "us-east-1" },
  replicaRegion: "us-west-2",
  accountReplication: "GRS",
  backups: "nightly",
  customerManagedKeys: true,
  logRetentionDays: 400,
  onCallTopicArn: "arn:aws:sns:us-east-1:333333333333:on-call",
  emulated: false,
};
