import type { TradeEntry } from '../bill-entries.js';
import { BillTimes, unescapeBillText } from './bill-text.js';
import { microFenToFen, parseDecimal } from './decimals.js';
import {
  findColumns,
  REFUND_STATES,
  REQUIRED_TRADE_COLUMNS,
  TRADE_AMOUNTS,
  TRADE_COLUMNS,
  TRADE_TYPES_BY_STATE,
  type TradeAmount,
  type TradeColumn,
  UNUSED_TRADE_COLUMNS,
} from './trade-columns.js';

/** Numbers of payments and refunds: no space and no control character, which are no part of any. */
const NUMBER = /^[^\u0000-\u0020\u007f]{1,64}$/;
const NONE = '0';
const NO_EXTRA: Readonly<Record<string, string>> = Object.freeze({});

/** The amounts of a row: fen, and millionths of a fen for the fee. */
type TradeAmounts = Record<TradeAmount, number>;

interface TradeRow {
  entry: TradeEntry;
  /** The columns as written, for the sums. The same object for every row. */
  amounts: TradeAmounts;
}

/** Reads the rows of one trade bill. */
export class TradeRowParser {
  private readonly times = new BillTimes();
  private readonly position: Readonly<Record<TradeColumn, number>>;
  private readonly extra: { name: string; at: number }[];
  private readonly amounts = Object.fromEntries(TRADE_AMOUNTS.map(({ column }) => [column, 0])) as TradeAmounts;

  constructor(columns: readonly string[]) {
    this.position = findColumns(TRADE_COLUMNS, columns);
    const known = new Set<string>([...Object.values(TRADE_COLUMNS).flat(), ...UNUSED_TRADE_COLUMNS]);
    this.extra = columns.map((name, at) => ({ name, at })).filter(({ name }) => !known.has(name));
  }

  /** Why no row of this file can be read; null when they can. */
  problem(): string | null {
    const missing = REQUIRED_TRADE_COLUMNS.filter((column) => !this.has(column));
    if (!this.has('settled') && !this.has('order')) missing.push('order');
    return missing.length === 0 ? null : `The first line lacks the columns: ${missing.join(', ')}.`;
  }

  has(column: TradeColumn): boolean {
    return this.position[column] !== -1;
  }

  /** @returns why the row is unreadable, as the end of a sentence, instead of a row. */
  parse(values: readonly string[]): TradeRow | string {
    const at = this.times.parse(this.text(values, 'at'));
    if (at === null) return 'has no readable time';
    const state = this.text(values, 'state');
    const type = Object.hasOwn(TRADE_TYPES_BY_STATE, state) ? TRADE_TYPES_BY_STATE[state] : undefined;
    if (type === undefined) return `has the unknown state ${JSON.stringify(state.slice(0, 32))}`;
    const [outTradeNo, transactionId] = [this.text(values, 'outTradeNo'), this.text(values, 'transactionId')];
    if (!NUMBER.test(outTradeNo) || !NUMBER.test(transactionId)) return 'has no readable number of the payment';
    const [outRefundNo, refundId] = [this.text(values, 'outRefundNo'), this.text(values, 'refundId')];
    const isRefund = type === 'REFUND';
    if (isRefund && !(isRefundNumber(outRefundNo) && isRefundNumber(refundId)))
      return 'has no readable number of the refund';
    const currency = this.text(values, 'currency');
    if (currency !== '' && currency !== 'CNY') return `has another currency than CNY`;
    const refundStateText = isRefund ? this.text(values, 'refundState') : '';
    const unreadable = this.parseAmounts(values);
    if (unreadable !== null) return `has no readable amount in the column ${unreadable}`;
    const entry: TradeEntry = {
      type,
      at,
      outTradeNo,
      transactionId,
      outRefundNo: isRefund ? outRefundNo : null,
      refundId: isRefund ? refundId : null,
      ...this.entryAmounts(isRefund),
      feeRate: this.text(values, 'feeRate') || null,
      state,
      refundState: refundStateOf(refundStateText),
      refundStateText,
      tradeType: this.text(values, 'tradeType'),
      appId: this.text(values, 'appId'),
      mchId: this.text(values, 'mchId'),
      openid: this.text(values, 'openid'),
      extra: this.extraOf(values),
    };
    return { entry, amounts: this.amounts };
  }

  private text(values: readonly string[], column: TradeColumn): string {
    return values[this.position[column]] ?? '';
  }

  /** @returns the first column without a readable amount. A column that the file does not have counts as zero. */
  private parseAmounts(values: readonly string[]): TradeAmount | null {
    for (const { column, decimals } of TRADE_AMOUNTS) {
      const value = this.has(column) ? parseDecimal(this.text(values, column), decimals) : 0;
      if (value === null || (value < 0 && column !== 'fee')) return column;
      this.amounts[column] = value;
    }
    return null;
  }

  private entryAmounts(
    isRefund: boolean,
  ): Pick<TradeEntry, 'amountFen' | 'settledFen' | 'couponFen' | 'feeFen' | 'feeMicroFen'> {
    const { settled, coupon, refund, refundCoupon, fee, order, refundAsked } = this.amounts;
    const fees = { feeFen: microFenToFen(fee), feeMicroFen: fee };
    if (isRefund)
      return {
        amountFen: this.has('refundAsked') ? refundAsked : refund,
        settledFen: refund,
        couponFen: refundCoupon,
        ...fees,
      };
    const amountFen = this.has('order') ? order : settled;
    return { amountFen, settledFen: this.has('settled') ? settled : order, couponFen: coupon, ...fees };
  }

  private extraOf(values: readonly string[]): Readonly<Record<string, string>> {
    if (this.extra.length === 0) return NO_EXTRA;
    return Object.fromEntries(this.extra.map(({ name, at }) => [name, unescapeBillText(values[at] ?? '')]));
  }
}

const isRefundNumber = (text: string): boolean => text !== NONE && NUMBER.test(text);

function refundStateOf(text: string): TradeEntry['refundState'] {
  if (text === '') return null;
  return (Object.hasOwn(REFUND_STATES, text) ? REFUND_STATES[text] : undefined) ?? 'UNKNOWN';
}
