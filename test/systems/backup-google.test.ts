import { CloudSchedulerJob } from "@cdktf/provider-google/lib/cloud-scheduler-job";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { build } from "../../examples/google-backup";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";

test("row 51: gs://feature-backups/redis-snapshot.rdb by the export API, on a schedule", () => {
  const template = Template.of(synthApp(build).stack("google-backup"));
  const job = template.only(CloudSchedulerJob);
  expect(template.only(StorageBucket).get("name")).toBe("feature-backups");
  expect(job.get("http_target.uri")).toMatch(
    /^https:\/\/redis\.googleapis\.com\/v1\/\$\{google_redis_instance\.\w+\.id\}:export$/,
  );
  expect(job.get("http_target.body")).toContain(
    `join("/", ["gs:/", ${template.only(StorageBucket).address}.name, "redis-snapshot.rdb"])`,
  );
  expect(job.get("schedule")).toBe("0 3 * * *");
});
