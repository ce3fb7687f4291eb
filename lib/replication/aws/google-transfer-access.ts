import { Construct } from "constructs";
import { flag, given, having, problem } from "../../core/checks";
import { assertValid } from "../../core/errors";
import type { Grant } from "../../core/grant";
import { place, placementOf, type PlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { AwsRole } from "../../identity/aws/role";
import { trustGoogle } from "../../identity/aws/trust";
import { subjectProblems } from "../../identity/web-identity";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { IAwsBucket } from "../../storage/aws/bucket";
import { directProblems } from "../../storage/aws/object-events";
import { Delivery } from "../../storage/delivery";
import { AwsQueue } from "../../streaming/aws/queue";
import { copiedPrefixes, prefixProblems, type CopiedObjects } from "../prefixes";
import type { S3TransferTrust } from "../references";

/** A bucket of S3, opened to Storage Transfer of Google. */
export interface GoogleTransferAccessProps extends CopiedObjects, PlacementProps {
  /** Of the role's own account. For events an AwsBucket of the same stack. */
  readonly source: IAwsBucket;
  /**
   * The number of the service agent of Storage Transfer in the project that copies: `subjectId` of the data source
   * `google_storage_transfer_project_service_account`, or of the API's `googleServiceAccounts.get`.
   */
  readonly subjectId: string;
  /** Whether a queue is told of new objects, so that they are copied within minutes. @default false */
  readonly events?: boolean;
  /** Who is told of news that could not be handled. @default - the environment's route; without one there is no alarm */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/**
 * Lets Storage Transfer of Google read a bucket of S3 without a key: a role that its service agent assumes with its own
 * token, and nobody else. The other side is `S3ToGcsTransfer` with this as its `trust`.
 */
export class GoogleTransferAccess extends Construct implements S3TransferTrust {
  public readonly roleArn: string;
  public readonly queueArn?: string;
  public readonly prefixes?: readonly string[];
  public readonly rights: readonly Grant[];
  public readonly role: AwsRole;
  /** What S3 tells of new objects, with its lag as a metric; there is one with `events`. */
  public readonly queue?: AwsQueue;

  public constructor(scope: Construct, id: string, props: GoogleTransferAccessProps) {
    super(scope, id);
    const problems = accessProblems(props);
    assertValid(this, problems.length > 0 ? problems : [...this.placeBeside(props), ...this.eventProblems(props)]);
    const { source, subjectId, prefixes, tags } = props;
    const { provider } = placementOf(this);
    const description = `Copies ${source.path} to Google Cloud`;
    this.role = new AwsRole(this, "Role", { trust: trustGoogle(subjectId), description, tags, provider });
    this.roleArn = this.role.roleArn;
    this.prefixes = prefixes;
    this.queue = props.events === true ? this.createQueue(props) : undefined;
    this.queueArn = this.queue?.queueArn;
    this.rights = [
      source.grants.transferFrom(this.role, copiedPrefixes(props)),
      ...(this.queue === undefined ? [] : [this.queue.grants.consume(this.role)]),
    ];
  }

  /** Queue and bucket have to stand in one region. */
  private placeBeside({ source, provider }: GoogleTransferAccessProps): string[] {
    const beside = Construct.isConstruct(source) ? placementOf(source) : {};
    return place(this, "aws", { ...beside, provider: provider ?? beside.provider });
  }

  /** Storage Transfer reads what S3 itself sends: EventBridge would wrap it in a form of its own. */
  private eventProblems({ source, events }: GoogleTransferAccessProps): readonly string[] {
    if (events !== true) return [];
    const objects = source.objectsCreated({ delivery: Delivery.DIRECT });
    return directProblems(this, objects).length > 0
      ? [problem("source", "a bucket of the same stack for events, because S3 itself tells the queue", source)]
      : [];
  }

  private createQueue(props: GoogleTransferAccessProps): AwsQueue {
    const { source, monitoring, tags } = props;
    const queue = new AwsQueue(this, "Queue", { monitoring, tags, ...placementOf(this) });
    const { bucketArn: sourceArn, accountId: sourceAccount } = source;
    queue.allowService({ sid: "S3", service: "s3.amazonaws.com", sourceArn, sourceAccount });
    for (const prefix of copiedPrefixes(props)) {
      const { notify } = source.objectsCreated({ prefix, delivery: Delivery.DIRECT });
      const id = `${this.node.id}-${prefix === "" ? "all" : prefix.replace(/[^A-Za-z0-9]+/g, "-").replace(/-$/, "")}`;
      notify?.({ id, queueArn: queue.queueArn, policy: queue.policy, ...(prefix !== "" && { prefix }) });
    }
    return queue;
  }
}

const accessProblems = (props: GoogleTransferAccessProps): readonly string[] => [
  ...["bucketArn", "grants"].flatMap((fact) => having("source", props.source, fact, "a bucket of S3")).slice(0, 1),
  ...subjectProblems("subjectId", props.subjectId),
  ...prefixProblems("", props),
  ...given(props.events, (events) => flag("events", events)),
  ...monitoringProblems(props.monitoring),
  ...tagProblems("tags", props.tags),
];
