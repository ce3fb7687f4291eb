import { CloudSchedulerJob } from "@cdktf/provider-google/lib/cloud-scheduler-job";
import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { RedisExport, type RedisExportProps } from "../../../lib/backup/google/redis-export";
import { Schedule } from "../../../lib/core/schedule";
import { GoogleBucket } from "../../../lib/storage/google/bucket";
import type { Template } from "../../../lib/testing/template";
import { templateOn } from "../../storage/clouds/cloud";
import { GOOGLE } from "../../storage/clouds/google";
import { lines, messageOf } from "../../support/messages";

const INSTANCE = {
  instanceName: "projects/acme-prod/locations/europe-west1/instances/features",
  member: "serviceAccount:service-123456789012@cloud-redis.iam.gserviceaccount.com",
};
const exported = (props: Partial<RedisExportProps> = {}): Template =>
  templateOn(GOOGLE, (stack) => {
    const destination = GoogleBucket.fromBucketAttributes(stack, "backups", { bucketName: "feature-backups" });
    const required = { instance: INSTANCE, destination, objectName: "redis-snapshot.rdb", schedule: Schedule.daily() };
    new RedisExport(stack, "export", { ...required, ...props });
  });

describe("an export of Redis", () => {
  const template = exported();

  test("is asked for by an account that may do nothing else", () => {
    expect(template.only(ProjectIamCustomRole).get("permissions")).toEqual(["redis.instances.export"]);
    expect(template.only(ProjectIamMember).attributes).toEqual({
      member: expect.stringMatching(/^\$\{google_service_account\.export_Exporter_\w+\.member\}$/) as string,
      project: "acme-prod",
      role: `\${${template.only(ProjectIamCustomRole).address}.name}`,
    });
  });

  test("is written by the instance itself, and waits for both rights", () => {
    expect(template.only(StorageBucketIamMember).attributes).toEqual({
      bucket: "feature-backups",
      member: INSTANCE.member,
      role: "roles/storage.legacyBucketWriter",
    });
    expect(template.only(CloudSchedulerJob).get("depends_on")).toEqual([
      template.only(StorageBucketIamMember).address,
      template.only(ProjectIamMember).address,
    ]);
  });

  test("is a call of the API with the object in its body", () => {
    expect(template.only(CloudSchedulerJob).attributes).toMatchObject({
      region: "europe-west1",
      time_zone: "Etc/UTC",
      retry_config: { retry_count: 3 },
      http_target: {
        http_method: "POST",
        uri: `https://redis.googleapis.com/v1/${INSTANCE.instanceName}:export`,
        body: '${base64encode(jsonencode({"outputConfig" = {"gcsDestination" = {"uri" = join("/", ["gs:/", "feature-backups", "redis-snapshot.rdb"])}}}))}',
      },
    });
  });

  test.each([
    [Schedule.hourly(5), "5 * * * *"],
    [Schedule.everyHours(6), "0 */6 * * *"],
    [Schedule.daily({ hour: 3, minute: 30 }), "30 3 * * *"],
    [Schedule.weekly({ weekday: "sunday" }), "0 5 * * 0"],
    [Schedule.monthly({ day: 15 }), "0 5 15 * *"],
  ])("runs at %j", (schedule, cron) => {
    expect(exported({ schedule }).only(CloudSchedulerJob).get("schedule")).toBe(cron);
  });

  test("fails on every wrong prop at once", () => {
    const wrong = {
      instance: { instanceName: "features", member: "me" },
      destination: {},
      objectName: "redis",
      schedule: 1,
    };
    expect(messageOf(() => exported(wrong as never))).toBe(
      lines(
        "lake/export has 5 problems",
        '  instance.instanceName must be the id of an instance (projects/<project>/locations/<region>/instances/<name>), got "features"',
        '  instance.member must be serviceAccount:<email>, got "me"',
        "  destination must be a GoogleBucket, own or referred to, got {}",
        '  objectName must be the key of an object that ends in .rdb, got "redis"',
        "  schedule must be a schedule such as Schedule.daily(), got 1",
      ),
    );
  });
});
