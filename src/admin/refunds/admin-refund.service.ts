import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In, MoreThanOrEqual, Not } from 'typeorm';
import type { Actor } from '../../audit/audit-log.js';
import { Clock } from '../../common/time/clock.js';
import { DomainError } from '../../common/problem/domain-error.js';
import type { CountedPage } from '../../common/paging/paging.js';
import { Coupon } from '../../coupon/coupon.entity.js';
import { UserCoupon } from '../../coupon/user-coupon.entity.js';
import { intersectionOf } from '../../database/lists/search-conditions.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Order } from '../../order/order.entity.js';
import { OrderQueryService } from '../../order/order-query.service.js';
import { PaymentAttempt } from '../../payment/attempt/payment-attempt.entity.js';
import { findUnresolvedRefunds } from '../../refund/read/unresolved-refunds.js';
import { TO_PAY_OTHERWISE } from '../../refund/read/refunds-to-pay-otherwise.js';
import { RefundService } from '../../refund/request/refund.service.js';
import { APPROVED_STATUSES } from '../../refund/rules/refund-transitions.js';
import { Refund } from '../../refund/refund.entity.js';
import { RefundQueryService } from '../../refund/read/refund-query.service.js';
import {
  type RefundSum,
  findNewestRefunds,
  findShownRefunds,
  sumRefundsByStatus,
  sumMatchingFen,
} from '../../refund/read/refunds-of-order.js';
import { findFirstShipments } from '../../shipping/shipment/shipments.js';
import { WechatShippingSync } from '../../shipping/upload/wechat-shipping-sync.entity.js';
import { PaymentProviderRegistry } from '../../wechat/pay/payment-provider-registry.js';
import type { AdminRefundQuery, RefundBatchResponse, RefundBatchBody } from './admin-refund.dto.js';
import { adminRefundView, type AdminRefundView } from './admin-refund.view.js';
import { adminRefundDetailView, type AdminRefundDetailView } from './admin-refund-detail.view.js';

/** Period of a buyer's earlier refunds that staff see. */
const USER_HISTORY_SECONDS = 90 * 86_400;

