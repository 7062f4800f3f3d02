import { Injectable, Logger } from '@nestjs/common';
import { Users } from '../auth/users.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import type { Order } from '../order/order.entity.js';
import { Orders } from '../order/orders.js';
import type { Refused } from '../wechat/outcome.js';
import { type Prepay, type TradeType, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { AttemptClosing } from './attempt-closing.js';
import type { PayView } from './pay.dto.js';
import { PaymentAttempts, type Payer } from './payment-attempts.js';
import type { Payment } from './payment.entity.js';

/** A round is one attempt begun, replaced or overtaken. Three are enough for a spent number; more is somebody else's doing. */
const ROUNDS = 6;

const TOO_MANY_ATTEMPTS = [
  'Order {orderNo} has had {attemptCount} payment attempts, which is the most. Pay with the one that is open, or place a new order.',
  '订单 {orderNo} 已发起 {attemptCount} 次支付，达到上限。请用当前的支付方式付款，或重新下单。',
] as const;

export interface PayRequest {
  userId: string;
  orderNo: string;
  tradeType: TradeType;
  ip: string;
}

/**
 * Gives the user what opens the cashier. One number as long as nothing changes: repeating asks WeChat the same under the
 * same `out_trade_no`, and a new number is begun only after WeChat has closed the old.
 */
@Injectable()
export class Paying {
  private readonly log = new Logger(Paying.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly users: Users,
    private readonly orders: Orders,
    private readonly attempts: PaymentAttempts,
    private readonly closing: AttemptClosing,
    private readonly gateway: WechatPayGateway,
  ) {}

  /**
   * Safe to repeat, and to call twice at once.
   * @throws DomainError ORDER_NOT_FOUND, USER_BLOCKED, ORDER_NOT_PAYABLE, ORDER_BUSY, WECHAT_UNAVAILABLE (nothing is lost: repeat)
   * or WECHAT_REJECTED with WeChat's own code.
   */
  async pay({ userId, orderNo, tradeType, ip }: PayRequest): Promise<PayView> {
    const user = await this.users.findById(userId);
    if (user && user.blockedAt !== null) throw new DomainError('USER_BLOCKED');
    const openid = user?.openid ?? '';
    for (let round = 0; round < ROUNDS; round++) {
      const order = await this.payableOrder(userId, orderNo);
      const current = await this.attempts.openOne(orderNo);
      const isUsable = current !== null && !current.isSpent && current.tradeType === tradeType;
      // Before the earlier attempt is closed: it stays payable when there cannot be another.
      if (!isUsable) this.checkAttempts(order);
      if (current && !isUsable) {
        await this.retire(current);
        continue;
      }
      const attempt = current ?? (await this.attempts.begin(order, { openid, ip, tradeType } satisfies Payer));
      const answer = attempt && (await this.prepare(order, attempt));
      if (answer) return answer;
    }
    throw new DomainError('ORDER_BUSY', { facts: { orderNo } });
  }

  /** @throws DomainError ORDER_NOT_PAYABLE when the order has had all of its attempts. */
  private checkAttempts({ orderNo, attemptCount }: Order): void {
    if (attemptCount < this.settings.MAX_PAYMENT_ATTEMPTS_PER_ORDER) return;
    this.metrics.limitReached('payment-attempts');
    throw new DomainError('ORDER_NOT_PAYABLE', { facts: { orderNo, attemptCount }, detail: TOO_MANY_ATTEMPTS });
  }

  private async payableOrder(userId: string, orderNo: string): Promise<Order> {
    const order = await this.orders.ofUser(userId, orderNo);
    const isLate = order.expiresAt <= this.clock.now();
    if (order.status !== 'PENDING' || isLate)
      throw notPayable(order.orderNo, isLate && order.status === 'PENDING' ? 'EXPIRED' : order.status);
    return order;
  }

  /** Closes the attempt at WeChat, so that the next cannot become a second payment. */
  private async retire(attempt: Payment): Promise<void> {
    switch (await this.closing.close(attempt)) {
      case 'CLOSED':
        return;
      case 'PAID':
        throw notPayable(attempt.orderNo, 'PAID');
      case 'STILL_OPEN':
      case 'UNANSWERED':
        throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`${attempt.outTradeNo} cannot be closed yet`) });
    }
  }

  /** Null when the attempt turned out to be over or spent: look again. */
  private async prepare(order: Order, attempt: Payment): Promise<PayView | null> {
    const { outcome, isOpen } = await this.attempts.prepare(attempt);
    if (!isOpen) return null;
    switch (outcome.kind) {
      case 'done':
        if (this.isStale(attempt, outcome.value)) {
          await this.retire(attempt);
          return null;
        }
        return this.view(order, { ...attempt, ...outcome.value });
      case 'refused':
        return this.afterRefusal(attempt, outcome);
      case 'unknown':
        // What was prepared before is as good as ever; WeChat has only not confirmed it again.
        if (this.isAlive(attempt)) return this.view(order, attempt);
        throw new DomainError('WECHAT_UNAVAILABLE', {
          ...(outcome.code !== undefined && { upstream: { code: outcome.code, message: outcome.message ?? '' } }),
          cause: new Error(outcome.reason),
        });
    }
  }

  private async afterRefusal(attempt: Payment, refusal: Refused): Promise<null> {
    const upstream = { code: refusal.code, message: refusal.message };
    switch (refusal.action) {
      case 'NEW':
      case 'CLOSED':
        return null;
      case 'PAID':
        await this.retire(attempt); // asks first, and so finds the payment
        return null;
      case 'FIX':
        this.log.error(`WeChat refuses to prepare ${attempt.outTradeNo}: ${refusal.code} ${refusal.message}`);
        throw new DomainError('WECHAT_REJECTED', { upstream });
      case 'SAME':
      case 'WAIT':
        throw new DomainError('WECHAT_UNAVAILABLE', { upstream });
      case 'QUERY':
      case 'ABSENT':
      case 'FUNDS':
      case 'STOP':
      case 'USER':
        throw new DomainError('WECHAT_REJECTED', { upstream });
    }
  }

  /** WeChat may answer a repetition with the address that it gave before, whose time may be up. */
  private isStale(attempt: Payment, { codeUrl }: Prepay): boolean {
    return codeUrl !== null && codeUrl === attempt.codeUrl && !this.isAlive(attempt);
  }

  /** Counted from the first prepay: what a later one gave lives longer, so nothing dead is ever handed out. */
  private isAlive({ prepayId, prepaidAt, request }: Payment): boolean {
    if (prepayId === null || prepaidAt === null) return false;
    return prepaidAt > this.clock.in(-this.gateway.prepayLifeSeconds(request));
  }

  private view(order: Order, { outTradeNo, request, prepayId, codeUrl }: Payment): PayView {
    const requestPayment = this.gateway.clientParameters(request, { prepayId: prepayId ?? '', codeUrl });
    return { orderNo: order.orderNo, outTradeNo, expiresAt: order.expiresAt, requestPayment };
  }
}

function notPayable(orderNo: string, state: string): DomainError {
  return new DomainError('ORDER_NOT_PAYABLE', { facts: { orderNo, state } });
}
