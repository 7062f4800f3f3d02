import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In, MoreThanOrEqual, Not } from 'typeorm';
import type { Actor } from '../audit/audit-log.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import type { Page } from '../common/paging.js';
import { Coupon } from '../coupon/coupon.entity.js';
import { UserCoupon } from '../coupon/user-coupon.entity.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { Order } from '../order/order.entity.js';
import { OrderQueryService } from '../order/order-query.service.js';
import { PaymentAttempt } from '../payment/payment-attempt.entity.js';
import { findUnresolvedRefunds } from '../refund/unresolved-refunds.js';
import { MerchantRefundService } from '../refund/merchant-refund.service.js';
import { DECIDED_STATES } from '../refund/refund-returns.js';
import { Refund } from '../refund/refund.entity.js';
import { refundSearchConditions, RefundQueryService } from '../refund/refund-query.service.js';
import {
  type RefundSum,
  findNewestRefunds,
  findShownRefunds,
  sumRefundsByState,
  sumMatchingFen,
} from '../refund/refunds-of-order.js';
import { findFirstShipments } from '../shipping/shipments.js';
import { WechatShippingSync } from '../shipping/wechat-shipping-sync.entity.js';
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
    private readonly merchantRefunds: MerchantRefundService,
  ) {}

  async list(query: AdminRefundQuery): Promise<Page<AdminRefundView> & { total?: number }> {
    const only = await this.conditions(query);
    const page = await this.refunds.list(query, only, adminRefundView);
    if (!query.withTotal) return page;
    const where = refundSearchConditions(query, only);
    return { ...page, total: await this.unitOfWork.read((manager) => manager.countBy(Refund, where)) };
  }

  /** @throws DomainError REFUND_NOT_FOUND. */
  async show(refundNo: string): Promise<AdminRefundDetailView> {
    const refund = await this.refunds.getByNumber(refundNo);
    const { orderNo, userId, outTradeNo } = refund;
    const order = await this.orders.getByNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const payment = await manager.findOneByOrFail(PaymentAttempt, { outTradeNo });
      const excludingThis = { refundNo: Not(refundNo) };
      const parts = await findShownRefunds(manager, { orderNo, ...excludingThis });
      const since = MoreThanOrEqual(this.clock.secondsFromNow(-USER_HISTORY_SECONDS));
      const userRefunds = await findNewestRefunds(manager, { userId, ...excludingThis, requestedAt: since });
      const shipments = await findFirstShipments(manager, orderNo);
      const shippingSync = await manager.findOneBy(WechatShippingSync, { orderNo });
      const coupon = await findCouponOfOrder(manager, order);
      const facts = this.facts(refund, payment, [order, await sumRefundsByState(manager, orderNo)]);
      return adminRefundDetailView({ refund, order, parts, userRefunds, facts, shipments, shippingSync, coupon });
    });
  }

  /** Decides each refund on its own: a refund that cannot be decided does not stop the others. */
  async decideBatch({ action, refundNos, reason = '' }: RefundBatchBody, actor: Actor): Promise<RefundBatchResponse> {
    const items: RefundBatchResponse['items'] = [];
    for (const refundNo of refundNos) {
      try {
        if (action === 'approve') await this.merchantRefunds.approveWithoutSending(refundNo, actor);
        else await this.merchantRefunds.reject(refundNo, reason, actor);
        items.push({ refundNo, ok: true });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        items.push({ refundNo, ok: false, code: error.code });
      }
    }
    return { items };
  }

  private facts(
    refund: Refund,
    payment: PaymentAttempt,
    [order, sums]: [Order, RefundSum[]],
  ): AdminRefundDetailView['facts'] {
    const refundedFen = sumMatchingFen(
      sums,
      ({ outTradeNo, status }) => outTradeNo === payment.outTradeNo && status === 'SUCCEEDED',
    );
    const isHeld = ['REQUESTED', 'PROCESSING', 'ABNORMAL'].includes(refund.status);
    const reservedFen = payment.refundHeldFen - refundedFen - (isHeld ? refund.amountFen : 0);
    const { paidAt } = payment;
    return {
      paidFen: payment.amountFen,
      refundedFen,
      reservedFen,
      remainingFen: payment.amountFen - payment.refundHeldFen,
      refundCount: payment.refundCount,
      secondsSincePayment: paidAt && Math.floor((this.clock.now().getTime() - paidAt.getTime()) / 1000),
      isFull: isFull(refund, order, sums),
    };
  }

  private async conditions(query: AdminRefundQuery): Promise<FindOptionsWhere<Refund>> {
    const { q, kind, waitReason, orderNo, userId, unresolved = false } = query;
    const only: FindOptionsWhere<Refund> = {
      ...{ ...(kind && { kind }), ...(waitReason && { waitReason }) },
      ...{ ...(orderNo !== undefined && { orderNo }), ...(userId !== undefined && { userId }) },
    };
    const lists = [
      ...(q === undefined ? [] : [await this.findNumbersMatching(q)]),
      ...(unresolved ? [await this.unresolved()] : []),
    ];
    const [first, ...others] = lists;
    if (first === undefined) return only;
    return { ...only, refundNo: In(first.filter((refundNo) => others.every((list) => list.includes(refundNo)))) };
  }

  /** Returns the refundNos of refunds for which any number equals `q`. */
  private async findNumbersMatching(q: string): Promise<string[]> {
    const where = [{ refundNo: q }, { wechatRefundId: q }, { orderNo: q }, { outTradeNo: q }, { transactionId: q }];
    const found = await this.unitOfWork.read((manager) =>
      manager.find(Refund, { select: { refundNo: true }, where, take: 500 }),
    );
    return found.map(({ refundNo }) => refundNo);
  }

  private async unresolved(): Promise<string[]> {
    const failed = await this.unitOfWork.read((manager) => findUnresolvedRefunds(manager, this.clock.now()));
    return failed.map(({ refundNo }) => refundNo);
  }
}

/** Whether the order's money is fully refunded or in progress once this refund is approved with its full amount. */
function isFull(refund: Refund, order: Order, sums: RefundSum[]): boolean {
  if (refund.isOverpayment || order.status !== 'PAID') return false;
  const decidedFen = sumMatchingFen(sums, ({ isOverpayment, status }) => !isOverpayment && isDecided(status));
  return decidedFen + (isDecided(refund.status) ? 0 : refund.amountFen) >= order.paidFen;
}

function isDecided(status: Refund['status']): boolean {
  return (DECIDED_STATES as readonly string[]).includes(status);
}

async function findCouponOfOrder(
  manager: EntityManager,
  { orderNo, couponId }: Order,
): Promise<AdminRefundDetailView['coupon']> {
  const userCoupon = couponId === null ? null : await manager.findOneBy(UserCoupon, { userCouponId: couponId });
  const kind = userCoupon && (await manager.findOneBy(Coupon, { couponId: userCoupon.couponId }));
  if (!kind) return null;
  const { name, discountFen, minSpendFen, expiresAt } = kind;
  return {
    id: userCoupon.userCouponId,
    name,
    discountFen,
    minSpendFen,
    expiresAt,
    isHeld: userCoupon.orderNo === orderNo,
  };
}
