import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';

/** As wx.request in the documentation, but shorter. The retries must last longer than a database restart. */
const REQUEST_TIMEOUT_MS = 15_000;
const MAX_PAUSE_MS = 1000;
const RETRY_TIMEOUT_MS = 60_000;
/** A user sees WeChat errors (502), retries a few times and gives up. */
const MAX_WECHAT_FAILURES = 6;

/**
 * @typedef {{ status: number, body: any }} Reply
 * @typedef {{ token?: string, body?: object, key?: string }} Call
 */

/** No answer for a minute, or too many WeChat errors: the user gives up. The outcome of the call is unknown. */
export class GaveUpError extends Error {}

/** The HTTP client of all buyers and staff. It retries what may be repeated and logs every answer. */
export class ShopClient {
  #agent = new Agent({ connections: 64, keepAliveTimeout: 4000 });
  #nextUrl;
  #answers;
  /** @type {Record<string, number>} answers by status, and calls without an answer */
  answerCounts = {};
  /** Answers that no client may ever receive. @type {string[]} */
  violations = [];

  /**
   * @param {() => string} nextUrl
   * @param {string} file the log of all answers
   */
  constructor(nextUrl, file) {
    this.#nextUrl = nextUrl;
    this.#answers = createWriteStream(file, { flags: 'a' });
  }

  /**
   * One call, retried with the same key while there is no answer or the answer is retryable.
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
   * @returns {Promise<Reply | null>} null if there was no answer
   */
  async requestOnce(method, path, { token, body, key }) {
    try {
      const answer = await request(`${this.#nextUrl()}${path}`, {
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
      return this.#record(method, path, answer.statusCode, await answer.body.text());
    } catch {
      this.#count('no answer');
      return null;
    }
  }

  /** @returns {Promise<void>} when all answers are written to disk */
  close() {
    return new Promise((resolve) => this.#answers.end(() => resolve()));
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {number} status
   * @param {string} text
   */
  #record(method, path, status, text) {
    const body = text === '' ? null : JSON.parse(text);
    // The answer of a login contains the token legitimately. The leak check searches all other answers for it.
    const logged = body?.token ? JSON.stringify({ ...body, token: '…' }) : text;
    this.#answers.write(`${method} ${path} ${status} ${logged}
`);
    this.#count(String(status));
    if (status === 500) this.violations.push(`${method} ${path} returned ${text}`);
    return { status, body };
  }

  /** @param {string} what */
  #count(what) {
    this.answerCounts[what] = (this.answerCounts[what] ?? 0) + 1;
  }
}
