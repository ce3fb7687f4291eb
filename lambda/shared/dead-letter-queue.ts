import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { renderDeadLetter, type DeadLetterMessage } from "./format/dead-letter";

/** Dead-letter messages in a queue, one JSON document each. */
export class DeadLetterQueue {
  public constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  public async send(message: DeadLetterMessage): Promise<void> {
    await this.client.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: renderDeadLetter(message) }));
  }
}
