import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import { given, having, isToken, matching, object, wholeNumber } from "../../core/checks";
import { environmentOf, routeOf } from "../../core/environment";
import { Severity, type IncidentRoute } from "../../core/incident-route";
import { AWS_REGION } from "../../core/regions";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import type { AwsAlarm } from "../../monitoring/aws/alarm";
import type { AwsBucket } from "../../storage/aws/bucket";
import { ruleStanding, type S3ReplicationMetrics } from "./replication-metrics";
import { TIME_CONTROL_MINUTES, type S3ReplicationRule } from "./rules";

/** Whom to tell of what about a replication. */
export interface S3ReplicationMonitoring extends Monitoring {
  /**
   * Whom to tell in other regions than the route's, by region: S3 publishes lag and backlog in the region of the
   * destination, failures in that of the source, and an alarm tells topics of its own region alone.
   * @default - nobody there, and a warning says so
   */
  readonly routes?: Readonly<Record<string, IncidentRoute>>;
  /** Minutes that copies may be behind. @default 15 with time control, else 240 */
  readonly maximumLagMinutes?: number;
  /** Gigabytes (10⁹ bytes) that may wait. @default 112, what time control's bandwidth of 1 Gbit/s copies in 15 minutes */
  readonly maximumPendingGigabytes?: number;
}

/** The alarms of one rule. */
export interface S3RuleAlarms {
  readonly ruleId: string;
  /** S3 gave up to copy something. */
  readonly failed?: AwsAlarm;
  /** Too much waits to be copied. */
  readonly pending?: AwsAlarm;
  /** The copies are too far behind. */
  readonly lag?: AwsAlarm;
}

/** Without time control S3 promises nothing: most objects take minutes, some hours. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-troubleshoot.html */
const LAG_MINUTES = 240;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html: 1 Gbit/s for 15 minutes, rounded down. */
const PENDING_GIGABYTES = 112;
const GIGABYTE = 1_000_000_000;
const MINUTE_SECONDS = 60;

/** The problems of how a replication is watched. */
export function s3MonitoringProblems(monitoring: S3ReplicationMonitoring | undefined): readonly string[] {
  const shape = monitoringProblems(monitoring);
  return shape.length > 0
    ? shape
    : [
        ...given(monitoring?.routes, routesProblems),
        ...given(monitoring?.maximumLagMinutes, (minutes) =>
          wholeNumber("monitoring.maximumLagMinutes", minutes, { minimum: 1, unit: "minutes" }),
        ),
        ...given(monitoring?.maximumPendingGigabytes, (gigabytes) =>
          wholeNumber("monitoring.maximumPendingGigabytes", gigabytes, { minimum: 1, unit: "gigabytes" }),
        ),
      ];
}

const ROUTES = "monitoring.routes";

function routesProblems(routes: Readonly<Record<string, unknown>>): readonly string[] {
  const shape = object(ROUTES, routes);
  if (shape.length > 0) return shape;
  return Object.entries(routes).flatMap(([region, route]) => [
    ...matching(ROUTES, region, AWS_REGION.pattern, `by regions: ${AWS_REGION.rule}`),
    ...having(`${ROUTES}.${region}`, route, "actionsFor", "an incident route"),
  ]);
}

/** A replication that is watched. */
interface Watched extends Construct {
  readonly rules: readonly S3ReplicationRule[];
  readonly metrics: S3ReplicationMetrics;
}

/** The alarms of every rule with metrics, as soon as there is somebody to tell. */
export function replicationAlarms(
  replication: Watched,
  source: AwsBucket,
  monitoring: S3ReplicationMonitoring = {},
): readonly S3RuleAlarms[] {
  const told = new Told(replication, source, monitoring);
  if (told.isNobody) return [];
  const { severity = Severity.HIGH } = monitoring;
  return replication.rules
    .filter(({ destination }) => destination.metrics !== false)
    .map((rule) => ({
      ruleId: rule.id,
      ...failedAlarm(replication, source, rule, { severity, monitoring, route: told.atSource(rule) }),
      ...behindAlarms(replication, rule, { severity, monitoring, route: told.atDestination(rule) }),
    }));
}

