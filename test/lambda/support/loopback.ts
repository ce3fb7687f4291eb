import http from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** `hang`: never answered. */
export type Responder = (request: Received, index: number) => Answer | "hang";

/** A server on the loopback interface that notes what it is asked and answers what it is told to. */
export class Loopback {
  public readonly requests: Received[] = [];
  private readonly server: http.Server;

  private constructor(private readonly respond: Responder) {
    this.server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.answer(request, response, Buffer.concat(chunks).toString());
      });
    });
  }

  public static async start(respond: Responder): Promise<Loopback> {
    const loopback = new Loopback(respond);
    await new Promise<void>((resolve) => loopback.server.listen(0, "127.0.0.1", resolve));
    return loopback;
  }

  public get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The bodies of all requests, as JSON. */
  public get inputs(): readonly unknown[] {
    return this.requests.map(({ body }) => JSON.parse(body) as unknown);
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(
    { method = "", url = "", headers }: http.IncomingMessage,
    response: http.ServerResponse,
    body: string,
  ): void {
    const received = { method, path: url, headers, body };
    this.requests.push(received);
    const answer = this.respond(received, this.requests.length - 1);
    if (answer === "hang") return;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }
}

/** An answer of a service that speaks JSON. */
export const json = (body: unknown, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1" },
  body: JSON.stringify(body),
});

/** An error of a service that speaks JSON. */
export const jsonError = (name: string, status = 400, more: object = {}): Answer =>
  json({ __type: `com.amazonaws#${name}`, message: `${name} happened`, ...more }, status);

/** An error of S3. */
export const xmlError = (code: string, status: number): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code} happened</Message></Error>`,
});
