import { CloudSchedulerJob } from "@cdktf/provider-google/lib/cloud-scheduler-job";
import { ProjectIamCustomRole } from "@cdktf/provider-google/lib/project-iam-custom-role";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { having, matching, object } from "../../core/checks";
import { environmentFact } from "../../core/environment";
import { assertValid } from "../../core/errors";
import { waitFor } from "../../core/grant";
import { physicalName, type NameRule } from "../../core/names";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { scheduleProblems, Weekday, type Recurrence, type Schedule } from "../../core/schedule";
import { GoogleServiceAccount } from "../../identity/google/service-account";
import type { GoogleBucketRef } from "../../storage/references";

/** An instance of Memorystore for Redis, as its exports need it. */
export interface RedisInstanceRef {
  /** `projects/<project>/locations/<region>/instances/<name>`: the id of a `google_redis_instance`. */
  readonly instanceName: string;
  /** Its own identity, `serviceAccount:<email>`: `persistence_iam_identity`. */
  readonly member: string;
}

/** Snapshots of Redis in a bucket. */
export interface RedisExportProps extends PlacementProps {
  /** In the project of the environment. */
  readonly instance: RedisInstanceRef;
  /** Own or referred to, best in the region of the instance. Each snapshot is a new version of one object. */
  readonly destination: GoogleBucketRef;
  /** Such as `redis-snapshot.rdb`. */
  readonly objectName: string;
  /** In UTC; reading is slower while a snapshot is made. */
  readonly schedule: Schedule;
}

/** The provider's resources besides the schedule, each for overrides and moves. */
export interface RedisExportResources {
  readonly role: ProjectIamCustomRole;
  readonly writer: StorageBucketIamMember;
}

/** Tries the API again before the time of the next snapshot. https://cloud.google.com/scheduler/docs/configuring/retry-jobs */
const RETRY = { retryCount: 3, minBackoffDuration: "60s", maxBackoffDuration: "3600s" };

const JOB_NAME: NameRule = {
  rule: "1-500 letters, digits, hyphens or underscores",
  pattern: /^[A-Za-z0-9_-]{1,500}$/,
  maximum: 200,
  source: "https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs",
};
const ROLE_ID: NameRule = {
  rule: "3-64 letters, digits, underscores or dots",
  pattern: /^[A-Za-z0-9_.]{3,64}$/,
  maximum: 64,
  separator: "_",
  source: "https://cloud.google.com/iam/docs/creating-custom-roles",
};

/**
 * Exports an instance of Memorystore for Redis to a bucket, again and again: Cloud Scheduler asks the API, as an account
 * that may do nothing else.
 */
export class RedisExport extends Construct {
  /** `gs://…` of the snapshot. */
  public readonly url: string;
  /** As whom the export is asked for. */
  public readonly account: GoogleServiceAccount;
  public readonly resource: CloudSchedulerJob;
  public readonly resources: RedisExportResources;

  public constructor(scope: Construct, id: string, props: RedisExportProps) {
    super(scope, id);
    assertValid(this, [...place(this, "google", props), ...exportProblems(props)]);
    this.url = `gs://${props.destination.bucketName}/${props.objectName}`;
    this.account = new GoogleServiceAccount(this, "Exporter", {
      description: `Exports Redis to ${props.objectName}`,
      provider: props.provider,
    });
    this.resources = { role: this.createRole(), writer: this.letInstanceWrite(props) };
    this.resource = this.createJob(props);
    waitFor(this.resource, this.resources.writer);
    this.letExport(this.resources.role);
  }

  /** No predefined role exports but the one that does everything. https://cloud.google.com/memorystore/docs/redis/access-control */
  private createRole(): ProjectIamCustomRole {
    return new ProjectIamCustomRole(
      this,
      "Role",
      placedGlobally(this, {
        roleId: physicalName(this, ROLE_ID),
        title: "Exports of Memorystore for Redis",
        permissions: ["redis.instances.export"],
      }),
    );
  }

  private letExport({ name: role }: ProjectIamCustomRole): void {
    const project = environmentFact(this, "google.projectId", ({ google }) => google?.projectId);
    const bind = (scope: Construct, id: string, member: { readonly role: string; readonly member: string }) =>
      new ProjectIamMember(scope, id, { ...member, project });
    this.account.allow({ verb: "export", target: this.node.path }, { role, bind }).before(this.resource);
  }

  /** Getting the bucket, creating, and deleting what is overwritten. https://cloud.google.com/memorystore/docs/redis/access-control */
  private letInstanceWrite({ instance, destination }: RedisExportProps): StorageBucketIamMember {
    return new StorageBucketIamMember(
      this,
      "Writer",
      placedGlobally(this, {
        bucket: destination.bucketName,
        role: "roles/storage.legacyBucketWriter",
        member: instance.member,
      }),
    );
  }

  private createJob({ instance, schedule, destination, objectName }: RedisExportProps): CloudSchedulerJob {
    // joined by Terraform: inside of its functions no text may hold a reference
    const uri = Fn.join("/", ["gs:/", destination.bucketName, objectName]);
    const body = Fn.jsonencode({ outputConfig: { gcsDestination: { uri } } });
    return new CloudSchedulerJob(
      this,
      "Resource",
      placedGlobally(this, {
        name: physicalName(this, JOB_NAME),
        region: environmentFact(this, "google.region", ({ google }) => google?.region),
        schedule: cronOf(schedule.recurrence),
        timeZone: "Etc/UTC",
        retryConfig: RETRY,
        httpTarget: {
          httpMethod: "POST",
          uri: `https://redis.googleapis.com/v1/${instance.instanceName}:export`,
          headers: { "Content-Type": "application/json" },
          body: Fn.base64encode(body),
          oauthToken: { serviceAccountEmail: this.account.email },
        },
      }),
    );
  }
}

const WEEKDAYS: readonly Weekday[] = [
  Weekday.SUNDAY,
  Weekday.MONDAY,
  Weekday.TUESDAY,
  Weekday.WEDNESDAY,
  Weekday.THURSDAY,
  Weekday.FRIDAY,
  Weekday.SATURDAY,
];

/** https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules */
function cronOf(recurrence: Recurrence): string {
  const minute = String(recurrence.minute);
  if (recurrence.every === "hours")
    return `${minute} ${recurrence.hours === 1 ? "*" : `*/${String(recurrence.hours)}`} * * *`;
  const time = `${minute} ${String(recurrence.hour)}`;
  if (recurrence.every === "day") return `${time} * * *`;
  if (recurrence.every === "week") return `${time} * * ${String(WEEKDAYS.indexOf(recurrence.weekday))}`;
  return `${time} ${String(recurrence.day)} * *`;
}

const INSTANCE = /^projects\/[^/]+\/locations\/[^/]+\/instances\/[^/]+$/;
const OBJECT = /^[A-Za-z0-9][\w./-]{0,1000}\.rdb$/;

const exportProblems = ({ instance, destination, objectName, schedule }: RedisExportProps): readonly string[] => {
  const shape = object("instance", instance);
  const rule = "the id of an instance (projects/<project>/locations/<region>/instances/<name>)";
  return [
    ...(shape.length > 0
      ? shape
      : [
          ...matching("instance.instanceName", instance.instanceName, INSTANCE, rule),
          ...matching("instance.member", instance.member, /^serviceAccount:\S+@\S+$/, "serviceAccount:<email>"),
        ]),
    ...having("destination", destination, "url", "a GoogleBucket, own or referred to"),
    ...matching("objectName", objectName, OBJECT, "the key of an object that ends in .rdb"),
    ...scheduleProblems("schedule", schedule),
  ];
};
