import { Injectable } from '@nestjs/common';
import { ResetRegistry } from '../state/reset-registry.js';
import { WechatRefundStatus, WechatRefund } from './wechat-refund.js';
import { WechatOrder } from './wechat-order.js';

/** The statuses from which each status can be reached. After CHANGE a person can still complete the refund. */
const REACHED_FROM: Readonly<Record<WechatRefundStatus, readonly WechatRefundStatus[]>> = {
  PROCESSING: ['CHANGE'], // an abnormal refund that v3 sends to a bank card
  SUCCESS: ['PROCESSING', 'CHANGE'],
  CHANGE: ['PROCESSING'],
  REFUNDCLOSE: ['PROCESSING'],
};

/** All refunds of the merchant, by each of their numbers. */
@Injectable()
export class RefundStore {
  private readonly refunds = new Map<string, WechatRefund>();
  private readonly byId = new Map<string, WechatRefund>();
  private readonly byOrder = new Map<string, WechatRefund[]>();

  constructor(resets: ResetRegistry) {
    resets.onReset(() => {
      this.refunds.clear();
      this.byId.clear();
      this.byOrder.clear();
    });
  }

  add(refund: WechatRefund): void {
    this.refunds.set(refund.outRefundNo, refund);
    this.byId.set(refund.refundId, refund);
    this.byOrder.set(refund.order.outTradeNo, [...this.listByOrder(refund.order), refund]);
  }

  find(outRefundNo: string): WechatRefund | undefined {
    return this.refunds.get(outRefundNo);
  }

  findById(refundId: string): WechatRefund | undefined {
    return this.byId.get(refundId);
  }

  /** Oldest first, including closed refunds. */
  listByOrder(order: WechatOrder): readonly WechatRefund[] {
    return this.byOrder.get(order.outTradeNo) ?? [];
  }

  /** Oldest first. */
  all(): WechatRefund[] {
    return [...this.refunds.values()];
  }

  canTransition(refund: WechatRefund, status: WechatRefundStatus): boolean {
    return REACHED_FROM[status].includes(refund.status);
  }

  /** The amount that can still be refunded. A closed refund does not count. */
  refundableFen(order: WechatOrder): number {
    return order.totalFen - fenOf(this.listByOrder(order).filter(({ status }) => status !== 'REFUNDCLOSE'));
  }

  /** The refund amounts of the order by status. */
  sumsOf(order: WechatOrder): RefundSums {
    const fenIn = (expected: WechatRefundStatus): number =>
      fenOf(this.listByOrder(order).filter(({ status }) => status === expected));
    return { refundedFen: fenIn('SUCCESS'), refundingFen: fenIn('PROCESSING'), abnormalFen: fenIn('CHANGE') };
  }
}

export interface RefundSums {
  /** Received by the payer: SUCCESS. */
  refundedFen: number;
  /** Accepted, not finished: PROCESSING. */
  refundingFen: number;
  /** Accepted, but the payer could not receive it; the merchant has the money until a person acts: CHANGE. */
  abnormalFen: number;
}

function fenOf(refunds: readonly WechatRefund[]): number {
  return refunds.reduce((sum, { refundFen }) => sum + refundFen, 0);
}
