import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketNotification } from "@cdktf/provider-aws/lib/s3-bucket-notification";
import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { MonitoringAlertPolicy } from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageTransferJob } from "@cdktf/provider-google/lib/storage-transfer-job";
import type { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { useEnvironment } from "../../../lib/core/environment";
import { Schedule } from "../../../lib/core/schedule";
import { AwsKey } from "../../../lib/encryption/aws/key";
import {
  GoogleTransferAccess,
  type GoogleTransferAccessProps,
} from "../../../lib/replication/aws/google-transfer-access";
import { GoogleTransferAccess as AzureTransferAccess } from "../../../lib/replication/azure/google-transfer-access";
import {
  AzureToGcsTransfer,
  type AzureToGcsTransferProps,
} from "../../../lib/replication/google/azure-to-gcs-transfer";
import { S3ToGcsTransfer, type S3ToGcsTransferProps } from "../../../lib/replication/google/s3-to-gcs-transfer";
import { CopyEngine, loopProblems } from "../../../lib/replication/loops";
import { AwsBucket } from "../../../lib/storage/aws/bucket";
import { BucketEncryption } from "../../../lib/storage/aws/encryption";
import { AzureBucket } from "../../../lib/storage/azure/bucket";
import { GoogleBucket } from "../../../lib/storage/google/bucket";
import { synthApp } from "../../../lib/testing/synth";
import { Template } from "../../../lib/testing/template";
import { PROD, stackOn } from "../../storage/clouds/cloud";
import { GOOGLE } from "../../storage/clouds/google";
import { danglingReferences } from "../../storage/references";
import { lines, messageOf } from "../../support/messages";
import { statementsOf } from "../../support/policies";

const SUBJECT = "112233445566778899000";
const ROLE = { roleArn: "arn:aws:iam::123456789012:role/to-google" };
const IDENTITY = { clientId: "22222222-2222-2222-2222-222222222222", tenantId: "33333333-3333-3333-3333-333333333333" };

/** A stack on all three clouds. */
function stackIn(app: App, id = "lake"): TerraformStack {
  const stack = stackOn(GOOGLE, app, id);
  new AwsProvider(stack, "aws", { region: "eu-west-1" });
  const features = [{ storage: [{ dataPlaneAvailable: false }] }];
  new AzurermProvider(stack, "azurerm", { features, storageUseAzuread: true });
  return stack;
}
const templateOf = (build: (stack: TerraformStack) => unknown): Template =>
  Template.of(synthApp((app) => void build(stackIn(app))).stack("lake"));
const errorOf = (build: (stack: TerraformStack) => unknown): string => messageOf(() => templateOf(build));

type FromS3 = Partial<S3ToGcsTransferProps>;
const fromS3 = (stack: TerraformStack, props: FromS3 = {}, id = "copy"): S3ToGcsTransfer =>
  new S3ToGcsTransfer(stack, id, {
    source: AwsBucket.fromBucketAttributes(stack, `${id}-source`, {
      bucketName: "acme-pos",
      encryption: BucketEncryption.s3Managed(),
    }),
    destination: GoogleBucket.fromBucketAttributes(stack, `${id}-target`, { bucketName: "acme-hub" }),
    trust: ROLE,
    ...(props.onceOn === undefined && { schedule: Schedule.hourly() }),
    ...props,
  });
const jobWith = (props: FromS3): Template => templateOf((stack) => fromS3(stack, props));

describe("a transfer from S3", () => {
  const template = jobWith({ prefixes: ["raw/"], excludedPrefixes: ["raw/tmp/"], targetPrefix: "aws/" });

  test("is a job with the role alone, that overwrites what differs and logs what fails", () => {
    expect(template.only(StorageTransferJob).attributes).toEqual({
      depends_on: template
        .all(StorageBucketIamMember)
        .map(({ address }) => address)
        .reverse(),
      description: "lake/copy: lake/copy-source (S3) to lake/copy-target (Cloud Storage)",
      logging_config: { log_actions: ["FIND", "COPY"], log_action_states: ["FAILED"] },
      schedule: {
        repeat_interval: "3600s",
        schedule_start_date: { year: 2024, month: 1, day: 1 },
        start_time_of_day: { hours: 0, minutes: 0, seconds: 0, nanos: 0 },
      },
      status: "ENABLED",
      transfer_spec: {
        aws_s3_data_source: { bucket_name: "acme-pos", role_arn: ROLE.roleArn },
        gcs_data_sink: { bucket_name: "acme-hub", path: "aws/" },
        object_conditions: { include_prefixes: ["raw/"], exclude_prefixes: ["raw/tmp/"] },
        transfer_options: { overwrite_when: "DIFFERENT" },
      },
    });
  });

  test("lets the service agent write, once for all transfers into a bucket", () => {
    const several = templateOf((stack) => {
      const destination = new GoogleBucket(stack, "hub");
      for (const id of ["one", "two"]) fromS3(stack, { destination }, id);
    });
    const member = "serviceAccount:project-123456789012@storage-transfer-service.iam.gserviceaccount.com";
    expect(several.all(StorageBucketIamMember).map((one) => [one.get("role"), one.get("member")])).toEqual([
      ["roles/storage.legacyBucketWriter", member],
      ["roles/storage.objectViewer", member],
    ]);
    for (const job of several.all(StorageTransferJob)) expect(job.get("depends_on")).toHaveLength(2);
  });

  test.each([
    [
      "daily",
      { schedule: Schedule.daily({ hour: 2, minute: 30 }), startsOn: "2026-02-01", endsOn: "2026-02-28" },
      {
        repeat_interval: "86400s",
        schedule_start_date: { year: 2026, month: 2, day: 1 },
        schedule_end_date: { year: 2026, month: 2, day: 28 },
        start_time_of_day: { hours: 2, minutes: 30, seconds: 0, nanos: 0 },
      },
    ],
    [
      "every six hours",
      { schedule: Schedule.everyHours(6, 15) },
      {
        repeat_interval: "21600s",
        schedule_start_date: { year: 2024, month: 1, day: 1 },
        start_time_of_day: { hours: 0, minutes: 15, seconds: 0, nanos: 0 },
      },
    ],
    [
      "once",
      { onceOn: "2026-01-31" },
      {
        schedule_start_date: { year: 2026, month: 1, day: 31 },
        schedule_end_date: { year: 2026, month: 1, day: 31 },
      },
    ],
  ] as const)("runs %s", (_, times, schedule) => {
    expect(jobWith(times).only(StorageTransferJob).get("schedule")).toEqual(schedule);
  });

  test("runs by events where the trust has a queue, from one day to another", () => {
    const queueArn = "arn:aws:sqs:eu-west-1:123456789012:news";
    const trust = { ...ROLE, queueArn };
    const job = jobWith({ trust, schedule: undefined, startsOn: "2026-02-01", endsOn: "2026-02-28" }).only(
      StorageTransferJob,
    );
    expect(job.has("schedule")).toBe(false);
    expect(job.get("event_stream")).toEqual({
      name: queueArn,
      event_stream_start_time: "2026-02-01T00:00:00Z",
      event_stream_expiration_time: "2026-02-28T23:59:59Z",
    });
    expect(jobWith({ trust }).only(StorageTransferJob).has("event_stream")).toBe(false);
  });

  test("alarms on errors of its own job, as soon as there is a route", () => {
    template.none(MonitoringAlertPolicy);
    const route = { actionsFor: () => ["projects/acme/notificationChannels/7"] };
    const alarmed = jobWith({ monitoring: { route, severity: "critical" } });
    const policy = alarmed.only(MonitoringAlertPolicy);
    expect(policy.get("notification_channels")).toEqual(["projects/acme/notificationChannels/7"]);
    expect(policy.get("conditions.0.condition_threshold.filter")).toBe(
      'resource.type = "storage_transfer_job" AND metric.type = "storagetransfer.googleapis.com/transferjob/error_count"' +
        ` AND resource.labels.job_id = ends_with("\${trimprefix(${alarmed.only(StorageTransferJob).address}.name, "transferJobs/")}")`,
    );
  });

  test("says that nobody is told, where the environment's route is of another cloud", () => {
    const app = synthApp((app) => {
      const stack = stackIn(app);
      useEnvironment(stack, PROD, { route: { actionsFor: () => ["arn:aws:sns:eu-west-1:1:oncall"] } });
      fromS3(stack);
    });
    Template.of(app.stack("lake")).none(MonitoringAlertPolicy);
    expect(app.annotations("lake").map(({ message }) => message)).toEqual([
      "Nobody is told what could not be copied: the environment's route is of another cloud. Give monitoring.route one of Google.",
    ]);
  });

  test("has metrics by status and origin", () => {
    templateOf((stack) => {
      const { metrics } = fromS3(stack);
      expect(
        [metrics.failedObjects(), metrics.copiedObjects(), metrics.copiedBytes(), metrics.foundObjects()].map(
          ({ metricName, dimensions, missingData }) => [metricName, Object.entries(dimensions)[1], missingData],
        ),
      ).toEqual([
        ["transferjob/copied_objects_count", ["metric.labels.status", "failed"], "notBreaching"],
        ["transferjob/copied_objects_count", ["metric.labels.status", "succeeded"], "breaching"],
        ["transferjob/copied_bytes_count", ["metric.labels.status", "succeeded"], "breaching"],
        ["transferjob/found_objects_count", ["metric.labels.origin", "source"], "notBreaching"],
      ]);
    });
  });
});

describe("access of Google to a bucket of S3", () => {
  const accessTo = (props: Partial<GoogleTransferAccessProps>): Template =>
    templateOf((stack) => {
      const source = new AwsBucket(stack, "pos", { encryption: BucketEncryption.key(new AwsKey(stack, "key")) });
      const trust = new GoogleTransferAccess(stack, "access", { source, subjectId: SUBJECT, ...props });
      const destination = new GoogleBucket(stack, "hub");
      new S3ToGcsTransfer(stack, "copy", { source, destination, trust, prefixes: ["raw/"], onceOn: "2026-01-31" });
    });

  test("is a role that one identity of Google assumes, with exactly what reading takes", () => {
    const template = accessTo({ prefixes: ["raw/"] });
    expect(statementsOf(template.only(IamRole).get("assume_role_policy"))).toEqual([
      {
        Effect: "Allow",
        Principal: { Federated: "accounts.google.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { "accounts.google.com:sub": SUBJECT } },
      },
    ]);
    const bucket = "${aws_s3_bucket.pos_A02B06CA.arn}";
    expect(statementsOf(template.only(IamRolePolicy).get("policy"))).toEqual([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${bucket}/raw/*`] },
      { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: [bucket] },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: ["${aws_kms_key.key_FEDD6EC0.arn}"],
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
      },
    ]);
    expect(template.only(StorageTransferJob).get("depends_on")).toContain(template.only(IamRolePolicy).address);
  });

  test("has a queue with events, which S3 itself tells of each prefix", () => {
    const template = accessTo({ prefixes: ["raw/", "clean/"], events: true });
    expect(template.only(S3BucketNotification).get("queue")).toEqual(
      ["raw", "clean"].map((name) => ({
        events: ["s3:ObjectCreated:*"],
        filter_prefix: `${name}/`,
        id: `access-${name}`,
        queue_arn: expect.stringMatching(/^\$\{aws_sqs_queue\.access_Queue_\w+\.arn\}$/) as string,
      })),
    );
    const actions = template.all(IamRolePolicy).flatMap((policy) => statementsOf(policy.get("policy")));
    expect(actions.flatMap(({ Action }) => Action).filter((action) => action.startsWith("sqs:"))).toEqual([
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
    ]);
  });

  test("may stand in another stack than the transfer", () => {
    const app = synthApp((app) => {
      const aws = stackIn(app, "aws");
      const source = new AwsBucket(aws, "pos");
      const trust = new GoogleTransferAccess(aws, "access", { source, subjectId: SUBJECT });
      fromS3(stackIn(app), { source, trust });
    });
    expect(danglingReferences(app.stack("lake"))).toEqual([]);
    expect(Template.of(app.stack("lake")).only(StorageTransferJob).get("depends_on")).toHaveLength(2);
  });

  test("keeps its addresses", () => {
    expect(
      accessTo({ events: true })
        .addresses()
        .filter((address) => /\.(access|copy|storage-transfer-agent)/.test(address)),
    ).toEqual([
      "aws_iam_role.access_Role_D94ECCF0",
      "aws_iam_role_policy.access_Role_consume-Queue-1c907e06_D320EBB3",
      "aws_iam_role_policy.access_Role_transfer-from-pos-2d9baf16_33A0E7BC",
      "aws_sqs_queue.access_Queue_268081BC",
      "aws_sqs_queue.access_Queue_DeadLetter_8050FFD1",
      "aws_sqs_queue_policy.access_Queue_DeadLetter_Policy_FF402D4D",
      "aws_sqs_queue_policy.access_Queue_Policy_F080DB88",
      "aws_sqs_queue_redrive_allow_policy.access_Queue_RedriveAllow_0A467A42",
      "google_storage_bucket_iam_member.storage-transfer-agent-123456789012_delete-hub-a3bed665_D2094CF3",
      "google_storage_bucket_iam_member.storage-transfer-agent-123456789012_read-hub-a3bed665_D8892D1C",
      "google_storage_transfer_job.copy_DD9954EA",
    ]);
  });

  test("fails on what is none", () => {
    const build = (stack: TerraformStack): void => {
      const props = { source: "acme-pos", subjectId: "agent@acme.com", events: "yes", prefixes: ["raw/", "raw/a/"] };
      new GoogleTransferAccess(stack, "access", props as never);
    };
    expect(errorOf(build)).toBe(
      lines(
        "lake/access has 4 problems",
        '  source must be a bucket of S3, got "acme-pos"',
        '  subjectId must be the number of an identity of Google (its subject id, digits alone), got "agent@acme.com"',
        '  prefixes[1] must be apart from "raw/" of prefixes[0], which goes to the same place, got "raw/a/"',
        '  events must be true or false, got "yes"',
      ),
    );
  });

  test("fails on events of a bucket of another stack", () => {
    const build = (app: App): void => {
      const source = new AwsBucket(stackIn(app, "other"), "pos");
      new GoogleTransferAccess(stackIn(app), "access", { source, subjectId: SUBJECT, events: true });
    };
    expect(messageOf(() => synthApp(build))).toBe(
      "lake/access has 1 problem\n  source must be a bucket of the same stack for events, because S3 itself tells the queue, got the construct other/pos",
    );
  });
});

describe("a transfer from Azure", () => {
  const fromAzure = (props: Partial<AzureToGcsTransferProps> = {}): Template =>
    templateOf((stack) => {
      const source = new AzureBucket(stack, "training", { bucketName: "training" });
      const destination = new GoogleBucket(stack, "hub");
      const trust = new AzureTransferAccess(stack, "access", { source, subjectId: SUBJECT });
      new AzureToGcsTransfer(stack, "copy", { source, destination, trust, schedule: Schedule.hourly(), ...props });
    });

  test("acts as a managed identity that one identity of Google stands for", () => {
    const template = fromAzure();
    const identity = "azurerm_user_assigned_identity.access_Identity_6BB6CC56";
    expect(template.only(FederatedIdentityCredential).attributes).toMatchObject({
      audience: ["api://AzureADTokenExchange"],
      issuer: "https://accounts.google.com",
      subject: SUBJECT,
      parent_id: `\${${identity}.id}`,
      resource_group_name: `\${element(split("/", ${identity}.id), 4)}`,
    });
    expect(template.only(RoleAssignment).get("role_definition_name")).toBe("Storage Blob Data Reader");
    expect(template.only(StorageTransferJob).get("transfer_spec.azure_blob_storage_data_source")).toMatchObject({
      federated_identity_config: { client_id: `\${${identity}.client_id}`, tenant_id: `\${${identity}.tenant_id}` },
    });
    expect(template.only(StorageTransferJob).get("depends_on")).toEqual(
      expect.arrayContaining([
        template.only(RoleAssignment).address,
        template.only(FederatedIdentityCredential).address,
      ]),
    );
  });

  test("takes an application that was made elsewhere", () => {
    const spec = fromAzure({ trust: IDENTITY })
      .only(StorageTransferJob)
      .get("transfer_spec.azure_blob_storage_data_source");
    expect(spec).toMatchObject({
      federated_identity_config: { client_id: IDENTITY.clientId, tenant_id: IDENTITY.tenantId },
    });
  });

  test("fails without a time, from what is no container, without an identity", () => {
    expect(
      messageOf(() => fromAzure({ schedule: undefined, source: {} as never, trust: { clientId: "1" } as never })),
    ).toBe(
      lines(
        "lake/copy has 3 problems",
        "  source must be a container of Azure, own or referred to, got {}",
        '  trust must be an identity that Google may act as, as GoogleTransferAccess of Azure makes it, got {"clientId":"1"}',
        '  schedule, onceOn must be given one of the two, or neither where the trust has a queue, got "neither"',
      ),
    );
  });
});

describe("a transfer fails on", () => {
  test("keys that another copy brings back", () => {
    const build = (stack: TerraformStack): void => {
      const source = new AwsBucket(stack, "pos");
      const destination = new GoogleBucket(stack, "hub");
      const back = { from: destination.path, to: source.path, prefixes: [""], engine: CopyEngine.JOB };
      expect(loopProblems(new Construct(stack, "back"), "prefixes", back)).toEqual([]);
      fromS3(stack, { source, destination });
    };
    expect(errorOf(build)).toBe(
      'lake/copy has 1 problem\n  prefixes must be apart from what other copies bring here, because copies would be copied again for ever, got lake/copy → lake/back for keys below ""',
    );
  });

  test("every wrong prop at once", () => {
    const wrong: FromS3 = {
      source: {} as never,
      destination: { url: "gs://x" } as never,
      trust: { roleArn: "role" },
      prefixes: ["/raw"],
      schedule: Schedule.weekly({ weekday: "monday" }),
      startsOn: "2026-02-30x",
      overwrite: "sometimes" as never,
      monitoring: { severity: "now" as never },
    };
    expect(errorOf((stack) => fromS3(stack, wrong))).toBe(
      lines(
        "lake/copy has 7 problems",
        "  source must be a bucket of S3, own or referred to, got {}",
        '  trust.roleArn must be the ARN of a role, got "role"',
        '  destination must be a GoogleBucket, own or referred to, got {"url":"gs://x"}',
        '  prefixes[0] must be a key prefix of at most 1024 bytes, without a leading slash or control characters, got "/raw"',
        '  startsOn must be a day such as 2026-01-31, got "2026-02-30x"',
        '  overwrite must be one of "different", "never", "always", got "sometimes"',
        '  monitoring.severity must be one of "critical", "high", "low", got "now"',
      ),
    );
  });

  test.each([
    [
      { schedule: Schedule.monthly() },
      'schedule must be hourly or daily, because a transfer repeats after a fixed time and keeps no weekday, got "month"',
    ],
    [
      { schedule: Schedule.hourly(), onceOn: "2026-01-01" },
      'schedule, onceOn must be given one of the two, or neither where the trust has a queue, got "both"',
    ],
    [
      { onceOn: "2026-01-01", endsOn: "2026-02-01" },
      'onceOn must be given without startsOn and endsOn, got "2026-01-01"',
    ],
    [
      { startsOn: "2026-02-01", endsOn: "2026-01-01" },
      'endsOn must be no earlier than startsOn at 2026-02-01, got "2026-01-01"',
    ],
    [{ targetPrefix: "aws" }, 'targetPrefix must be a prefix that ends in a slash, got "aws"'],
    [
      { prefixes: ["raw/"], excludedPrefixes: ["clean/"] },
      'excludedPrefixes[0] must be a part of what is copied, got "clean/"',
    ],
    [
      { trust: { ...ROLE, prefixes: ["raw/"] }, prefixes: ["clean/"] },
      'prefixes must be within what the trust opens (raw/), got "clean/"',
    ],
    [
      { trust: {} as never },
      "trust must be a role that Google may assume, as GoogleTransferAccess of AWS makes it, got {}",
    ],
  ] as readonly (readonly [FromS3, string])[])("%j", (props, problem) => {
    expect(errorOf((stack) => fromS3(stack, props))).toBe(`lake/copy has 1 problem\n  ${problem}`);
  });
});
