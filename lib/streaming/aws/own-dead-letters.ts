import type { Construct } from "constructs";
import { given } from "../../core/checks";
import { dataRemovalProblems, type DataRemovalProps } from "../../core/data-removal";
import { routeOf } from "../../core/environment";
import { ConstructValidationError } from "../../core/errors";
import { Severity } from "../../core/incident-route";
import { nameProblems, physicalName } from "../../core/names";
import type { AwsPlacementProps } from "../../core/placement";
import { tagProblems, type Tags } from "../../core/tags";
import { monitoringProblems, type Monitoring } from "../../monitoring/alarm";
import { DEAD_LETTER_RETENTION_SECONDS, DeadLetterQueue } from "./dead-letter-queue";
import { encryptionProblems, type QueueEncryption } from "./encryption";
import { QUEUE_NAME } from "./queue-name";
import { queueSettings } from "./queue-settings";

/** Dead letters of what has no queue before it: records of a stream, events of a rule, failed runs. */
export interface DeadLetterQueueProps extends DataRemovalProps, AwsPlacementProps {
  /** @default - derived from the construct path */
  readonly queueName?: string;
  /** @default QueueEncryption.sqsManaged() */
  readonly encryption?: QueueEncryption;
  /** Who is told of the first dead letter. @default - the environment's route; without one there is no alarm */
  readonly monitoring?: Monitoring;
  /** @default - the environment's tags */
  readonly tags?: Tags;
}

/**
 * A dead-letter queue without a queue before it: encrypted, TLS only, kept, 14 days, alarmed.
 *
 * @throws ConstructValidationError on wrong props
 */
export function deadLetterQueue(scope: Construct, id: string, props: DeadLetterQueueProps = {}): DeadLetterQueue {
  const problems = deadLetterProblems(props);
  if (problems.length > 0) throw new ConstructValidationError(`${scope.node.path}/${id}`, problems);
  const { queueName, encryption, region, provider, monitoring: { severity, route = routeOf(scope) } = {} } = props;
  const queue = new DeadLetterQueue(scope, id, {
    placement: { region, provider },
    key: encryption?.key,
    queue: (self) => ({
      name: queueName ?? physicalName(self, QUEUE_NAME),
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
      ...queueSettings(self, props),
    }),
  });
  if (route !== undefined)
    queue.metrics.visibleMessages().alarm(queue, "Alarm", {
      above: 0,
      severity: severity ?? Severity.HIGH,
      route,
      description: `What could not be handled waits in ${queue.path}`,
    });
  return queue;
}

const deadLetterProblems = (props: DeadLetterQueueProps): readonly string[] => [
  ...given(props.queueName, (name) => nameProblems("queueName", name, QUEUE_NAME)),
  ...given(props.encryption, encryptionProblems),
  ...monitoringProblems(props.monitoring),
  ...dataRemovalProblems(props),
  ...tagProblems("tags", props.tags),
];
