import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A request as a receiver got it. */
export interface ReceivedEvent {
  headers: IncomingHttpHeaders;
  body: string;
  json: { id: string; type: string; timestamp: string; data: Record<string, unknown> };
}

/** Answers a request; `count` is the number of requests so far. It may also never answer. */
type Answer = (response: ServerResponse, count: number, event: ReceivedEvent) => void;

export const OK: Answer = (response) => response.writeHead(200).end('ok');
export const answerWith =
  (status: number, headers: Record<string, string> = {}, body = ''): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body);
export const HANG: Answer = () => undefined;

/** A merchant's system that receives events on a local port. */
export class EventReceiver {
  readonly received: ReceivedEvent[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    public answer: Answer,
  ) {}

  static async start(answer: Answer = OK): Promise<EventReceiver> {
    const server = createServer();
    const receiver = new EventReceiver(server, answer);
    server.on('connection', (socket: Socket) => {
      receiver.sockets.add(socket);
      socket.on('close', () => receiver.sockets.delete(socket));
    });
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const event = { headers: request.headers, body, json: JSON.parse(body) as ReceivedEvent['json'] };
        receiver.received.push(event);
        receiver.answer(response, receiver.received.length, event);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events?token=receiver-secret`;
  }

  get types(): string[] {
    return this.received.map(({ json }) => json.type);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Verifies the signature by an independent library. @throws when it is wrong or the timestamp is older than five minutes. */
export function verifyEvent(secret: string, { headers, body }: ReceivedEvent): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}

/** The signatures of the request that this secret made, also with an old timestamp. */
export function countSignatures(secret: string, { headers, body }: ReceivedEvent): number {
  const [id, timestamp] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
  const own = new Webhook(secret).sign(id, new Date(timestamp * 1000), body);
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature === own).length;
}
