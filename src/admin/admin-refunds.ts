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
import { Shipment } from '../shipping/shipment.entity.js';
import { ShippingDuty } from '../shipping/shipping-duty.entity.js';
import type { AdminRefundQuery, RefundBatchAnswer, RefundBatchBody } from './admin-refund.dto.js';
import { adminRefundView, type AdminRefundView, refundDeskView, type RefundDeskView } from './admin-refund.view.js';

/** How far back a buyer's habits are looked at. */
const HABITS_SECONDS = 90 * 86_400;
const HABITS_SHOWN = 100;

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
      const parts = await manager.find(Refund, {
        where: { orderNo, refundNo: Not(refundNo) },
        order: { id: 'ASC' },
      });
      const userRefunds = await manager.find(Refund, {
        where: { userId, refundNo: Not(refundNo), requestedAt: MoreThanOrEqual(this.clock.in(-HABITS_SECONDS)) },
        order: { id: 'DESC' },
        take: HABITS_SHOWN,
      });
      const shipments = await manager.find(Shipment, { where: { orderNo }, order: { shipmentNo: 'ASC' } });
      const duty = await manager.findOneBy(ShippingDuty, { orderNo });
      const coupon = await couponOf(manager, order);
      const facts = this.facts(refund, payment, [order, parts]);
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

  private facts(refund: Refund, payment: Payment, [order, parts]: [Order, Refund[]]): RefundDeskView['facts'] {
    const refundedFen = [refund, ...parts]
      .filter(({ outTradeNo, status }) => outTradeNo === payment.outTradeNo && status === 'SUCCEEDED')
      .reduce((sum, { amountFen }) => sum + amountFen, 0);
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
      isFull: isFull(refund, order, parts),
    };
  }

  private async conditions(query: AdminRefundQuery): Promise<FindOptionsWhere<Refund>> {
    const { q, kind, waitReason, unresolved = false } = query;
    const only: FindOptionsWhere<Refund> = { ...(kind && { kind }), ...(waitReason && { waitReason }) };
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
function isFull(refund: Refund, order: Order, parts: Refund[]): boolean {
  if (refund.isSurplus || order.status !== 'PAID') return false;
  const decided = parts.filter(
    ({ isSurplus, status }) => !isSurplus && (DECIDED as readonly string[]).includes(status),
  );
  return decided.reduce((sum, { amountFen }) => sum + amountFen, refund.amountFen) >= order.paidFen;
}

async function couponOf(manager: EntityManager, { orderNo, couponId }: Order): Promise<RefundDeskView['coupon']> {
  const held = couponId === null ? null : await manager.findOneBy(UserCoupon, { userCouponId: couponId });
  const kind = held && (await manager.findOneBy(Coupon, { couponId: held.couponId }));
  if (!kind) return null;
  const { name, discountFen, minSpendFen, expiresAt } = kind;
  return { id: held.userCouponId, name, discountFen, minSpendFen, expiresAt, isHeld: held.orderNo === orderNo };
}
