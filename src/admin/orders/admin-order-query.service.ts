import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readOrderFees } from '../../bill/entries/read-order-fees.js';
import { User } from '../../auth/user.entity.js';
import { Clock } from '../../common/time/clock.js';
import { type CountedPage, type CountedPageQuery, mapPage, type Page } from '../../common/paging/paging.js';
import { MAX_EMBEDDED_ROWS, toEmbeddedListInOrder } from '../../common/paging/embedded-list.js';
import { findPage, NEWEST_FIRST } from '../../database/lists/find-page.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { findNewestAttempts, findOrderEvents } from '../../payment/event-log/order-event-queries.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { RefusedNoticeLog } from '../../payment/refused-notice/refused-notice-log.js';
import { RefundQueryService } from '../../refund/read/refund-query.service.js';
import { findShownRefunds, sumRefundsByStatus } from '../../refund/read/refunds-of-order.js';
import { maxRefundableFen } from '../../refund/rules/refundable-amount.js';
import { findFirstShipments } from '../../shipping/shipment/shipments.js';
import { WechatShippingSync } from '../../shipping/upload/wechat-shipping-sync.entity.js';
import { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import { type AdminRefundView, adminRefundView } from '../refunds/admin-refund.view.js';
import { adminOrderView, type AdminOrderView } from './admin-order.view.js';
import { type EventView, eventView, type ExplainPaymentError } from './order-event.view.js';
import { type PaymentView, paymentView } from './order-payment.view.js';

/** The columns that determine how much of a payment can still be refunded. */
const REFUNDABLE_COLUMNS = {
  status: true,
  amountFen: true,
  refundReservedFen: true,
  refundCount: true,
  paidAt: true,
} as const;

/** What an order's own page shows of its lists. */
const FIRST_PAGE = { limit: MAX_EMBEDDED_ROWS, withTotal: true };

/** One order for staff: all about it, and its events, payments and refunds, paged and newest first. */
@Injectable()
export class AdminOrderQueryService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly refundList: RefundQueryService,
    private readonly refusedNotices: RefusedNoticeLog,
    private readonly providers: PaymentProviderRegistry,
  ) {}

  /** @throws DomainError ORDER_NOT_FOUND. */
  async getOrder(orderNo: string): Promise<AdminOrderView> {
    const order = await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const attempts = await findNewestAttempts(manager, orderNo);
      const outTradeNos = attempts.map(({ outTradeNo }) => outTradeNo);
      const payments = toEmbeddedListInOrder(await findPayments(manager, orderNo, FIRST_PAGE));
      const refunds = await findShownRefunds(manager, { orderNo });
      const record = {
        payments,
        refunds,
        fees: await readOrderFees(manager, payments.rows, refunds.rows),
        refundSums: await sumRefundsByStatus(manager, orderNo),
        now: this.clock.now(),
        refundableFen: await this.refundableFen(manager, orderNo),
        shipments: await findFirstShipments(manager, orderNo),
        shippingSync: await manager.findOneBy(WechatShippingSync, { orderNo }),
        user: order.userId === null ? null : await manager.findOneBy(User, { id: order.userId }),
        events: toEmbeddedListInOrder(await findOrderEvents(manager, { orderNo, outTradeNos }, FIRST_PAGE)),
        explainPaymentError: this.explainerFor(attempts),
        refusedNotices: await this.refusedNotices.findByPayments(manager, outTradeNos),
      };
      return adminOrderView(order, record, this.providers);
    });
  }

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async listEvents(orderNo: string, query: CountedPageQuery): Promise<Page<EventView>> {
    await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const attempts = await findNewestAttempts(manager, orderNo);
      const filter = { orderNo, outTradeNos: attempts.map(({ outTradeNo }) => outTradeNo) };
      const explain = this.explainerFor(attempts);
      return mapPage(await findOrderEvents(manager, filter, query), (event) => eventView(event, explain));
    });
  }

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async listPayments(orderNo: string, query: CountedPageQuery): Promise<Page<PaymentView>> {
    await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const page = await findPayments(manager, orderNo, query);
      const sums = await sumRefundsByStatus(manager, orderNo);
      const { byPayment } = await readOrderFees(manager, page.items, []);
      return mapPage(page, (payment) => paymentView(payment, sums, byPayment, this.clock.now()));
    });
  }

  /** @throws DomainError ORDER_NOT_FOUND or VALIDATION_FAILED. */
  async listRefunds(orderNo: string, query: CountedPageQuery): Promise<Page<AdminRefundView>> {
    await this.orders.getByNumber(orderNo);
    return this.refundList.list(query, { orderNo }, (refund) => adminRefundView(refund, this.providers));
  }

  /** Counts all paid payment attempts, including those not shown. */
  private async refundableFen(manager: EntityManager, orderNo: string): Promise<number> {
    const paid = await manager.find(PaymentAttempt, { select: REFUNDABLE_COLUMNS, where: { orderNo, status: 'PAID' } });
    return maxRefundableFen(paid, this.clock.now());
  }

  private explainerFor(attempts: readonly Pick<PaymentAttempt, 'outTradeNo' | 'channel'>[]): ExplainPaymentError {
    const channels = new Map(attempts.map(({ outTradeNo, channel }) => [outTradeNo, channel]));
    return (outTradeNo, code) => this.providers.explain(channels.get(outTradeNo ?? '') ?? null, code);
  }
}

function findPayments(
  manager: EntityManager,
  orderNo: string,
  query: CountedPageQuery,
): Promise<CountedPage<PaymentAttempt>> {
  return findPage(manager, PaymentAttempt, query, { where: { orderNo }, order: NEWEST_FIRST });
}
