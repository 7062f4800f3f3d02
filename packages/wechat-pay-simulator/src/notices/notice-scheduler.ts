import { Injectable } from '@nestjs/common';
import { PaymentInput } from '../book/payment-input.js';
import { SimulatorClock } from '../clock.js';
import { Fault } from '../faults/fault.js';
import { FaultStore } from '../faults/fault-store.js';
import { ExchangeLog } from '../state/exchange-log.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { findForgery } from './forgery-names.js';
import { Notice, retryDelayOf, noticeProtocolOf, noticeAddressOf, firstDueAt, NoticeSubject } from './notice.js';
import { NoticeDispatcher } from './notice-dispatcher.js';

/** Default of the fault `delay`, in virtual milliseconds. */
const DEFAULT_DELAY_MS = 60_000;

/** Faults that prevent an attempt from being sent. */
const WITHHOLDING_FAULTS = ['lose', 'lose_forever', 'delay'];

/**
 * WeChat's notices and the times of their next attempts. The schedule counts from due time to due time on the virtual
 * clock.
 */
@Injectable()
export class NoticeScheduler {
  private readonly notices = new Map<string, Notice>();
  private readonly cancellations = new Map<Notice, () => void>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly dispatcher: NoticeDispatcher,
    private readonly faults: FaultStore,
    private readonly exchangeLog: ExchangeLog,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      for (const stop of this.cancellations.values()) stop();
      this.cancellations.clear();
      this.notices.clear();
    });
  }

  /** Resolves after the first attempt when the mode is `before-answer`, otherwise at once. */
  scheduleNotice(subject: NoticeSubject, mode: NonNullable<PaymentInput['notify']>): Promise<void> {
    const id = `notice-${this.notices.size + 1}`;
    const notice: Notice = { id, subject, attempts: [], state: 'waiting', tries: 0 };
    this.notices.set(id, notice);
    if (mode === 'lost') notice.state = 'lost';
    else if (mode === 'before-answer') return this.attemptNow(notice, this.clock.now());
    else this.planAttempt(notice, firstDueAt(subject));
    return Promise.resolve();
  }

  all(): Notice[] {
    return [...this.notices.values()];
  }

  find(id: string): Notice | undefined {
    return this.notices.get(id);
  }

  /** Sends a notice again by hand, outside the schedule. An accepted response ends the schedule. */
  async sendNow(notice: Notice): Promise<void> {
    const attempts = await this.dispatcher.send(notice.subject, {});
    notice.attempts.push(...attempts);
    if (attempts.some(({ isAccepted }) => isAccepted)) this.finishNotice(notice, 'accepted');
  }

  private planAttempt(notice: Notice, dueAt: Date): void {
    notice.state = 'waiting';
    notice.nextDueAt = dueAt;
    const stop = this.clock.schedule(dueAt, () => void this.attemptNow(notice, dueAt));
    this.cancellations.set(notice, stop);
  }

  private async attemptNow(notice: Notice, dueAt: Date): Promise<void> {
    this.cancellations.delete(notice);
    delete notice.nextDueAt;
    const { endpoint, numbers, url } = noticeAddressOf(notice.subject);
    const fault = this.faults.consume(endpoint, numbers);
    const isWithheld = fault !== undefined && WITHHOLDING_FAULTS.includes(fault.kind);
    if (isWithheld && url !== undefined) this.exchangeLog.recordWithheldNotice({ path: url, ...numbers }, fault.kind);
    if (fault?.kind === 'lose_forever') {
      this.finishNotice(notice, 'lost');
      return;
    }
    if (fault?.kind === 'delay') {
      this.planAttempt(notice, new Date(dueAt.getTime() + (fault.delayMs ?? DEFAULT_DELAY_MS)));
      return;
    }
    notice.tries += 1;
    notice.state = 'sending';
    const isAccepted = await this.sendWithFault(notice, fault);
    if (!this.isStillSending(notice)) return; // the simulator was reset, or a notice sent by hand was accepted first
    const delayS = retryDelayOf(notice.subject, notice.tries);
    if (isAccepted && fault?.kind !== 'repeat_after_success') this.finishNotice(notice, 'accepted');
    else if (delayS === undefined) this.finishNotice(notice, 'given_up');
    else this.planAttempt(notice, new Date(dueAt.getTime() + delayS * 1000));
  }

  /**
   * True when a response was accepted on one of the connections. Responses to a forgery never count: the genuine notice
   * follows.
   */
  private async sendWithFault(notice: Notice, fault: Fault | undefined): Promise<boolean> {
    if (fault?.kind === 'lose') {
      notice.attempts.push({ at: this.clock.now(), latencyMs: 0, isAccepted: false, reason: 'lost on the way' });
      return false;
    }
    const protocol = noticeProtocolOf(notice.subject);
    const forgery = fault === undefined ? undefined : findForgery(fault.endpoint, fault.kind, protocol);
    const connections = fault?.kind === 'duplicate' ? (fault.connections ?? 2) : 1;
    const attempts = await this.dispatcher.send(notice.subject, { connections, forgery });
    notice.attempts.push(...attempts);
    return forgery === undefined && attempts.some(({ isAccepted }) => isAccepted);
  }

  private isStillSending(notice: Notice): boolean {
    return this.notices.get(notice.id) === notice && notice.state === 'sending';
  }

  private finishNotice(notice: Notice, state: Notice['state']): void {
    this.cancellations.get(notice)?.();
    this.cancellations.delete(notice);
    delete notice.nextDueAt;
    notice.state = state;
  }
}
