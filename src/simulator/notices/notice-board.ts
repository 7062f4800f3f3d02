import { Injectable } from '@nestjs/common';
import { PaymentWish } from '../cashier/payment-wish.js';
import { SimulatorClock } from '../clock.js';
import { Fault } from '../faults/fault.js';
import { FaultBox } from '../faults/fault-box.js';
import { Journal } from '../state/journal.js';
import { Resets } from '../state/resets.js';
import { forgeryNamed } from './forgery-names.js';
import { Notice, REPEAT_GAPS_S } from './notice.js';
import { NoticeSender } from './notice-sender.js';
import { addressOf, dueAtOf, NoticeSubject } from './notice-subject.js';

/** Default of the fault `delay`, in milliseconds. */
const DEFAULT_DELAY_MS = 60_000;

/** Faults by which a try does not leave at all. */
const KEEPERS = ['lose', 'lose_forever', 'delay'];

/** WeChat's notices and when each is due again. The schedule counts from due time to due time, on the virtual clock. */
@Injectable()
export class NoticeBoard {
  private readonly notices = new Map<string, Notice>();
  private readonly callOff = new Map<Notice, () => void>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly sender: NoticeSender,
    private readonly faults: FaultBox,
    private readonly journal: Journal,
    resets: Resets,
  ) {
    resets.onReset(() => {
      for (const stop of this.callOff.values()) stop();
      this.callOff.clear();
      this.notices.clear();
    });
  }

  /** The promise ends with the first try when the way is `before-answer`, else at once. */
  announce(subject: NoticeSubject, way: NonNullable<PaymentWish['notify']>): Promise<void> {
    const id = `notice-${this.notices.size + 1}`;
    const notice: Notice = { id, subject, attempts: [], state: 'waiting', tries: 0 };
    this.notices.set(id, notice);
    if (way === 'lost') notice.state = 'lost';
    else if (way === 'before-answer') return this.tryNow(notice, this.clock.now());
    else this.plan(notice, dueAtOf(subject));
    return Promise.resolve();
  }

  all(): Notice[] {
    return [...this.notices.values()];
  }

  find(id: string): Notice | undefined {
    return this.notices.get(id);
  }

  /** Sends once more by hand, outside the schedule; a good reply ends the schedule too. */
  async sendNow(notice: Notice): Promise<void> {
    const attempts = await this.sender.send(notice.subject, {});
    notice.attempts.push(...attempts);
    if (attempts.some(({ isAccepted }) => isAccepted)) this.finish(notice, 'accepted');
  }

  private plan(notice: Notice, dueAt: Date): void {
    notice.state = 'waiting';
    notice.nextDueAt = dueAt;
    const stop = this.clock.at(dueAt, () => void this.tryNow(notice, dueAt));
    this.callOff.set(notice, stop);
  }

  private async tryNow(notice: Notice, dueAt: Date): Promise<void> {
    this.callOff.delete(notice);
    delete notice.nextDueAt;
    const { endpoint, numbers, url } = addressOf(notice.subject);
    const fault = this.faults.take(endpoint, numbers);
    const isKeptBack = fault !== undefined && KEEPERS.includes(fault.kind);
    if (isKeptBack && url !== undefined) this.journal.keptBack({ path: url, ...numbers }, fault.kind);
    if (fault?.kind === 'lose_forever') {
      this.finish(notice, 'lost');
      return;
    }
    if (fault?.kind === 'delay') {
      this.plan(notice, new Date(dueAt.getTime() + (fault.delayMs ?? DEFAULT_DELAY_MS)));
      return;
    }
    notice.tries += 1;
    notice.state = 'sending';
    const isAccepted = await this.deliver(notice, fault);
    if (!this.isStillSending(notice)) return; // a reset, or a send by hand was faster
    const gapS = REPEAT_GAPS_S[notice.tries - 1];
    if (isAccepted && fault?.kind !== 'repeat_after_success') this.finish(notice, 'accepted');
    else if (gapS === undefined) this.finish(notice, 'given_up');
    else this.plan(notice, new Date(dueAt.getTime() + gapS * 1000));
  }

  /** True when one of the connections brought a good reply. What is said to a forgery never counts: the true one follows. */
  private async deliver(notice: Notice, fault: Fault | undefined): Promise<boolean> {
    if (fault?.kind === 'lose') {
      notice.attempts.push({ at: this.clock.now(), latencyMs: 0, isAccepted: false, reason: 'lost on the way' });
      return false;
    }
    const forgery = fault === undefined ? undefined : forgeryNamed(fault.endpoint, fault.kind);
    const connections = fault?.kind === 'duplicate' ? (fault.connections ?? 2) : 1;
    const attempts = await this.sender.send(notice.subject, { connections, forgery });
    notice.attempts.push(...attempts);
    return forgery === undefined && attempts.some(({ isAccepted }) => isAccepted);
  }

  private isStillSending(notice: Notice): boolean {
    return this.notices.get(notice.id) === notice && notice.state === 'sending';
  }

  private finish(notice: Notice, state: Notice['state']): void {
    this.callOff.get(notice)?.();
    this.callOff.delete(notice);
    delete notice.nextDueAt;
    notice.state = state;
  }
}
