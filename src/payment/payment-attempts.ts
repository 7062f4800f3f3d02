import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { claimAttempt } from '../order/order-moves.js';
import type { Order } from '../order/order.entity.js';
import type { Outcome } from '../wechat/outcome.js';
import { type Prepay, type TradeType, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { withoutCall } from './call-limit.js';
import { factsOfFailure } from './event-facts.js';
import { PaymentJournal } from './payment-journal.js';
import { OPEN_STATUSES, Payment } from './payment.entity.js';

/** Milliseconds that a call to WeChat about a payment may last at most: connecting and answering, at the host and at its twin, and some air. */
export const callLimitMs = (settings: Settings): number => 2 * (settings.WECHAT_TIMEOUT_SECONDS + 2) * 1000 + 2000;

/** Who pays, how, and from where. */
export interface Payer {
  openid: string;
  ip: string;
  tradeType: TradeType;
}

/** The rows of payments while they are being prepared: written before WeChat hears, completed after. */
@Injectable()
export class PaymentAttempts {
  private readonly noticesUrl: string;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly gateway: WechatPayGateway,
    private readonly journal: PaymentJournal,
  ) {
    this.noticesUrl = `${settings.PUBLIC_BASE_URL}/wechat/notify`;
  }

  /** The attempt that the user may be paying, the newest if there should be two. */
  openOne(orderNo: string): Promise<Payment | null> {
    const where = { orderNo, status: In(OPEN_STATUSES) };
    return this.unitOfWork.read((manager) => manager.findOne(Payment, { where, order: { attemptNo: 'DESC' } }));
  }

  /** Writes down the next attempt with its exact request. Null when another call began one, or ended the order, first. */
  async begin(order: Order, payer: Payer): Promise<Payment | null> {
    const attemptNo = order.attemptCount + 1;
    const { orderNo, payableFen: amountFen, createdAt, expiresAt } = order;
    const outTradeNo = `${orderNo}-${attemptNo}`;
    const request = this.gateway.composePrepay({
      ...{ outTradeNo, tradeType: payer.tradeType, amountFen, description: this.describe(order), openid: payer.openid },
      ...{ payerIp: payer.ip, noticesUrl: this.noticesUrl, productId: orderNo, createdAt, expiresAt },
    });
    const now = this.clock.now();
    return this.unitOfWork.run(async (tx) => {
      if (!(await claimAttempt(tx, orderNo, attemptNo))) return null;
      const payment = tx.create(Payment, {
        ...{ orderNo, attemptNo, outTradeNo, tradeType: payer.tradeType, amountFen, status: 'CREATED', request },
        ...{ prepayId: null, codeUrl: null, isSpent: false, callingUntil: null, transactionId: null, owedBackFen: 0 },
        ...{
          checkCount: 0,
          nextCheckAt: this.firstCheck(now),
          createdAt: now,
          prepaidAt: null,
          paidAt: null,
          closedAt: null,
        },
      });
      await tx.insert(Payment, payment);
      return payment;
    });
  }

  /** Calls WeChat with the attempt's request, the same whenever it is repeated, and writes down what came of it. */
  async prepare(attempt: Payment): Promise<{ outcome: Outcome<Prepay>; isOpen: boolean }> {
    const call = await this.announceCall(attempt);
    if (!call) return { outcome: { kind: 'unknown', reason: 'The attempt is over.', raw: null }, isOpen: false };
    const outcome = await this.gateway.prepay(attempt.request);
    return { outcome, isOpen: await this.writeOutcome(attempt, call, outcome) };
  }

  /**
   * Says that WeChat may be hearing of this attempt from now on. One field cannot tell of two calls: whoever finds another
   * under way makes it last longer and leaves it to lapse, so that neither takes back the other's word. Null: it is over.
   */
  private announceCall({ outTradeNo }: Payment): Promise<{ until: Date; isAlone: boolean } | null> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + callLimitMs(this.settings));
    const open = { outTradeNo, status: In(OPEN_STATUSES) };
    return this.unitOfWork.run(async (tx) => {
      const quiet = withoutCall(now).map((quiet) => ({ ...open, ...quiet }));
      const first = await tx.createQueryBuilder().update(Payment).set({ callingUntil: until }).where(quiet).execute();
      if (first.affected === 1) return { until, isAlone: true };
      const later = new Date(until.getTime() + 1);
      const { affected } = await tx.update(Payment, open, { callingUntil: later });
      return affected === 1 ? { until: later, isAlone: false } : null;
    });
  }

  /** @returns whether the attempt is still open: a notice may have been faster than the answer. */
  private writeOutcome(
    attempt: Payment,
    call: { until: Date; isAlone: boolean },
    outcome: Outcome<Prepay>,
  ): Promise<boolean> {
    const { outTradeNo, orderNo } = attempt;
    const open = { outTradeNo, status: In(OPEN_STATUSES) };
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.update(Payment, open, this.factsOf(attempt, outcome));
      if (call.isAlone) await tx.update(Payment, { outTradeNo, callingUntil: call.until }, { callingUntil: null });
      const result = outcome.kind === 'done' ? 'ACCEPTED' : outcome.kind === 'refused' ? 'REFUSED' : 'UNKNOWN';
      await this.journal.write(tx, {
        type: 'PREPAY',
        result,
        orderNo,
        outTradeNo,
        facts: factsOfFailure(outcome),
        raw: outcome.raw,
      });
      return affected === 1;
    });
  }

  private factsOf(attempt: Payment, outcome: Outcome<Prepay>): Partial<Payment> {
    switch (outcome.kind) {
      case 'done': {
        const now = this.clock.now();
        const isFirst = attempt.prepaidAt === null;
        // The back-off counts from the first prepay; a repetition does not begin it anew.
        const timing = isFirst ? { prepaidAt: now, nextCheckAt: this.firstCheck(now) } : {};
        return { status: 'PREPAID', ...outcome.value, ...timing };
      }
      case 'refused': {
        // What WeChat has taken once is no faulty request: the fault is in our settings, and a new number would not mend it.
        const isFaulty = outcome.action === 'FIX' && attempt.prepaidAt === null;
        return { isSpent: attempt.isSpent || isFaulty || outcome.action === 'NEW' || outcome.action === 'CLOSED' };
      }
      case 'unknown':
        return { isSpent: attempt.isSpent };
    }
  }

  private firstCheck(now: Date): Date {
    return new Date(now.getTime() + (this.settings.QUERY_BACKOFF_SECONDS[0] ?? 10) * 1000);
  }

  /** WeChat's form: shop, then what is sold. */
  private describe({ items }: Order): string {
    const rest = items.length > 1 ? `等${items.length}件` : '';
    return `${this.settings.SHOP_NAME}-${items[0]?.name ?? ''}${rest}`;
  }
}
