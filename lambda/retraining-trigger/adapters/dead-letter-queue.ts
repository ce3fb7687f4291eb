import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { renderDeadLetter, type DeadLetterMessage } from "../../shared/format/dead-letter";
import type { DeadLetters } from "../ports";

/** Dead-letter messages in a queue, one JSON document each. */
export class DeadLetterQueue implements DeadLetters {
  public constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  public async send(message: DeadLetterMessage): Promise<void> {
    await this.client.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: renderDeadLetter(message) }));
  }
}
