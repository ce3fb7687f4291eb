import { BackupRegionSettings as RegionSettings } from "@cdktf/provider-aws/lib/backup-region-settings";
import { BackupRegionSettings } from "../../../lib/backup/aws/region-settings";
import { synthApp } from "../../../lib/testing/synth";
import { ACCOUNT, awsStack, PROD, templateOf } from "../../support/aws-stack";
import { lines, messageOf } from "../../support/messages";

test("every type is opted in, tables and file systems are wholly managed", () => {
  const template = templateOf((stack) => new BackupRegionSettings(stack, "settings"));
  const optedIn = template.only(RegionSettings).get("resource_type_opt_in_preference") as Record<string, boolean>;
  expect(Object.keys(optedIn)).toEqual(
    expect.arrayContaining(["Aurora", "DynamoDB", "EBS", "EC2", "EFS", "RDS", "S3", "Storage Gateway"]),
  );
  expect(new Set(Object.values(optedIn))).toEqual(new Set([true]));
  expect(template.only(RegionSettings).get("resource_type_management_preference")).toEqual({
    DynamoDB: true,
    EFS: true,
  });
});

test("types are opted out and added by name", () => {
  const props = { optedOut: ["EC2"], moreTypes: ["Redshift Serverless"], region: "us-west-2" };
  const template = templateOf((stack) => new BackupRegionSettings(stack, "settings", props));
  expect(template.only(RegionSettings).get("resource_type_opt_in_preference")).toMatchObject({
    EC2: false,
    "Redshift Serverless": true,
  });
  expect(template.only(RegionSettings).get("region")).toBe("us-west-2");
});

test("each region of an account has settings of its own", () => {
  const template = templateOf((stack) => {
    new BackupRegionSettings(stack, "here");
    new BackupRegionSettings(stack, "west", { region: "us-west-2" });
  });
  expect(template.count(RegionSettings)).toBe(2);
});

describe("fails", () => {
  test("twice in one region of one account, whatever the stacks", () => {
    const build = () =>
      synthApp((app) => {
        new BackupRegionSettings(awsStack(app, "one", PROD), "settings");
        new BackupRegionSettings(awsStack(app, "two", PROD), "settings", { region: "eu-west-1" });
      });
    expect(messageOf(build)).toBe(
      lines(
        "two/settings has 1 problem",
        `  aws_backup_region_settings of "${ACCOUNT}, eu-west-1" must have one owner, because the server keeps one and the last writer wins, got one/settings and two/settings`,
      ),
    );
  });

  test("on what is no type", () => {
    const props = { optedOut: ["aws_instance"], moreTypes: "all" as never };
    expect(messageOf(() => templateOf((stack) => new BackupRegionSettings(stack, "settings", props)))).toBe(
      lines(
        "lake/settings has 2 problems",
        '  optedOut[0] must be a type as AWS Backup calls it, such as EC2, got "aws_instance"',
        '  moreTypes must be a literal list, got "all"',
      ),
    );
  });
});
