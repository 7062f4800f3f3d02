import { Injectable } from '@nestjs/common';
import { OrderStore } from './order-store.js';
import { RefundStore, RefundSums } from './refund-store.js';
import { WechatOrder } from './wechat-order.js';
import { WechatRefund } from './wechat-refund.js';

interface LedgerRefund {
  out_refund_no: string;
  refund_id: string;
  refund_status: string;
  refund_fee: number;
  refund_request_source: string;
}

export interface LedgerLine extends RefundSums {
  out_trade_no: string;
  trade_state: string;
  transaction_id: string | null;
  openid: string | null;
  paidFen: number;
  refunds: LedgerRefund[];
  paidAt: Date | null;
}

export interface LedgerTotals extends RefundSums {
  orders: number;
  paidOrders: number;
  paidFen: number;
}

/** The payments and refunds that the merchant's own records must agree with in the end. */
@Injectable()
export class Ledger {
  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
  ) {}

  read(): { items: LedgerLine[]; totals: LedgerTotals } {
    const items = this.orders.all().map((order) => this.lineOf(order));
    const sum = (fenOf: (line: LedgerLine) => number): number => items.reduce((total, line) => total + fenOf(line), 0);
    const totals = {
      orders: items.length,
      paidOrders: items.filter(({ transaction_id }) => transaction_id !== null).length,
      paidFen: sum(({ paidFen }) => paidFen),
      refundedFen: sum(({ refundedFen }) => refundedFen),
      refundingFen: sum(({ refundingFen }) => refundingFen),
      abnormalFen: sum(({ abnormalFen }) => abnormalFen),
    };
    return { items, totals };
  }

  private lineOf(order: WechatOrder): LedgerLine {
    const { outTradeNo, state, transaction } = order;
    return {
      out_trade_no: outTradeNo,
      trade_state: state,
      transaction_id: transaction?.transactionId ?? null,
      openid: transaction?.openid ?? null,
      paidFen: transaction?.totalFen ?? 0,
      ...this.refunds.sumsOf(order),
      refunds: this.refunds.listByOrder(order).map(refundLine),
      paidAt: transaction?.paidAt ?? null,
    };
  }
}

function refundLine(refund: WechatRefund): LedgerRefund {
  return {
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.status,
    refund_fee: refund.refundFen,
    refund_request_source: refund.source,
  };
}
