import { Injectable } from '@nestjs/common';
import { OrderStore } from '../book/order-store.js';
import { RefundStore } from '../book/refund-store.js';
import { couponFen, settlementFen, Transaction, WechatOrder } from '../book/wechat-order.js';
import { WechatRefund } from '../book/wechat-refund.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { billDayOf } from './bill-day.js';
import { LineTarget } from './bill-change.js';
import { merchantNoOf, TradeRow } from './trade-row.js';

/** The lines of the trade bills: every payment and refund of the merchant, in all protocols. */
@Injectable()
export class TradeRowReader {
  private readonly extraRows: TradeRow[] = [];
  private readonly postponed = new Map<string, Date>();

  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
    private readonly settings: SimulatorSettings,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.extraRows.length = 0;
      this.postponed.clear();
    });
  }

  /** A payment that only the bills know. */
  addExtraRow(row: TradeRow): void {
    this.extraRows.push(row);
  }

  /** The line gets this time in the bills, in place of the time of its payment or refund. */
  postpone(target: LineTarget, at: Date): void {
    this.postponed.set(keyOf(target), at);
  }

  /** By time. */
  ofDay(day: string): TradeRow[] {
    const rows = this.all().filter(({ at }) => billDayOf(at) === day);
    return rows.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  find(target: LineTarget): TradeRow | undefined {
    return this.all().find((row) => row.type === target.type && merchantNoOf(row) === target.merchantNo);
  }

  private all(): TradeRow[] {
    const payments = this.orders.all().filter((order) => this.settings.isBilled(order));
    const refunds = this.refunds.all().filter(({ order }) => this.settings.isBilled(order));
    const rows = [...payments.flatMap(paymentRow), ...refunds.map(refundRow), ...this.extraRows];
    if (this.postponed.size === 0) return rows;
    return rows.map((row) => {
      const at = this.postponed.get(keyOf({ type: row.type, merchantNo: merchantNoOf(row) }));
      return at === undefined ? row : { ...row, at };
    });
  }
}

function keyOf({ type, merchantNo }: LineTarget): string {
  return `${type} ${merchantNo}`;
}

function paymentRow(order: WechatOrder): TradeRow[] {
  const { transaction } = order;
  if (transaction === undefined) return [];
  const settledFen = settlementFen(transaction);
  const coupons = couponFen(transaction.coupons, 'CASH');
  const { totalFen, feeFen, paidAt: at } = transaction;
  return [{ ...commonPart(order, transaction), type: 'PAYMENT', at, totalFen, settledFen, couponFen: coupons, feeFen }];
}

function refundRow(refund: WechatRefund): TradeRow {
  const { order, transaction, outRefundNo, refundId, feeFen, status, acceptedAt: at } = refund;
  return {
    ...commonPart(order, transaction),
    type: 'REFUND',
    at,
    refundId,
    outRefundNo,
    totalFen: refund.refundFen,
    settledFen: refund.settlementFen,
    couponFen: couponFen(refund.coupons, 'CASH'),
    feeFen,
    status,
    succeededAt: status === 'SUCCESS' ? refund.endedAt : undefined,
  };
}

function commonPart(order: WechatOrder, { transactionId, openid, bankType, feeBasisPoints }: Transaction) {
  return {
    appid: order.appid,
    deviceInfo: order.deviceInfo ?? '',
    transactionId,
    outTradeNo: order.outTradeNo,
    openid,
    tradeType: order.tradeType,
    bankType,
    description: order.description,
    attach: order.attach ?? '',
    feeBasisPoints,
  };
}
