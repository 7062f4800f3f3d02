import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { type Actor, AuditLog } from '../../audit/audit-log.js';
import { parseAddress } from '../../common/http/client-address.js';
import type { CountedPage } from '../../common/paging/paging.js';
import { DomainError } from '../../common/problem/domain-error.js';
import { Clock } from '../../common/time/clock.js';
import { Settings } from '../../config/settings.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { moveOrder } from '../../order/order-moves.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { Order } from '../../order/order.entity.js';
import { allowedTradeTypesOf, paymentOrderView, type PaymentOrderView } from '../../order/payment-order.view.js';
import { noteOrderChange } from '../../outbox/changes/note-change.js';
import { OrderEventLog } from '../../payment/event-log/order-event-log.js';
import type { PayView } from '../../payment/pay.dto.js';
import { PaymentService } from '../../payment/payment.service.js';
import { UnpaidOrderService } from '../../payment/status-sync/unpaid-order.service.js';
import type { TradeType } from '../../wechat/pay/payment-types.js';
import { PayerResolver } from './payer-resolver.js';
import type { PayerBody, PaymentOrderListQuery, PayPaymentOrderBody } from './payment-order.dto.js';

/** Reads, pays, closes and reopens payment orders for the merchant's own programs. */
@Injectable()
export class PaymentOrderService {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
    private readonly orders: OrderQueryService,
    private readonly payers: PayerResolver,
    private readonly payments: PaymentService,
    private readonly unpaidOrders: UnpaidOrderService,
    private readonly eventLog: OrderEventLog,
  ) {}

  /** Newest first. */
  list({ merchantOrderNo, ...query }: PaymentOrderListQuery): Promise<CountedPage<PaymentOrderView>> {
    const only = { origin: 'EXTERNAL' as const, ...(merchantOrderNo !== undefined && { merchantOrderNo }) };
    return this.orders.list(query, only, paymentOrderView);
  }

  /**
   * May be repeated. Stores the payer if the order has none.
   * @throws DomainError ORDER_NOT_FOUND, TRADE_TYPE_NOT_ALLOWED, PAYER_REQUIRED, the errors of `PaymentService.pay`, and
   * WeChat's errors about the payer's code.
   */
  async pay(orderNo: string, body: PayPaymentOrderBody, actor: Actor): Promise<PayView> {
    const { tradeType, payer, clientIp } = body;
    const order = await this.orders.getPaymentOrder(orderNo);
    this.payments.assertPayable(order);
    assertTradeTypeAllowed(order, tradeType);
    const openid = payer ? await this.determinePayer(order, payer, actor) : order.payerOpenid;
    // Determining a payer may take long and change the order, so the order is read again.
    let current = payer ? null : order;
    const readOrder = async (): Promise<Order> => {
      const read = current ?? (await this.orders.getPaymentOrder(orderNo));
      current = null; // a second try needs the order as it is then
      return read;
    };
    if (openid === null && tradeType === 'JSAPI') throw new DomainError('PAYER_REQUIRED', { params: { orderNo } });
    return this.payments.pay({
      readOrder,
      openid: openid ?? '',
      tradeType,
      ip: parseAddress(clientIp ?? '') ?? actor.ip,
    });
  }

  /** Closes an unpaid order. May be repeated. @throws as `UnpaidOrderService.closeForStaff`. */
  async close(orderNo: string, actor: Actor): Promise<Order> {
    await this.orders.getPaymentOrder(orderNo);
    const [before, after] = [{ status: 'PENDING' }, { status: 'CLOSED' }] as const;
    return this.unpaidOrders.closeForStaff(orderNo, actor.username, (tx) =>
      this.audit.write(tx, { actor, action: 'payment-order.close', subject: orderNo, before, after }),
    );
  }

  /** Queries WeChat now. @throws as `UnpaidOrderService.sync`. */
  async sync(orderNo: string): Promise<Order> {
    return this.unpaidOrders.sync(await this.orders.getPaymentOrder(orderNo));
  }

  /**
   * Makes an expired order PENDING again. Its attempts stay closed: the next pay call begins a new one, and a payment that still
   * comes through an old one pays the order.
   * @throws DomainError ORDER_NOT_FOUND or ORDER_NOT_REOPENABLE.
   */
  async reopen(orderNo: string, expiresInSeconds: number | undefined, actor: Actor): Promise<Order> {
    const order = await this.orders.getPaymentOrder(orderNo);
    const expiresAt = this.clock.secondsFromNow(expiresInSeconds ?? this.settings.ORDER_TTL_SECONDS);
    const move = { from: 'CLOSED', to: 'PENDING', expiresAt, closeReason: null, closedAt: null } as const;
    const moved = new Set<string>(); // the callback may run again after a commit whose response was lost
    const isReopened = await this.unitOfWork.run(async (tx) => {
      if (!(await moveOrder(tx, orderNo, move))) return false;
      moved.add(orderNo);
      const data = { actor: actor.username };
      await this.eventLog.write(tx, { type: 'ORDER_REOPENED', result: 'MERCHANT', orderNo, data });
      const [before, after] = [
        { status: 'CLOSED', expiresAt: order.expiresAt },
        { status: 'PENDING', expiresAt },
      ] as const;
      await this.audit.write(tx, { actor, action: 'payment-order.reopen', subject: orderNo, before, after });
      return true;
    });
    const after = await this.orders.getPaymentOrder(orderNo);
    const isOurs =
      moved.has(orderNo) && after.status === 'PENDING' && after.expiresAt.getTime() === expiresAt.getTime();
    if (isReopened || isOurs) return after;
    throw new DomainError('ORDER_NOT_REOPENABLE', { params: { orderNo, state: after.status } });
  }

  /**
   * The payer is fixed once known, so that all attempts of an order belong to one payer and a code is exchanged once.
   * @throws DomainError ORDER_NOT_PAYABLE for another payer.
   */
  private async determinePayer(order: Order, payer: PayerBody, actor: Actor): Promise<string> {
    const { orderNo } = order;
    if (order.payerOpenid !== null) return requireSamePayer(order, payer.openid ?? order.payerOpenid);
    const findKnown = async (): Promise<Order | null> => {
      const now = await this.orders.getPaymentOrder(orderNo);
      return now.payerOpenid === null ? null : now;
    };
    const resolved = await this.payers.resolve(payer, order.appId, findKnown);
    if ('done' in resolved) return resolved.done.payerOpenid ?? '';
    const { openid: payerOpenid } = resolved;
    await this.unitOfWork.run(async (tx) => {
      const unknown = { orderNo, status: 'PENDING' as const, payerOpenid: IsNull() };
      const { affected } = await tx.update(Order, unknown, { payerOpenid, payerSource: 'PAY' });
      if (affected !== 1) return;
      noteOrderChange(tx, orderNo, 'order.updated');
      await this.audit.write(tx, {
        actor,
        action: 'payment-order.set-payer',
        subject: orderNo,
        before: null,
        after: null,
      });
    });
    const after = await this.orders.getPaymentOrder(orderNo);
    this.payments.assertPayable(after);
    return requireSamePayer(after, payerOpenid);
  }
}

function assertTradeTypeAllowed(order: Order, tradeType: TradeType): void {
  const allowed = allowedTradeTypesOf(order);
  if (allowed.includes(tradeType)) return;
  const params = { orderNo: order.orderNo, tradeType, allowed: allowed.join(', ') };
  throw new DomainError('TRADE_TYPE_NOT_ALLOWED', { params });
}

function requireSamePayer({ orderNo, payerOpenid }: Order, openid: string): string {
  if (openid === payerOpenid) return openid;
  throw new DomainError('ORDER_NOT_PAYABLE', {
    params: { orderNo },
    errors: [{ field: 'payer', message: 'payer differs from the payer of the order' }],
    detail: [
      'Order {orderNo} has another payer. Create another order for this payer.',
      '订单 {orderNo} 已有其他付款人，请为该付款人另建订单。',
    ],
  });
}
