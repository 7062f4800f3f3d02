import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';

/** As wx.request of the README, a little less patient; the tries must outlast a restart of the database. */
const REQUEST_TIMEOUT_MS = 15_000;
const MAX_PAUSE_MS = 1000;
const RETRY_TIMEOUT_MS = 60_000;
/** WeChat's trouble is told to the user, who tries again a few times and then puts the phone away. */
const MAX_WECHAT_FAILURES = 6;

/**
 * @typedef {{ status: number, body: any }} Reply
 * @typedef {{ token?: string, body?: object, key?: string }} Call
 */

/** Nobody answered for a minute, or WeChat was away for too long: the user gives up. Nothing is known of what they wanted. */
export class GaveUpError extends Error {}

/** The line between phones and the shop, over which everything that may be repeated is repeated, and every answer is kept. */
export class ShopClient {
  #agent = new Agent({ connections: 64, keepAliveTimeout: 4000 });
  #aim;
  #answers;
  /** @type {Record<string, number>} answers by status, and breaks by name */
  answerCounts = {};
  /** Answers that no client may ever get. @type {string[]} */
  violations = [];

  /**
   * @param {() => string} aim
   * @param {string} file that gets every answer
   */
  constructor(aim, file) {
    this.#aim = aim;
    this.#answers = createWriteStream(file, { flags: 'a' });
  }

  /**
   * One call, tried again under the same key while nobody answers or the answer says that it may be.
   * @param {'GET' | 'POST' | 'PATCH'} method
   * @param {string} path
   * @param {Call} [call]
   * @returns {Promise<Reply>} never 5xx
   * @throws {GaveUpError}
   */
  async request(method, path, call = {}) {
    const deadline = performance.now() + RETRY_TIMEOUT_MS;
    let atWechat = 0;
    for (let attempt = 1; ; attempt++) {
      const reply = await this.requestOnce(method, path, call);
      if (reply && reply.status < 500) return reply;
      if (reply?.status === 502) atWechat++;
      const isHopeless = reply !== null && reply.body?.retryable === false;
      if (isHopeless || atWechat === MAX_WECHAT_FAILURES || performance.now() > deadline) {
        throw new GaveUpError(
          `${method} ${path}: ${reply ? `${reply.status} ${reply.body?.code ?? ''}` : 'no answer'}`,
        );
      }
      await pause(Math.min(MAX_PAUSE_MS, 100 * attempt));
    }
  }

  /**
   * @param {'GET' | 'POST' | 'PATCH'} method
   * @param {string} path
   * @param {Call} call
   * @returns {Promise<Reply | null>} null when the network did not carry it
   */
  async requestOnce(method, path, { token, body, key }) {
    try {
      const answer = await request(`${this.#aim()}${path}`, {
        method,
        dispatcher: this.#agent,
        headers: {
          ...(body && { 'content-type': 'application/json' }),
          ...(token && { authorization: `Bearer ${token}` }),
          ...(key && { 'idempotency-key': key }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      return this.#heard(method, path, answer.statusCode, await answer.body.text());
    } catch {
      this.#count('no answer');
      return null;
    }
  }

  /** @returns {Promise<void>} when all answers are on the disk */
  close() {
    return new Promise((resolve) => this.#answers.end(() => resolve()));
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {number} status
   * @param {string} text
   */
  #heard(method, path, status, text) {
    const body = text === '' ? null : JSON.parse(text);
    // A login's answer is there to hand out the token; everywhere else it is looked for.
    const kept = body?.token ? JSON.stringify({ ...body, token: '…' }) : text;
    this.#answers.write(`${method} ${path} ${status} ${kept}\n`);
    this.#count(String(status));
    if (status === 500) this.violations.push(`${method} ${path} was answered ${text}`);
    return { status, body };
  }

  /** @param {string} what */
  #count(what) {
    this.answerCounts[what] = (this.answerCounts[what] ?? 0) + 1;
  }
}
