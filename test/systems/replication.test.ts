import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketReplicationConfigurationA as S3BucketReplication } from "@cdktf/provider-aws/lib/s3-bucket-replication-configuration";
import { build } from "../../examples/replication";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";

describe("inside S3", () => {
  const template = Template.of(synthApp(build).stack("replication"));
  const address = (type: string, path: string): string => template.only({ tfResourceType: type }, { path }).address;

  test("row 30: a rule Enabled, priority 1, training-data/ to us-west-2 in STANDARD_IA, by s3-crr-role", () => {
    const configuration = template.only(S3BucketReplication, { path: "dr" });
    expect(configuration.get("rule")).toEqual([
      expect.objectContaining({
        status: "Enabled",
        priority: 1,
        filter: { prefix: "training-data/" },
        destination: expect.objectContaining({
          bucket: `\${${address("aws_s3_bucket", "copy/Resource")}.arn}`,
          storage_class: "STANDARD_IA",
        }) as object,
      }),
    ]);
    expect(template.only(S3Bucket, { path: "copy" }).get("region")).toBe("us-west-2");
    expect(configuration.get("role")).toBe(`\${${address("aws_iam_role", "dr/Role/Resource")}.arn}`);
    expect(template.only(IamRole, { path: "dr" }).get("name")).toBe("s3-crr-role");
  });

  test("row 32: several destinations of one source, each near those who read it", () => {
    const rules = template.only(S3BucketReplication, { path: "copies" }).get("rule") as readonly {
      readonly filter: { readonly prefix: string };
      readonly destination: { readonly bucket: string };
    }[];
    const [west, models] = ["west", "models"].map((id) => `\${${address("aws_s3_bucket", `${id}/Resource`)}.arn}`);
    expect(rules.map(({ filter, destination }) => [filter.prefix, destination.bucket])).toEqual([
      ["training-data/", models],
      ["clean/", west],
      ["raw/", west],
    ]);
  });
});
