import type { Random } from '../scenarios/random.ts';
import { protocolOfNotice, type Protocol } from './protocols.ts';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { Agent, request } from 'undici';

/** Longer than WeChat's timeout. */
const TIMEOUT_MS = 6000;

/**
 * The load balancer that receives WeChat's notices. It forwards each notice to one instance and fails if that instance
 * fails. It never tries another one, because WeChat repeats the notice.
 */
export class NotifyProxy {
  #agent = new Agent({ pipelining: 0, connections: 256 });
  #server;
  /** While true, some responses of the service are lost on their way to WeChat. */
  losesAnswers = false;
  readonly lostAnswers: Record<Protocol, number> = { v2: 0, v3: 0 };

  constructor({ nextUrl, random }: { nextUrl: () => string; random: Random }) {
    this.#server = createServer((incoming, outgoing) => {
      this.#pass(incoming, outgoing, nextUrl(), random).catch(() => outgoing.destroy());
    });
  }

  async listen(port: number) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse, target: string, random: Random) {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const path = incoming.url ?? '';
    const answer = await request(`${target}${path}`, {
      method: 'POST',
      dispatcher: this.#agent,
      headers: { ...wechatHeaders(incoming.headers), 'x-forwarded-for': '127.0.0.1' },
      body: Buffer.concat(chunks),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    if (this.losesAnswers && random.chance(0.02)) {
      this.lostAnswers[protocolOfNotice(path)]++;
      outgoing.destroy();
      return;
    }
    const type = String(answer.headers['content-type'] ?? 'text/plain');
    outgoing.writeHead(answer.statusCode, { 'content-type': type }).end(body);
  }
}

/** The type of the content, and the signature of API v3, which is in headers. */
function wechatHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const own = Object.entries(headers).filter(([name]) => name === 'content-type' || name.startsWith('wechatpay-'));
  return Object.fromEntries(own);
}
