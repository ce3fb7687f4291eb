import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { synthApp, Template } from "cloud-conductor/testing";
import { build } from "./three-clouds";

// #region test
const lake = Template.of(synthApp(build).stack("three-clouds"));

test("the lake keeps POS data for two years", () => {
  const rules = lake.only(S3BucketLifecycleConfiguration, { path: "pos" });
  expect(rules.get("rule.0.expiration.0.days")).toBe(730);
});

test("it is one bucket on AWS, reached over TLS alone", () => {
  expect(lake.only(S3Bucket).get("bucket")).toBe("acme-pos-dev");
  expect(lake.only(S3BucketPolicy).json("policy")).toHaveProperty("Statement.0.Sid", "DenyInsecureTransport");
});
// #endregion
