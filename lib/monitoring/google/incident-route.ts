import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { Construct } from "constructs";
import { list, literal, matching, oneOf, problem } from "../../core/checks";
import { assertValid } from "../../core/errors";
import { Severity, type IncidentRoute } from "../../core/incident-route";
import { place, placedGlobally, type PlacementProps } from "../../core/placement";
import { labelsFor } from "../../core/tagging";
import { tagProblems, type Tags } from "../../core/tags";

/** Whom an incident of one severity is told to. */
export interface IncidentReceivers {
  /** Mailboxes. @default - none */
  readonly emails?: readonly string[];
  /**
   * Resource names of Pub/Sub topics; `service-<project number>@gcp-sa-monitoring-notification.iam.gserviceaccount.com`
   * may publish to each. @default - none
   */
  readonly topics?: readonly string[];
  /** Channels that exist, such as those of PagerDuty and Slack with their secrets. @default - none */
  readonly channels?: readonly string[];
}

/** Whom the alarms of Google tell, by how urgent it is; a severity that is left out tells nobody. */
export interface GoogleIncidentRouteProps extends PlacementProps {
  readonly receivers: Readonly<Partial<Record<Severity, IncidentReceivers>>>;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const TOPIC = /^projects\/[^/]+\/topics\/[^/]+$/;
const CHANNEL = /^projects\/[^/]+\/notificationChannels\/[^/]+$/;

/**
 * Notification channels of Cloud Monitoring as a route: `useEnvironment(stack, environment, { route })`. A receiver of
 * several severities is one channel. Channels with a secret are made outside and given by name, so that none is in a state.
 */
export class GoogleIncidentRoute extends Construct implements IncidentRoute {
  /** The provider's classes, by what each of them reaches. */
  public readonly resources: ReadonlyMap<string, MonitoringNotificationChannel>;
  private readonly names: Readonly<Partial<Record<Severity, readonly string[]>>>;

  public constructor(scope: Construct, id: string, props: GoogleIncidentRouteProps) {
    super(scope, id);
    assertValid(this, [...place(this, "google", props), ...routeProblems(props)]);
    const made = new Map<string, MonitoringNotificationChannel>();
    this.names = Object.fromEntries(
      Object.entries(props.receivers).map(([severity, receivers]) => [severity, this.channels(receivers, made, props)]),
    );
    this.resources = made;
  }

  public actionsFor(severity: Severity): readonly string[] {
    return this.names[severity] ?? [];
  }

  private channels(
    { emails = [], topics = [], channels = [] }: IncidentReceivers,
    made: Map<string, MonitoringNotificationChannel>,
    { tags }: GoogleIncidentRouteProps,
  ): readonly string[] {
    const own = [
      ...emails.map((email) => ({ type: "email", to: email, labels: { email_address: email } })),
      ...topics.map((topic) => ({ type: "pubsub", to: topic, labels: { topic } })),
    ].map(({ type, to, labels }) => {
      const channel = made.get(to) ?? this.createChannel(type, to, labels, tags);
      made.set(to, channel);
      return channel.name;
    });
    return [...own, ...channels];
  }

  private createChannel(
    type: string,
    to: string,
    labels: Record<string, string>,
    tags: Tags | undefined,
  ): MonitoringNotificationChannel {
    const { labels: userLabels } = labelsFor(this, tags);
    return new MonitoringNotificationChannel(
      this,
      `${type}-${to.replace(/[^A-Za-z0-9]+/g, "-")}`,
      placedGlobally(this, {
        displayName: `${this.node.id}: ${to}`,
        type,
        labels,
        ...(userLabels !== undefined && { userLabels }),
      }),
    );
  }
}

const routeProblems = ({ receivers, tags }: GoogleIncidentRouteProps): readonly string[] => [
  ...Object.entries(receivers).flatMap(([severity, value]) => [
    ...oneOf("receivers", severity, Object.values(Severity)),
    ...receiversProblems(`receivers.${severity}`, value),
  ]),
  ...tagProblems("tags", tags),
];

function receiversProblems(path: string, { emails = [], topics = [], channels = [] }: IncidentReceivers): string[] {
  const each = (name: string, values: readonly string[], pattern: RegExp, rule: string): string[] =>
    list(`${path}.${name}`, values, (value, at) => matching(at, value, pattern, rule));
  const nobody = [emails, topics, channels].every((values) => Array.isArray(values) && values.length === 0);
  return [
    ...(nobody ? [problem(path, "given a receiver, or left out", {})] : []),
    ...[...emails, ...topics].flatMap((value) => literal(path, value)),
    ...each("emails", emails, EMAIL, "an address of a mailbox"),
    ...each("topics", topics, TOPIC, "the resource name of a topic (projects/<project>/topics/<topic>)"),
    ...each(
      "channels",
      channels,
      CHANNEL,
      "the resource name of a channel (projects/<project>/notificationChannels/<id>)",
    ),
  ];
}
