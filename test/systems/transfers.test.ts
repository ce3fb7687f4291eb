import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { StorageTransferJob } from "@cdktf/provider-google/lib/storage-transfer-job";
import { build } from "../../examples/transfers";
import { synthApp } from "../../lib/testing/synth";
import { Template } from "../../lib/testing/template";

const template = Template.of(synthApp(build).stack("transfers"));
const job = (path: string) => template.only(StorageTransferJob, { path });

describe("copies between clouds", () => {
  test("row 35: S3 to Cloud Storage daily, customer/ below customer_backup/, with a role instead of a key", () => {
    const customers = job("customers");
    expect(customers.get("schedule.repeat_interval")).toBe("86400s");
    expect(customers.get("transfer_spec.object_conditions.include_prefixes")).toEqual(["customer/"]);
    expect(customers.get("transfer_spec.gcs_data_sink.path")).toBe("customer_backup/");
    expect(customers.get("transfer_spec.aws_s3_data_source.role_arn")).toMatch(
      /^\$\{aws_iam_role\.to-google_Role_\w+\.arn\}$/,
    );
    expect(template.only(IamRole, { path: "to-google" }).json("assume_role_policy")).toMatchObject({
      Statement: [{ Principal: { Federated: "accounts.google.com" }, Action: "sts:AssumeRoleWithWebIdentity" }],
    });
  });

  test("row 35: a count of nought for a day is an alarm", () => {
    const alarm = template.only(MonitoringAlertPolicy, { path: "nothing-copied" });
    expect(alarm.get("conditions.0.condition_threshold")).toMatchObject({
      comparison: "COMPARISON_LT",
      threshold_value: 1,
      aggregations: [{ alignment_period: "86400s" }],
      filter: expect.stringContaining("transferjob/copied_objects_count") as string,
    });
  });

  test("row 36: training/ hourly, from Azure", () => {
    const training = job("training-data");
    expect(training.get("schedule.repeat_interval")).toBe("3600s");
    expect(training.get("transfer_spec.object_conditions.include_prefixes")).toEqual(["training/"]);
    expect(training.get("transfer_spec.azure_blob_storage_data_source.storage_account")).toMatch(
      /^\$\{azurerm_storage_account\./,
    );
  });

  test("row 39: the raw archive crosses to another cloud as it is written", () => {
    expect(job("archive").get("event_stream.name")).toMatch(/^\$\{aws_sqs_queue\.events-to-google_Queue_\w+\.arn\}$/);
    expect(job("archive").get("transfer_spec.object_conditions.include_prefixes")).toEqual(["raw/"]);
  });

  test("row 40: what came from the other side does not go back", () => {
    expect(job("training-data").get("transfer_spec.object_conditions.exclude_prefixes")).toEqual([
      "training/from-google/",
    ]);
  });

  test("row 54: a backfill once, and a copy from a start to an end date", () => {
    expect(job("backfill").get("schedule")).toEqual({
      schedule_start_date: { year: 2026, month: 1, day: 31 },
      schedule_end_date: { year: 2026, month: 1, day: 31 },
    });
    expect(job("backfill").get("transfer_spec.transfer_options.overwrite_when")).toBe("NEVER");
    expect(job("cut-over").get("schedule.schedule_start_date")).toEqual({ year: 2026, month: 2, day: 1 });
    expect(job("cut-over").get("schedule.schedule_end_date")).toEqual({ year: 2026, month: 2, day: 28 });
  });
});
