import { Injectable } from '@nestjs/common';
import { Resets } from './resets.js';
import { RefundStatus, WechatRefund } from './wechat-refund.js';
import { WechatOrder } from './wechat-order.js';

/** The statuses from which each status may be reached. Only CHANGE is not final: a person may finish it by hand. */
const REACHED_FROM: Readonly<Record<RefundStatus, readonly RefundStatus[]>> = {
  PROCESSING: [],
  SUCCESS: ['PROCESSING', 'CHANGE'],
  CHANGE: ['PROCESSING'],
  REFUNDCLOSE: ['PROCESSING'],
};

/** All refunds of the merchant, under every number they go by. */
@Injectable()
export class RefundBook {
  private readonly refunds = new Map<string, WechatRefund>();
  private readonly byId = new Map<string, WechatRefund>();
  private readonly byOrder = new Map<string, WechatRefund[]>();

  constructor(resets: Resets) {
    resets.onReset(() => {
      this.refunds.clear();
      this.byId.clear();
      this.byOrder.clear();
    });
  }

  add(refund: WechatRefund): void {
    this.refunds.set(refund.outRefundNo, refund);
    this.byId.set(refund.refundId, refund);
    this.byOrder.set(refund.order.outTradeNo, [...this.of(refund.order), refund]);
  }

  find(outRefundNo: string): WechatRefund | undefined {
    return this.refunds.get(outRefundNo);
  }

  findById(refundId: string): WechatRefund | undefined {
    return this.byId.get(refundId);
  }

  /** Oldest first, closed ones included. */
  of(order: WechatOrder): readonly WechatRefund[] {
    return this.byOrder.get(order.outTradeNo) ?? [];
  }

  /** Oldest first. */
  all(): WechatRefund[] {
    return [...this.refunds.values()];
  }

  mayBecome(refund: WechatRefund, status: RefundStatus): boolean {
    return REACHED_FROM[status].includes(refund.status);
  }

  /** What of the order may still be given back: a closed refund no longer counts. */
  refundableFen(order: WechatOrder): number {
    return order.totalFen - fenOf(this.of(order).filter(({ status }) => status !== 'REFUNDCLOSE'));
  }

  /** Where the money of the order's refunds is. */
  sums(order: WechatOrder): RefundSums {
    const fenIn = (wanted: RefundStatus): number => fenOf(this.of(order).filter(({ status }) => status === wanted));
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
