import { Injectable } from '@nestjs/common';
import { Agent, request } from 'undici';
import { SimulatorClock } from '../clock.js';
import { SeededRandom } from '../random.js';
import { Behaviours } from '../state/behaviours.js';
import { Journal, JournalEntry } from '../state/journal.js';
import { Resets } from '../state/resets.js';
import { NoticeAttempt } from './notice.js';
import { NoticeAddress } from './notice-subject.js';
import { refusalOf } from './reply-judge.js';

const MAX_REPLY_BYTES = 65_536;

export interface Letter {
  readonly url: string;
  readonly numbers: NoticeAddress['numbers'];
  readonly body: string;
  readonly forgery?: string | undefined;
}

/** Carries notices to the merchant and reads the replies. */
@Injectable()
export class NoticePost {
  /** No keep-alive (`pipelining: 0`): a connection left from before a restart of the merchant would cost a try. */
  private readonly agent = new Agent({ maxResponseSize: MAX_REPLY_BYTES, pipelining: 0 });
  private stop = new AbortController();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
    private readonly journal: Journal,
    private readonly random: SeededRandom,
    resets: Resets,
  ) {
    resets.onReset(() => {
      this.stop.abort(new Error('the simulator was reset'));
      this.stop = new AbortController();
    });
  }

  /** One POST. Whatever happens is the result; it never throws. */
  async send({ url, numbers, body, forgery }: Letter): Promise<NoticeAttempt> {
    const entry = this.journal.begin({ direction: 'sent', method: 'POST', path: url, request: body, ...numbers });
    if (forgery !== undefined) entry.fault = forgery;
    const at = this.clock.now();
    const reply = await this.exchange(url, body, entry);
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
    url: string,
    body: string,
    entry: JournalEntry,
  ): Promise<Pick<NoticeAttempt, 'status' | 'reply' | 'reason'>> {
    const { replyLimitMs, replyWhitespace, varyShape } = this.behaviours.current;
    const contentType = varyShape && this.random.oneIn(2) ? 'application/xml' : 'text/xml';
    const limit = AbortSignal.timeout(replyLimitMs);
    try {
      const response = await request(url, {
        method: 'POST',
        headers: { 'content-type': contentType, 'user-agent': 'Mozilla/4.0' },
        body,
        dispatcher: this.agent,
        signal: AbortSignal.any([limit, this.stop.signal]),
      });
      const reply = Buffer.from(await response.body.arrayBuffer()).toString('utf8');
      entry.answer = { status: response.statusCode, body: reply };
      const refusal = refusalOf(response.statusCode, reply, replyWhitespace);
      return { status: response.statusCode, reply, ...(refusal === undefined ? {} : { reason: refusal }) };
    } catch (error) {
      if (limit.aborted) return { reason: `no answer within ${replyLimitMs} ms` };
      return { reason: error instanceof Error ? `no answer: ${error.message}` : 'no answer' };
    }
  }
}