/** Who is told in which region: an alarm tells topics of its own region alone. */
class Told {
  private readonly route: IncidentRoute | undefined;
  /** The region of the route: the source's where it is said here, else the environment's. */
  private readonly home: string;
  private readonly routes: Readonly<Record<string, IncidentRoute>>;

  public constructor(
    private readonly replication: Watched,
    private readonly source: AwsBucket,
    { route, routes = {} }: S3ReplicationMonitoring,
  ) {
    this.route = route ?? routeOf(replication);
    this.home = (route === undefined ? environmentOf(replication)?.aws?.region : undefined) ?? source.region;
    this.routes = routes;
  }

  public get isNobody(): boolean {
    return this.route === undefined && Object.keys(this.routes).length === 0;
  }

  public atSource({ id }: S3ReplicationRule): IncidentRoute | undefined {
    const { region } = this.source;
    return this.inRegion(
      isToken(region) ? this.home : region,
      `what is copied from ${this.source.path} fails (rule ${id})`,
    );
  }

  public atDestination({ id, destination: { bucket } }: S3ReplicationRule): IncidentRoute | undefined {
    const { together } = ruleStanding(this.source, bucket);
    const region = together ? this.source.region : bucket.region;
    return this.inRegion(
      together && isToken(region) ? this.home : region,
      `copies in ${bucket.path} fall behind (rule ${id})`,
    );
  }

  private inRegion(region: string, when: string): IncidentRoute | undefined {
    const known = isToken(region) && region !== this.home ? undefined : region;
    const route =
      known === undefined ? undefined : (this.routes[known] ?? (known === this.home ? this.route : undefined));
    if (route === undefined)
      Annotations.of(this.replication).addWarning(
        `Nobody is told when ${when}: name a route of ${known ?? "its region (a literal one)"} in monitoring.routes, because S3 publishes it there and an alarm tells its own region alone.`,
      );
    return route;
  }
}

interface AlarmSettings {
  readonly severity: Severity;
  readonly monitoring: S3ReplicationMonitoring;
  readonly route: IncidentRoute | undefined;
}

const failedAlarm = (
  replication: Watched,
  source: AwsBucket,
  rule: S3ReplicationRule,
  { severity, route }: AlarmSettings,
): Pick<S3RuleAlarms, "failed"> =>
  route === undefined
    ? {}
    : {
        failed: replication.metrics
          .of(rule)
          .operationsFailed()
          .alarm(replication, `Failed-${rule.id}`, {
            above: 0,
            severity,
            route,
            description: `S3 gave up to copy objects from ${source.path} to ${rule.destination.bucket.path}`,
          }),
      };

function behindAlarms(
  replication: Watched,
  rule: S3ReplicationRule,
  { severity, monitoring, route }: AlarmSettings,
): Pick<S3RuleAlarms, "pending" | "lag"> {
  if (route === undefined) return {};
  const { timeControl, bucket } = rule.destination;
  const minutes = monitoring.maximumLagMinutes ?? (timeControl === true ? TIME_CONTROL_MINUTES : LAG_MINUTES);
  const gigabytes = monitoring.maximumPendingGigabytes ?? PENDING_GIGABYTES;
  const metrics = replication.metrics.of(rule);
  return {
    pending: metrics.bytesPending().alarm(replication, `Pending-${rule.id}`, {
      above: gigabytes * GIGABYTE,
      severity,
      route,
      description: `More than ${String(gigabytes)} GB wait to be copied to ${bucket.path}`,
    }),
    lag: metrics.latencySeconds().alarm(replication, `Lag-${rule.id}`, {
      above: minutes * MINUTE_SECONDS,
      severity,
      route,
      description: `Copies in ${bucket.path} are more than ${String(minutes)} minutes behind`,
    }),
  };
}
