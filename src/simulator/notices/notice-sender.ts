import { Injectable } from '@nestjs/common';
import { Agent, request } from 'undici';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { Behaviours } from '../state/behaviours.js';
import { ExchangeLog, ExchangeLogEntry } from '../state/exchange-log.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { NoticeAttempt } from './notice.js';
import { NoticeAddress } from './notice-subject.js';
import { checkNoticeReply, checkV1NoticeReply } from './check-notice-reply.js';

const MAX_REPLY_BYTES = 65_536;

export interface NoticeDelivery {
  readonly url: string;
  readonly numbers: Partial<NoticeAddress['numbers']>;
  /** Only for notices of the app protocol of 2014, which say there what they have to say, and are answered `success`. */
  readonly query?: string;
  readonly body: string;
  readonly forgery?: string | undefined;
  /** By default XML. */
  readonly contentType?: string | undefined;
  /** Why the reply does not count; by default as for notices of payments. */
  readonly checkReply?: ((status: number, reply: string) => string | undefined) | undefined;
}

/** Carries notices to the merchant and reads the replies. */
@Injectable()
export class NoticeSender {
  /** No keep-alive (`pipelining: 0`): a connection left from before a restart of the merchant would cost a try. */
  private readonly agent = new Agent({ maxResponseSize: MAX_REPLY_BYTES, pipelining: 0 });
  private stop = new AbortController();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
    private readonly journal: ExchangeLog,
    private readonly random: SeededRandom,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.stop.abort(new Error('the simulator was reset'));
      this.stop = new AbortController();
    });
  }

  /** One POST, or GET. Whatever happens is the result; it never throws. */
  async send(letter: NoticeDelivery): Promise<NoticeAttempt> {
    const { url, numbers, query, body, forgery } = letter;
    const method = query === undefined ? 'POST' : this.behaviours.current.v1NoticeMethod;
    const said = [query, method === 'GET' ? undefined : body].filter((part) => part !== undefined).join('\n\n');
    const entry = this.journal.start({ direction: 'sent', method, path: url, request: said, ...numbers });
    if (forgery !== undefined) entry.fault = forgery;
    const at = this.clock.now();
    const reply = await this.exchange(letter, method, entry);
    entry.verdict = reply.reason === undefined ? 'accepted' : `refused: ${reply.reason}`;
    this.journal.finish(entry);
    const isAccepted = reply.reason === undefined;
    return { at, ...reply, isAccepted, latencyMs: entry.latencyMs ?? 0, ...(forgery === undefined ? {} : { forgery }) };
  }

  async close(): Promise<void> {
    this.stop.abort(new Error('the simulator stops'));
    await this.agent.destroy();
  }

  private async exchange(
    { url, query, body, contentType, checkReply: judge }: NoticeDelivery,
    method: 'POST' | 'GET',
    entry: ExchangeLogEntry,
  ): Promise<Pick<NoticeAttempt, 'status' | 'reply' | 'reason'>> {
    const { replyLimitMs, replyRule, v1Reply, varyShape } = this.behaviours.current;
    const xml = varyShape && this.random.oneIn(2) ? 'application/xml' : 'text/xml';
    const limit = AbortSignal.timeout(replyLimitMs);
    try {
      const response = await request(query === undefined ? url : `${url}?${query}`, {
        method,
        headers: { 'user-agent': 'Mozilla/4.0', ...(method === 'POST' ? { 'content-type': contentType ?? xml } : {}) },
        body: method === 'POST' ? body : null,
        dispatcher: this.agent,
        signal: AbortSignal.any([limit, this.stop.signal]),
      });
      const reply = Buffer.from(await response.body.arrayBuffer()).toString('utf8');
      entry.answer = { status: response.statusCode, body: reply };
      const { statusCode } = response;
      const refusal = judge
        ? judge(statusCode, reply)
        : query === undefined
          ? checkNoticeReply(statusCode, reply, replyRule)
          : checkV1NoticeReply(statusCode, reply, v1Reply);
      return { status: response.statusCode, reply, ...(refusal === undefined ? {} : { reason: refusal }) };
    } catch (error) {
      if (limit.aborted) return { reason: `no answer within ${replyLimitMs} ms` };
      return { reason: error instanceof Error ? `no answer: ${error.message}` : 'no answer' };
    }
  }
}
