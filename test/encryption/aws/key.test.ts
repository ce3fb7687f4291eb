import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsKeyPolicy } from "@cdktf/provider-aws/lib/kms-key-policy";
import { DataRemoval } from "../../../lib/core/data-removal";
import { AwsKey, type AwsKeyProps } from "../../../lib/encryption/aws/key";
import { synthApp } from "../../../lib/testing/synth";
import { awsStack, DEV, templateOf } from "../../support/aws-stack";

const keyWith = (props: AwsKeyProps = {}) => templateOf((stack) => new AwsKey(stack, "objects", props));

describe("a key", () => {
  test("is rotated every year, kept, and 30 days in deletion", () => {
    const template = keyWith();
    expect(template.only(KmsKey).attributes).toEqual({
      deletion_window_in_days: 30,
      enable_key_rotation: true,
      lifecycle: { prevent_destroy: true },
      rotation_period_in_days: 365,
      tags: { CostCenter: "Data 42", Environment: "prod" },
    });
  });

  test("has an alias of its path", () => {
    expect(keyWith().only(KmsAlias).attributes).toEqual({
      name: "alias/lake-objects-9783fa45",
      target_key_id: "${aws_kms_key.objects_7623FC4F.key_id}",
    });
  });

  test("takes what is said of it", () => {
    const template = keyWith({
      description: "Objects",
      aliasName: "lake/objects",
      rotationDays: 90,
      deletionWindowDays: 7,
    });
    expect(template.only(KmsKey).attributes).toMatchObject({
      description: "Objects",
      rotation_period_in_days: 90,
      deletion_window_in_days: 7,
    });
    expect(template.only(KmsAlias).get("name")).toBe("alias/lake/objects");
  });

  test("stands in the region that is given", () => {
    const template = keyWith({ region: "us-west-2" });
    for (const type of [KmsKey, KmsAlias, KmsKeyPolicy]) expect(template.only(type).get("region")).toBe("us-west-2");
  });

  test("goes with both keys turned, after a week", () => {
    const template = templateOf((stack) => new AwsKey(stack, "objects", { dataRemoval: DataRemoval.DESTROY }), DEV);
    expect(template.only(KmsKey).has("lifecycle")).toBe(false);
    expect(template.only(KmsKey).get("deletion_window_in_days")).toBe(7);
  });

  test("stays with one key alone, and says which is missing", () => {
    const app = synthApp((app) => {
      new AwsKey(awsStack(app, "dev", DEV), "objects");
    });
    expect(app.annotations("dev").map(({ message }) => message)).toEqual([
      'The data is kept: the environment says dataRemoval: "allowed", and the construct does not say dataRemoval: "destroy".',
    ]);
  });

  test("keeps its addresses", () => {
    expect(keyWith().addresses()).toEqual([
      "aws_kms_alias.objects_Alias_9B9753D7",
      "aws_kms_key.objects_7623FC4F",
      "aws_kms_key_policy.objects_Policy_E73E0826",
    ]);
  });
});

describe("fails on", () => {
  test("every wrong prop at once", () => {
    const wrong: AwsKeyProps = {
      description: "x".repeat(8193),
      aliasName: "alias/aws/s3",
      rotationDays: 30,
      deletionWindowDays: 31,
      dataRemoval: "remove" as DataRemoval,
      tags: { "cost center": "1" },
    };
    expect(() => keyWith(wrong)).toThrow(
      [
        "lake/objects has 6 problems",
        `  description must be a text of at most 8192 characters, got "${"x".repeat(119)}… (8195 characters)`,
        '  aliasName must be 1-250 letters, digits or any of /_-, without alias/ and not starting with aws/, got "alias/aws/s3"',
        "  rotationDays must be a whole number from 90 to 2560 days, got 30",
        "  deletionWindowDays must be a whole number from 7 to 30 days, got 31",
        '  dataRemoval must be one of "keep", "destroy", got "remove"',
        '  tags must be keyed in camelCase letters and digits, at most 63 characters as in "cost center", got "cost center"',
      ].join("\n"),
    );
  });
});
