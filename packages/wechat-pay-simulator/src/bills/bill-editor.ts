import { Injectable } from '@nestjs/common';
import { AccountLedger } from '../account/account-ledger.js';
import { feeOf } from '../account/fees.js';
import { paymentPostings, Posting, TradeMoney } from '../account/postings.js';
import { MerchantAccount } from '../book/merchant-account.js';
import { RefundStore } from '../book/refund-store.js';
import { Behaviours } from '../state/behaviours.js';
import { BillChanges } from './bill-changes.js';
import { changedRow, LineChange, LineTarget } from './bill-change.js';
import { billDayOf, endOfDay } from './bill-day.js';
import { BillMaker } from './bill-maker.js';
import { merchantNoOf, TradeRow, wechatNoOf } from './trade-row.js';
import { TradeRowReader } from './trade-row-reader.js';

/** A late entry is booked this long after midnight. */
const LATE_MS = 1000;

/** A payment that stands on a bill and that no call knows. */
export type ExtraPaymentInput = Omit<Extract<TradeRow, { type: 'PAYMENT' }>, 'type' | 'feeFen' | 'feeBasisPoints'>;

/** Why a bill cannot be changed. */
export type EditResult = { readonly kind: 'done'; readonly day: string } | { readonly kind: 'unknown' | 'made' };

/** Changes what WeChat's books say, as long as the bill of the day is not made. */
@Injectable()
export class BillEditor {
  constructor(
    private readonly rows: TradeRowReader,
    private readonly refunds: RefundStore,
    private readonly changes: BillChanges,
    private readonly maker: BillMaker,
    private readonly ledger: AccountLedger,
    private readonly account: MerchantAccount,
    private readonly behaviours: Behaviours,
  ) {}

  changeLine(change: LineChange): EditResult {
    const row = this.rows.find(change.target);
    if (row === undefined) return { kind: 'unknown' };
    const day = billDayOf(row.at);
    if (this.isMade(day)) return { kind: 'made' };
    this.changes.addLine(day, change);
    if (change.bills !== 'TRADE') this.rewriteFundFlow(row, day);
    return { kind: 'done', day };
  }

  /** The payment or refund stands on the next day's bills, one second after midnight, in place of its own day's. */
  postpone(target: LineTarget): EditResult {
    const row = this.rows.find(target);
    if (row === undefined) return { kind: 'unknown' };
    const day = billDayOf(row.at);
    if (this.isMade(day)) return { kind: 'made' };
    const at = new Date(endOfDay(day).getTime() + LATE_MS);
    this.rows.postpone(target, at);
    this.ledger.postpone(wechatNoOf(row), day, at);
    return { kind: 'done', day: billDayOf(at) };
  }

  addExtraPayment(input: ExtraPaymentInput): EditResult {
    const day = billDayOf(input.at);
    if (this.isMade(day)) return { kind: 'made' };
    const { feeBasisPoints } = this.behaviours.current;
    const row: TradeRow = {
      ...input,
      type: 'PAYMENT',
      feeBasisPoints,
      feeFen: feeOf(input.settledFen, feeBasisPoints),
    };
    this.rows.addExtraRow(row);
    this.ledger.book(this.postingsOf(row), row.at);
    return { kind: 'done', day };
  }

  private isMade(day: string): boolean {
    return this.maker.find(day) !== undefined;
  }

  private rewriteFundFlow(row: TradeRow, day: string): void {
    const changes = this.changes.ofDay(day).lines.filter(({ bills }) => bills !== 'TRADE');
    const changed = changedRow(row, changes);
    this.ledger.rewrite(wechatNoOf(row), day, changed === undefined ? [] : this.postingsOf(changed));
  }

  private postingsOf(row: TradeRow): Posting[] {
    const { settledFen, feeFen } = row;
    const money: TradeMoney = { wechatNo: wechatNoOf(row), merchantNo: merchantNoOf(row), settledFen, feeFen };
    const refund = row.type === 'REFUND' ? this.refunds.find(row.outRefundNo) : undefined;
    return refund === undefined ? paymentPostings(money) : this.account.postingsOfRefund(refund, money);
  }
}
