import { Injectable } from '@nestjs/common';
import { Agent, request } from 'undici';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { Behaviours } from '../state/behaviours.js';
import { ExchangeLog, ExchangeLogEntry } from '../state/exchange-log.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { NoticeAttempt, NoticeAddress } from './notice.js';
import { checkNoticeReply, checkV1NoticeReply } from './check-notice-reply.js';

const MAX_REPLY_BYTES = 65_536;

export interface NoticeDelivery {
  readonly url: string;
  readonly numbers: Partial<NoticeAddress['numbers']>;
  /** Only for v1 notices, which carry their content in the query and get the response `success`. */
  readonly query?: string;
  readonly body: string;
  readonly forgery?: string | undefined;
  /** Headers besides the usual ones. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: XML. */
  readonly contentType?: string | undefined;
  /** Returns why a response is not accepted; default: the check of payment notices. */
  readonly checkReply?: ((status: number, reply: string) => string | undefined) | undefined;
}

/** Sends notices to the merchant and checks the responses. */
@Injectable()
export class NoticeSender {
  /** No keep-alive (`pipelining: 0`): a connection from before a restart of the merchant would waste an attempt. */
  private readonly agent = new Agent({ maxResponseSize: MAX_REPLY_BYTES, pipelining: 0 });
  private stop = new AbortController();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
    private readonly exchangeLog: ExchangeLog,
    private readonly random: SeededRandom,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.stop.abort(new Error('the simulator was reset'));
      this.stop = new AbortController();
    });
  }

  /** Sends one POST or GET. Never throws: a failure is part of the result. */
  async send(delivery: NoticeDelivery): Promise<NoticeAttempt> {
    const { url, numbers, query, body, forgery } = delivery;
    const method = query === undefined ? 'POST' : this.behaviours.current.v1NoticeMethod;
    const content = [query, method === 'GET' ? undefined : body].filter((part) => part !== undefined).join('\n\n');
    const entry = this.exchangeLog.start({ direction: 'sent', method, path: url, request: content, ...numbers });
    if (forgery !== undefined) entry.fault = forgery;
    const at = this.clock.now();
    const reply = await this.exchange(delivery, method, entry);
    entry.verdict = reply.reason === undefined ? 'accepted' : `refused: ${reply.reason}`;
    this.exchangeLog.finish(entry);
    const isAccepted = reply.reason === undefined;
    return { at, ...reply, isAccepted, latencyMs: entry.latencyMs ?? 0, ...(forgery === undefined ? {} : { forgery }) };
  }

  async close(): Promise<void> {
    this.stop.abort(new Error('the simulator is stopping'));
    await this.agent.destroy();
  }

  private async exchange(
    { url, query, body, headers, contentType, checkReply }: NoticeDelivery,
    method: 'POST' | 'GET',
    entry: ExchangeLogEntry,
  ): Promise<Pick<NoticeAttempt, 'status' | 'reply' | 'reason'>> {
    const { replyLimitMs, replyRule, v1Reply, varyShape } = this.behaviours.current;
    const xml = varyShape && this.random.oneIn(2) ? 'application/xml' : 'text/xml';
    const limit = AbortSignal.timeout(replyLimitMs);
    try {
      const response = await request(query === undefined ? url : `${url}?${query}`, {
        method,
        headers: {
          ...headers,
          'user-agent': 'Mozilla/4.0',
          ...(method === 'POST' ? { 'content-type': contentType ?? xml } : {}),
        },
        body: method === 'POST' ? body : null,
        dispatcher: this.agent,
        signal: AbortSignal.any([limit, this.stop.signal]),
      });
      const reply = Buffer.from(await response.body.arrayBuffer()).toString('utf8');
      entry.answer = { status: response.statusCode, body: reply };
      const { statusCode } = response;
      const problem = checkReply
        ? checkReply(statusCode, reply)
        : query === undefined
          ? checkNoticeReply(statusCode, reply, replyRule)
          : checkV1NoticeReply(statusCode, reply, v1Reply);
      return { status: response.statusCode, reply, ...(problem === undefined ? {} : { reason: problem }) };
    } catch (error) {
      if (limit.aborted) return { reason: `no response within ${replyLimitMs} ms` };
      return { reason: error instanceof Error ? `no response: ${error.message}` : 'no response' };
    }
  }
}
