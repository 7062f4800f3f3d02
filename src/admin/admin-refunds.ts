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
import { Orders } from '../order/orders.js';
import { Payment } from '../payment/payment.entity.js';
import { findUnresolvedRefunds } from '../refund/failed-refunds.js';
import { RefundDesk } from '../refund/refund-desk.js';
import { DECIDED } from '../refund/refund-returns.js';
import { Refund } from '../refund/refund.entity.js';
import { refundFilter, Refunds } from '../refund/refunds.js';
import { type RefundSum, showNewestRefunds, showRefunds, sumRefundsOf, totalFen } from '../refund/refunds-of-order.js';
import { showShipments } from '../shipping/shipments.js';
import { ShippingDuty } from '../shipping/shipping-duty.entity.js';
import type { AdminRefundQuery, RefundBatchAnswer, RefundBatchBody } from './admin-refund.dto.js';
import { adminRefundView, type AdminRefundView } from './admin-refund.view.js';
import { refundDeskView, type RefundDeskView } from './refund-desk.view.js';

/** How far back a buyer's habits are looked at. */
const HABITS_SECONDS = 90 * 86_400;

/** Refunds as staff look at them: the queue, one case with the facts of a decision, and decisions in bulk. */
@Injectable()
export class AdminRefunds {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: Orders,
    private readonly refunds: Refunds,
    private readonly desk: RefundDesk,
  ) {}

  async list(query: AdminRefundQuery): Promise<Page<AdminRefundView> & { total?: number }> {
    const only = await this.conditions(query);
    const page = await this.refunds.list(query, only, adminRefundView);
    if (!query.withTotal) return page;
    const where = refundFilter(query, only);
    return { ...page, total: await this.unitOfWork.read((manager) => manager.countBy(Refund, where)) };
  }

  /** @throws DomainError REFUND_NOT_FOUND. */
  async show(refundNo: string): Promise<RefundDeskView> {
    const refund = await this.refunds.byNumber(refundNo);
    const { orderNo, userId, outTradeNo } = refund;
    const order = await this.orders.byNumber(orderNo);
    return this.unitOfWork.read(async (manager) => {
      const payment = await manager.findOneByOrFail(Payment, { outTradeNo });
      const others = { refundNo: Not(refundNo) };
      const parts = await showRefunds(manager, { orderNo, ...others });
      const since = MoreThanOrEqual(this.clock.in(-HABITS_SECONDS));
      const userRefunds = await showNewestRefunds(manager, { userId, ...others, requestedAt: since });
      const shipments = await showShipments(manager, orderNo);
      const duty = await manager.findOneBy(ShippingDuty, { orderNo });
      const coupon = await couponOf(manager, order);
      const facts = this.facts(refund, payment, [order, await sumRefundsOf(manager, orderNo)]);
      return refundDeskView({ refund, order, parts, userRefunds, facts, shipments, duty, coupon });
    });
  }

  /** Each on its own: one that cannot be decided does not stop the others. */
  async batch({ action, refundNos, reason = '' }: RefundBatchBody, actor: Actor): Promise<RefundBatchAnswer> {
    const items: RefundBatchAnswer['items'] = [];
    for (const refundNo of refundNos) {
      try {
        if (action === 'approve') await this.desk.approveForLater(refundNo, actor);
        else await this.desk.reject(refundNo, reason, actor);
        items.push({ refundNo, ok: true });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        items.push({ refundNo, ok: false, code: error.code });
      }
    }
    return { items };
  }

  private facts(refund: Refund, payment: Payment, [order, sums]: [Order, RefundSum[]]): RefundDeskView['facts'] {
    const refundedFen = totalFen(
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
    const lists = [...(q === undefined ? [] : [await this.named(q)]), ...(unresolved ? [await this.unresolved()] : [])];
    const [first, ...others] = lists;
    if (first === undefined) return only;
    return { ...only, refundNo: In(first.filter((refundNo) => others.every((list) => list.includes(refundNo)))) };
  }

  /** Numbers of the refunds that have this number anywhere. */
  private async named(q: string): Promise<string[]> {
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

/** Whether all of the order's money is back or on its way once this refund is approved as it stands. */
function isFull(refund: Refund, order: Order, sums: RefundSum[]): boolean {
  if (refund.isSurplus || order.status !== 'PAID') return false;
  const decidedFen = totalFen(sums, ({ isSurplus, status }) => !isSurplus && isDecided(status));
  return decidedFen + (isDecided(refund.status) ? 0 : refund.amountFen) >= order.paidFen;
}

function isDecided(status: Refund['status']): boolean {
  return (DECIDED as readonly string[]).includes(status);
}

async function couponOf(manager: EntityManager, { orderNo, couponId }: Order): Promise<RefundDeskView['coupon']> {
  const held = couponId === null ? null : await manager.findOneBy(UserCoupon, { userCouponId: couponId });
  const kind = held && (await manager.findOneBy(Coupon, { couponId: held.couponId }));
  if (!kind) return null;
  const { name, discountFen, minSpendFen, expiresAt } = kind;
  return { id: held.userCouponId, name, discountFen, minSpendFen, expiresAt, isHeld: held.orderNo === orderNo };
}
