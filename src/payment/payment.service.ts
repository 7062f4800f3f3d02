import { Injectable, Logger } from '@nestjs/common';
import { UserService } from '../auth/user.service.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { Metrics } from '../common/metrics.js';
import { Settings } from '../config/settings.js';
import type { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import type { Refused } from '../wechat/outcome.js';
import { type Prepay, type TradeType, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import { PaymentAttemptCloser } from './payment-attempt-closer.js';
import type { PayView } from './pay.dto.js';
import { PaymentAttemptService, type Payer } from './payment-attempt.service.js';
import type { PaymentAttempt } from './payment-attempt.entity.js';

/** A round is one attempt begun, replaced or overtaken. Three are enough for a spent number; more is somebody else's doing. */
const MAX_ROUNDS = 6;

const TOO_MANY_ATTEMPTS_DETAIL = [
  'Order {orderNo} has had {attemptCount} payment attempts, which is the most. Pay with the one that is open, or place a new order.',
  '订单 {orderNo} 已发起 {attemptCount} 次支付，达到上限。请用当前的支付方式付款，或重新下单。',
] as const;

export interface PayOrderInput {
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
export class PaymentService {
  private readonly log = new Logger(PaymentService.name);

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly users: UserService,
    private readonly orders: OrderQueryService,
    private readonly attempts: PaymentAttemptService,
    private readonly attemptCloser: PaymentAttemptCloser,
    private readonly gateway: WechatPayGateway,
  ) {}

  /**
   * Safe to repeat, and to call twice at once.
   * @throws DomainError ORDER_NOT_FOUND, USER_BLOCKED, ORDER_NOT_PAYABLE, ORDER_BUSY, WECHAT_UNAVAILABLE (nothing is lost: repeat)
   * or WECHAT_REJECTED with WeChat's own code.
   */
  async pay({ userId, orderNo, tradeType, ip }: PayOrderInput): Promise<PayView> {
    const user = await this.users.findById(userId);
    if (user && user.blockedAt !== null) throw new DomainError('USER_BLOCKED');
    const openid = user?.openid ?? '';
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const order = await this.getPayableOrder(userId, orderNo);
      const current = await this.attempts.findOpenAttempt(orderNo);
      const isUsable = current !== null && !current.isUnusable && current.tradeType === tradeType;
      // Before the earlier attempt is closed: it stays payable when there cannot be another.
      if (!isUsable) this.assertAttemptsLeft(order);
      if (current && !isUsable) {
        await this.closeAttempt(current);
        continue;
      }
      const attempt = current ?? (await this.attempts.createAttempt(order, { openid, ip, tradeType } satisfies Payer));
      const answer = attempt && (await this.prepay(order, attempt));
      if (answer) return answer;
    }
    throw new DomainError('ORDER_BUSY', { params: { orderNo } });
  }

  /** @throws DomainError ORDER_NOT_PAYABLE when the order has had all of its attempts. */
  private assertAttemptsLeft({ orderNo, attemptCount }: Order): void {
    if (attemptCount < this.settings.MAX_PAYMENT_ATTEMPTS_PER_ORDER) return;
    this.metrics.limitReached('payment-attempts');
    throw new DomainError('ORDER_NOT_PAYABLE', { params: { orderNo, attemptCount }, detail: TOO_MANY_ATTEMPTS_DETAIL });
  }

  private async getPayableOrder(userId: string, orderNo: string): Promise<Order> {
    const order = await this.orders.getForUser(userId, orderNo);
    const isLate = order.expiresAt <= this.clock.now();
    if (order.status !== 'PENDING' || isLate)
      throw orderNotPayable(order.orderNo, isLate && order.status === 'PENDING' ? 'EXPIRED' : order.status);
    return order;
  }

  /** Closes the attempt at WeChat, so that the next cannot become a second payment. */
  private async closeAttempt(attempt: PaymentAttempt): Promise<void> {
    switch (await this.attemptCloser.close(attempt)) {
      case 'CLOSED':
        return;
      case 'PAID':
        throw orderNotPayable(attempt.orderNo, 'PAID');
      case 'STILL_OPEN':
      case 'UNANSWERED':
        throw new DomainError('WECHAT_UNAVAILABLE', { cause: new Error(`${attempt.outTradeNo} cannot be closed yet`) });
    }
  }

  /** Null when the attempt turned out to be over or spent: look again. */
  private async prepay(order: Order, attempt: PaymentAttempt): Promise<PayView | null> {
    const { outcome, isOpen } = await this.attempts.prepay(attempt);
    if (!isOpen) return null;
    switch (outcome.kind) {
      case 'done':
        if (this.isExpiredCodeUrl(attempt, outcome.value)) {
          await this.closeAttempt(attempt);
          return null;
        }
        return this.view(order, { ...attempt, ...outcome.value });
      case 'refused':
        return this.handleRefusal(attempt, outcome);
      case 'unknown':
        // What was prepared before is as good as ever; WeChat has only not confirmed it again.
        if (this.isPrepayValid(attempt)) return this.view(order, attempt);
        throw new DomainError('WECHAT_UNAVAILABLE', {
          ...(outcome.code !== undefined && { upstream: { code: outcome.code, message: outcome.message ?? '' } }),
          cause: new Error(outcome.reason),
        });
    }
  }

  private async handleRefusal(attempt: PaymentAttempt, refusal: Refused): Promise<null> {
    const upstream = { code: refusal.code, message: refusal.message };
    switch (refusal.action) {
      case 'NEW_NUMBER':
      case 'ALREADY_CLOSED':
        return null;
      case 'ALREADY_PAID':
        await this.closeAttempt(attempt); // asks first, and so finds the payment
        return null;
      case 'FIX_REQUEST':
        this.log.error(`WeChat refuses to prepare ${attempt.outTradeNo}: ${refusal.code} ${refusal.message}`);
        throw new DomainError('WECHAT_REJECTED', { upstream });
      case 'RETRY_SAME':
      case 'RETRY_LATER':
        throw new DomainError('WECHAT_UNAVAILABLE', { upstream });
      case 'QUERY_FIRST':
      case 'NOT_FOUND':
      case 'TOP_UP_FUNDS':
      case 'GIVE_UP':
      case 'TELL_USER':
        throw new DomainError('WECHAT_REJECTED', { upstream });
    }
  }

  /** WeChat may answer a repetition with the address that it gave before, whose time may be up. */
  private isExpiredCodeUrl(attempt: PaymentAttempt, { codeUrl }: Prepay): boolean {
    return codeUrl !== null && codeUrl === attempt.codeUrl && !this.isPrepayValid(attempt);
  }

  /** Counted from the first prepay: what a later one gave lives longer, so nothing dead is ever handed out. */
  private isPrepayValid({ prepayId, prepaidAt, request }: PaymentAttempt): boolean {
    if (prepayId === null || prepaidAt === null) return false;
    return prepaidAt > this.clock.secondsFromNow(-this.gateway.prepayTtlSeconds(request));
  }

  private view(order: Order, { outTradeNo, request, prepayId, codeUrl }: PaymentAttempt): PayView {
    const requestPayment = this.gateway.clientParameters(request, { prepayId: prepayId ?? '', codeUrl });
    return { orderNo: order.orderNo, outTradeNo, expiresAt: order.expiresAt, requestPayment };
  }
}

function orderNotPayable(orderNo: string, state: string): DomainError {
  return new DomainError('ORDER_NOT_PAYABLE', { params: { orderNo, state } });
}
