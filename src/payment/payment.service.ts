import { Injectable, Logger } from '@nestjs/common';
import { UserService } from '../auth/user.service.js';
import { Clock } from '../common/time/clock.js';
import { DomainError } from '../common/problem/domain-error.js';
import type { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import type { Refused } from '../wechat/pay/outcome.js';
import { PaymentProviderRegistry } from '../wechat/pay/payment-provider-registry.js';
import type { Prepay, TradeType } from '../wechat/pay/payment-types.js';
import { PaymentAttemptCloser } from './attempt/payment-attempt-closer.js';
import type { PayView } from './pay.dto.js';
import { PaymentAttemptService, type PrepayContext } from './attempt/payment-attempt.service.js';
import type { PaymentAttempt } from './attempt/payment-attempt.entity.js';

/**
 * A try creates, replaces or repeats one attempt. Three tries replace an unusable attempt; more are due to concurrent
 * calls.
 */
const MAX_TRIES = 6;

export interface PayOrderInput {
  /** Reads the order with its items, as far as the caller may see it. */
  readOrder: () => Promise<Order>;
  /** The payer; empty where the trade type needs none. All calls for one order name the same payer. */
  openid: string;
  tradeType: TradeType;
  ip: string;
}

/**
 * Returns the parameters that open WeChat's payment page. A repeated call sends WeChat the same request under the same
 * `out_trade_no`. A new attempt is created only after the earlier one can no longer be paid.
 */
@Injectable()
export class PaymentService {
  private readonly log = new Logger(PaymentService.name);

  constructor(
    private readonly clock: Clock,
    private readonly users: UserService,
    private readonly orders: OrderQueryService,
    private readonly attempts: PaymentAttemptService,
    private readonly attemptCloser: PaymentAttemptCloser,
    private readonly providers: PaymentProviderRegistry,
  ) {}

  /**
   * Pays a user's own order. @throws DomainError USER_BLOCKED, and the errors of `pay`.
   */
  async payAsUser(
    userId: string,
    orderNo: string,
    { tradeType, ip }: Pick<PayOrderInput, 'tradeType' | 'ip'>,
  ): Promise<PayView> {
    const user = await this.users.findById(userId);
    if (user && user.blockedAt !== null) throw new DomainError('USER_BLOCKED');
    const readOrder = (): Promise<Order> => this.orders.getForUser(userId, orderNo);
    return this.pay({ readOrder, openid: user?.openid ?? '', tradeType, ip });
  }

  /**
   * May be repeated and called concurrently.
   * @throws DomainError ORDER_NOT_FOUND, ORDER_NOT_PAYABLE, ORDER_BUSY, WECHAT_UNAVAILABLE (repeat the call) or
   * WECHAT_REJECTED with WeChat's error code.
   */
  async pay({ readOrder, openid, tradeType, ip }: PayOrderInput): Promise<PayView> {
    let orderNo = '';
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const order = await readOrder();
      this.assertPayable(order);
      ({ orderNo } = order);
      const current = await this.attempts.findOpenAttempt(orderNo);
      const isUsable = current !== null && !current.isUnusable && current.tradeType === tradeType;
      // Checked before the earlier attempt is closed, so that it stays payable when no further attempt is allowed.
      if (!isUsable) this.attempts.assertAttemptsLeft(order);
      if (current && !isUsable) {
        await this.closeAttempt(current);
        continue;
      }
      const attempt =
        current ?? (await this.attempts.createAttempt(order, { openid, ip, tradeType } satisfies PrepayContext));
      const answer = attempt && (await this.prepay(order, attempt));
      if (answer) return answer;
    }
    throw new DomainError('ORDER_BUSY', { params: { orderNo } });
  }

  /** @throws DomainError ORDER_NOT_PAYABLE when the order is paid, closed or expired. */
  assertPayable({ orderNo, status, expiresAt }: Pick<Order, 'orderNo' | 'status' | 'expiresAt'>): void {
    const isLate = expiresAt <= this.clock.now();
    if (status !== 'PENDING' || isLate)
      throw orderNotPayable(orderNo, isLate && status === 'PENDING' ? 'EXPIRED' : status);
  }

  /** Closes the attempt at WeChat, so that a new attempt cannot lead to a second payment. */
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

  /** Null when the attempt is no longer open or usable: the caller reads the order again. */
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
        // The earlier prepay is still valid; WeChat has only not confirmed it again.
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
        await this.closeAttempt(attempt); // it queries first and so finds the payment
        return null;
      case 'FIX_REQUEST':
        this.log.error(
          `WeChat refuses the prepay request of ${attempt.outTradeNo}: ${refusal.code} ${refusal.message}`,
        );
        throw new DomainError('WECHAT_REJECTED', { upstream });
      case 'RETRY_SAME':
      case 'RETRY_LATER':
      case 'NOT_READY':
        throw new DomainError('WECHAT_UNAVAILABLE', { upstream });
      case 'QUERY_FIRST':
      case 'NOT_FOUND':
      case 'TOP_UP_FUNDS':
      case 'GIVE_UP':
      case 'TELL_USER':
        throw new DomainError('WECHAT_REJECTED', { upstream });
    }
  }

  /** WeChat may respond to a repeated request with the earlier code_url, which may have expired. */
  private isExpiredCodeUrl(attempt: PaymentAttempt, { codeUrl }: Prepay): boolean {
    return codeUrl !== null && codeUrl === attempt.codeUrl && !this.isPrepayValid(attempt);
  }

  /** Counted from the first prepay. Later prepays are valid for longer, so an expired one is never returned. */
  private isPrepayValid(attempt: PaymentAttempt): boolean {
    const { channel, prepayId, prepaidAt } = attempt;
    if (prepayId === null || prepaidAt === null) return false;
    return prepaidAt > this.clock.secondsFromNow(-this.providers.of(channel).prepayTtlSeconds(attempt));
  }

  private view(order: Order, attempt: PaymentAttempt): PayView {
    const { channel, outTradeNo, prepayId, codeUrl } = attempt;
    const prepay = { prepayId: prepayId ?? '', codeUrl };
    const requestPayment = this.providers.of(channel).clientParameters(attempt, prepay);
    return { orderNo: order.orderNo, outTradeNo, expiresAt: order.expiresAt, requestPayment };
  }
}

function orderNotPayable(orderNo: string, state: string): DomainError {
  return new DomainError('ORDER_NOT_PAYABLE', { params: { orderNo, state } });
}
