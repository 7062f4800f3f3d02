import { createServer } from 'node:http';
import { once } from 'node:events';
import { Agent, request } from 'undici';

/** Longer than WeChat's timeout. */
const TIMEOUT_MS = 6000;

/**
 * The load balancer that receives WeChat's notices. It forwards each notice to one instance and fails if that instance fails.
 * It never tries another one, because WeChat repeats the notice.
 */
export class NotifyProxy {
  #agent = new Agent({ pipelining: 0, connections: 256 });
  #server;
  /** While true, some answers of the service are lost on their way to WeChat. */
  losesAnswers = false;
  lostAnswers = 0;

  /**
   * @param {{ nextUrl: () => string, random: import('./random.js').Random }} options
   */
  constructor({ nextUrl, random }) {
    this.#server = createServer((incoming, outgoing) => {
      this.#pass(incoming, outgoing, nextUrl(), random).catch(() => outgoing.destroy());
    });
  }

  /** @param {number} port */
  async listen(port) {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /**
   * @param {import('node:http').IncomingMessage} incoming
   * @param {import('node:http').ServerResponse} outgoing
   * @param {string} target
   * @param {import('./random.js').Random} random
   */
  async #pass(incoming, outgoing, target, random) {
    /** @type {Buffer[]} */
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const answer = await request(`${target}${incoming.url}`, {
      method: 'POST',
      dispatcher: this.#agent,
      headers: { 'content-type': incoming.headers['content-type'] ?? 'text/xml', 'x-forwarded-for': '127.0.0.1' },
      body: Buffer.concat(chunks),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    if (this.losesAnswers && random.chance(0.02)) {
      this.lostAnswers++;
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) }).end(body);
  }
}
