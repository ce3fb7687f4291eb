import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { DeadLetterMessage } from "../../lambda/shared/format/dead-letter";

/** What lies in a dead-letter queue. */
export class DeadLetters {
  public constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
  ) {}

  /** Takes so many messages out, waiting for them up to 20 s; with 0 whatever is there after a moment. */
  public async take(count: number): Promise<readonly DeadLetterMessage[]> {
    const taken: DeadLetterMessage[] = [];
    for (let turn = 0; turn < (count === 0 ? 1 : 20) && taken.length < Math.max(count, 1); turn += 1) {
      const receive = { QueueUrl: this.queueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 10 };
      const { Messages: messages = [] } = await this.sqs.send(new ReceiveMessageCommand(receive));
      for (const { Body: body = "", ReceiptHandle } of messages) {
        taken.push(JSON.parse(body) as DeadLetterMessage);
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle }));
      }
    }
    return taken;
  }
}