/** Refunds for staff: the list, the details needed for a decision, and batch decisions. */
@Injectable()
export class AdminRefundService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueryService,
    private readonly refunds: RefundQueryService,
    private readonly refundService: RefundService,
    private readonly providers: PaymentProviderRegistry,
  ) {}

  async list(query: AdminRefundQuery): Promise<CountedPage<AdminRefundView>> {
    return this.refunds.list(query, await this.buildConditions(query), (refund) => this.viewOf(refund));
  }

  viewOf(refund: Refund): AdminRefundView {
    return adminRefundView(refund, this.providers);
  }

  /** @throws DomainError REFUND_NOT_FOUND. */
  async getRefund(refundNo: string): Promise<AdminRefundDetailView> {
    const refund = await this.refunds.getByNumber(refundNo);
    const { orderNo, userId, outTradeNo } = refund;
    const order = await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const payment = await manager.findOneByOrFail(PaymentAttempt, { outTradeNo });
      const excludingThis = { refundNo: Not(refundNo) };
      const otherRefunds = await findShownRefunds(manager, { orderNo, ...excludingThis });
      const since = MoreThanOrEqual(this.clock.secondsFromNow(-USER_HISTORY_SECONDS));
      const userRefunds =
        userId === null
          ? { rows: [], count: 0, nextCursor: null }
          : await findNewestRefunds(manager, { userId, ...excludingThis, requestedAt: since });
      const shipments = await findFirstShipments(manager, orderNo);
      const shippingSync = await manager.findOneBy(WechatShippingSync, { orderNo });
      const coupon = await findCouponOfOrder(manager, order);
      const facts = this.decisionContextOf(refund, payment, [order, await sumRefundsByStatus(manager, orderNo)]);
      const detail = { refund, order, otherRefunds, userRefunds, facts, shipments, shippingSync, coupon };
      return adminRefundDetailView(detail, this.providers);
    });
  }

  /** Decides each refund on its own: a refund that cannot be decided does not stop the others. */
  async decideBatch({ action, refundNos, reason = '' }: RefundBatchBody, actor: Actor): Promise<RefundBatchResponse> {
    const items: RefundBatchResponse['items'] = [];
    for (const refundNo of refundNos) {
      try {
        if (action === 'approve') await this.refundService.approveWithoutSending(refundNo, actor);
        else await this.refundService.reject(refundNo, reason, actor);
        items.push({ refundNo, ok: true });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        items.push({ refundNo, ok: false, code: error.code });
      }
    }
    return { items };
  }

  private decisionContextOf(
    refund: Refund,
    payment: PaymentAttempt,
    [order, sums]: [Order, RefundSum[]],
  ): AdminRefundDetailView['facts'] {
    const refundedFen = sumMatchingFen(
      sums,
      ({ outTradeNo, status }) => outTradeNo === payment.outTradeNo && status === 'SUCCEEDED',
    );
    const isReserved = ['REQUESTED', 'PROCESSING', 'ABNORMAL'].includes(refund.status);
    const reservedFen = payment.refundReservedFen - refundedFen - (isReserved ? refund.amountFen : 0);
    const { paidAt } = payment;
    return {
      paidFen: payment.amountFen,
      refundedFen,
      reservedFen,
      remainingFen: payment.amountFen - payment.refundReservedFen,
      refundCount: payment.refundCount,
      secondsSincePayment: paidAt && Math.floor((this.clock.now().getTime() - paidAt.getTime()) / 1000),
      isFull: isFull(refund, order, sums),
    };
  }

  private async buildConditions(query: AdminRefundQuery): Promise<FindOptionsWhere<Refund>> {
    const { q, kind, waitReason, orderNo, userId, unresolved = false, toPayOtherwise = false } = query;
    const refundNos = intersectionOf([
      ...(q === undefined ? [] : [await this.findNumbersMatching(q)]),
      ...(unresolved ? [await this.findUnresolved()] : []),
    ]);
    return {
      ...(kind && { kind }),
      ...(waitReason && { waitReason }),
      ...(orderNo !== undefined && { orderNo }),
      ...(userId !== undefined && { userId }),
      ...(toPayOtherwise && TO_PAY_OTHERWISE),
      ...(refundNos && { refundNo: In(refundNos) }),
    };
  }

  /** Returns the refundNos of refunds for which any number equals `q`. */
  private async findNumbersMatching(q: string): Promise<string[]> {
    const found = await this.unitOfWork.read(async (manager) => {
      const order = await manager.findOneBy(Order, { merchantOrderNo: q });
      const where = [
        ...[{ refundNo: q }, { merchantRefundNo: q }, { wechatRefundId: q }, { outTradeNo: q }, { transactionId: q }],
        { orderNo: order?.orderNo ?? q },
      ];
      return manager.find(Refund, { select: { refundNo: true }, where, take: 500 });
    });
    return found.map(({ refundNo }) => refundNo);
  }

  private async findUnresolved(): Promise<string[]> {
    const failed = await this.unitOfWork.read((manager) => findUnresolvedRefunds(manager, this.clock.now()));
    return failed.map(({ refundNo }) => refundNo);
  }
}

/** Whether the order's money is fully refunded or in progress once this refund is approved with its full amount. */
function isFull(refund: Refund, order: Order, sums: RefundSum[]): boolean {
  if (refund.isOverpayment || order.status !== 'PAID') return false;
  const approvedFen = sumMatchingFen(sums, ({ isOverpayment, status }) => !isOverpayment && isApproved(status));
  return approvedFen + (isApproved(refund.status) ? 0 : refund.amountFen) >= order.paidFen;
}

function isApproved(status: Refund['status']): boolean {
  return (APPROVED_STATUSES as readonly string[]).includes(status);
}

async function findCouponOfOrder(
  manager: EntityManager,
  { orderNo, userCouponId }: Order,
): Promise<AdminRefundDetailView['coupon']> {
  const userCoupon = userCouponId === null ? null : await manager.findOneBy(UserCoupon, { userCouponId });
  const coupon = userCoupon && (await manager.findOneBy(Coupon, { couponId: userCoupon.couponId }));
  if (!coupon) return null;
  const { name, discountFen, minSpendFen, expiresAt } = coupon;
  return {
    id: userCoupon.userCouponId,
    name,
    discountFen,
    minSpendFen,
    expiresAt,
    isUsedByOrder: userCoupon.orderNo === orderNo,
  };
}
