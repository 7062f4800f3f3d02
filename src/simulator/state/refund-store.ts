import { Injectable } from '@nestjs/common';
import { ResetRegistry } from './reset-registry.js';
import { WechatRefundStatus, WechatRefund } from './wechat-refund.js';
import { WechatOrder } from './wechat-order.js';

/** The statuses from which each status may be reached. Only CHANGE is not final: a person may finish it by hand. */
const REACHED_FROM: Readonly<Record<WechatRefundStatus, readonly WechatRefundStatus[]>> = {
  PROCESSING: [],
  SUCCESS: ['PROCESSING', 'CHANGE'],
  CHANGE: ['PROCESSING'],
  REFUNDCLOSE: ['PROCESSING'],
};

/** All refunds of the merchant, under every number they go by. */
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

  /** Oldest first, closed ones included. */
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

  /** What of the order may still be given back: a closed refund no longer counts. */
  refundableFen(order: WechatOrder): number {
    return order.totalFen - fenOf(this.listByOrder(order).filter(({ status }) => status !== 'REFUNDCLOSE'));
  }

  /** Where the money of the order's refunds is. */
  sumsOf(order: WechatOrder): RefundSums {
    const fenIn = (wanted: WechatRefundStatus): number =>
      fenOf(this.listByOrder(order).filter(({ status }) => status === wanted));
    return { refundedFen: fenIn('SUCCESS'), refundingFen: fenIn('PROCESSING'), abnormalFen: fenIn('CHANGE') };
  }
}

export interface RefundSums {
  /** Has reached the payer: SUCCESS. */
  refundedFen: number;
  /** Accepted and on its way: PROCESSING. */
  refundingFen: number;
  /** Accepted, could not reach the payer, and lies with the merchant again until a person acts: CHANGE. */
  abnormalFen: number;
}

function fenOf(refunds: readonly WechatRefund[]): number {
  return refunds.reduce((sum, { refundFen }) => sum + refundFen, 0);
}
