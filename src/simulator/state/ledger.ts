import { Injectable } from '@nestjs/common';
import { OrderBook } from './order-book.js';

export interface LedgerLine {
  out_trade_no: string;
  trade_state: string;
  transaction_id: string | null;
  openid: string | null;
  paidFen: number;
  /** Refunds are not simulated yet, so this is 0. */
  refundedFen: number;
  paidAt: Date | null;
}

/** The truth about the money: what the merchant's own books must say in the end. */
@Injectable()
export class Ledger {
  constructor(private readonly orders: OrderBook) {}

  read(): {
    items: LedgerLine[];
    totals: { orders: number; paidOrders: number; paidFen: number; refundedFen: number };
  } {
    const items = this.orders.all().map(({ outTradeNo, state, transaction }) => ({
      out_trade_no: outTradeNo,
      trade_state: state,
      transaction_id: transaction?.transactionId ?? null,
      openid: transaction?.openid ?? null,
      paidFen: transaction?.totalFen ?? 0,
      refundedFen: 0,
      paidAt: transaction?.paidAt ?? null,
    }));
    const paidOrders = items.filter(({ transaction_id }) => transaction_id !== null).length;
    const paidFen = items.reduce((sum, line) => sum + line.paidFen, 0);
    return { items, totals: { orders: items.length, paidOrders, paidFen, refundedFen: 0 } };
  }
}
