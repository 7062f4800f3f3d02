import type { BillTotalsCheck, CountedSum, FundEntry, FundTotals } from '../bill-entries.js';
import { BillTimes, unescapeBillText } from './bill-text.js';
import { FEN_DECIMALS, parseDecimal } from './decimals.js';
import { type BillRows, type ExpectedTotal, readBill } from './read-bill.js';
import { findColumns } from './trade-columns.js';

const FUND_COLUMNS = {
  at: ['记账时间'],
  wechatNo: ['微信支付业务单号'],
  flowNo: ['资金流水单号'],
  businessName: ['业务名称'],
  businessType: ['业务类型'],
  direction: ['收支类型'],
  amount: ['收支金额(元)', '收支金额（元）', '收支金额'],
  balance: ['账户结余(元)', '账户结余（元）', '账户结余'],
  applicant: ['资金变更提交申请人'],
  remark: ['备注'],
  voucherNo: ['业务凭证号'],
} as const;
type FundColumn = keyof typeof FUND_COLUMNS;

const REQUIRED: readonly FundColumn[] = ['at', 'flowNo', 'direction', 'amount', 'balance'];
const FUND_LAYOUT = { totalsColumn: '资金流水总笔数', freeText: '备注' };
const DIRECTIONS: Readonly<Record<string, FundEntry['direction']>> = { 收入: 'IN', 支出: 'OUT' };

/** By the business type. Source: docs/wechat-protocol.md, v3 §6.1. */
const CATEGORIES: Readonly<Record<string, FundEntry['category']>> = {
  交易: 'PAYMENT',
  退款: 'REFUND',
  扣除交易手续费: 'FEE',
  退还交易手续费: 'FEE',
};

/** What remains of a row for the opening and the closing balance. */
interface Balance {
  at: Date;
  beforeFen: number;
  afterFen: number;
}

/**
 * Reads WeChat's fund bill, of v2 or API v3, and checks it against its totals row. Memory is bounded by one chunk.
 * @param chunks the uncompressed file, in pieces of any size.
 * @param onEntry receives each row in the file's order. A returned promise is awaited before the next row.
 * @returns problems of the file. Errors of `chunks` and `onEntry` are thrown.
 */
export function readFundBill(
  chunks: AsyncIterable<Buffer>,
  onEntry: (entry: FundEntry) => Promise<void> | void,
): Promise<BillTotalsCheck<FundTotals>> {
  return readBill(chunks, FUND_LAYOUT, new FundRows(onEntry));
}

class FundRows implements BillRows<FundTotals> {
  private readonly times = new BillTimes();
  private position = findColumns(FUND_COLUMNS, []);
  private rows = 0;
  private readonly counted: Record<FundEntry['direction'], CountedSum> = {
    IN: { count: 0, fen: 0 },
    OUT: { count: 0, fen: 0 },
  };
  private first: Balance | null = null;
  private last: Balance | null = null;

  constructor(private readonly onEntry: (entry: FundEntry) => Promise<void> | void) {}

  begin(columns: readonly string[]): string | null {
    this.position = findColumns(FUND_COLUMNS, columns);
    const missing = REQUIRED.filter((column) => this.position[column] === -1);
    return missing.length === 0 ? null : `The first line lacks the columns: ${missing.join(', ')}.`;
  }

  accept(values: readonly string[]): Promise<void> | string | undefined {
    const entry = this.parse(values);
    if (typeof entry === 'string') return entry;
    this.rows++;
    const counted = this.counted[entry.direction];
    counted.count++;
    counted.fen += entry.amountFen;
    const { at, balanceFen: afterFen, amountFen, direction } = entry;
    this.last = { at, beforeFen: afterFen + (direction === 'IN' ? -amountFen : amountFen), afterFen };
    this.first ??= this.last;
    return this.onEntry(entry) ?? undefined;
  }

  expectedTotals(): readonly ExpectedTotal[] {
    const { IN: received, OUT: paidOut } = this.counted;
    return [
      { names: [FUND_LAYOUT.totalsColumn], decimals: 0, value: BigInt(this.rows) },
      { names: ['收入笔数'], decimals: 0, value: BigInt(received.count) },
      { names: ['收入金额'], decimals: FEN_DECIMALS, value: BigInt(received.fen) },
      { names: ['支出笔数'], decimals: 0, value: BigInt(paidOut.count) },
      { names: ['支出金额'], decimals: FEN_DECIMALS, value: BigInt(paidOut.fen) },
    ];
  }

  totals(): FundTotals {
    const { first, last, rows } = this;
    const { IN: received, OUT: paidOut } = this.counted;
    // The order of rows is not documented: logged files begin with the oldest.
    const isNewestFirst = first !== null && last !== null && first.at > last.at;
    const [oldest, newest] = isNewestFirst ? [last, first] : [first, last];
    return {
      rows,
      received,
      paidOut,
      openingFen: oldest?.beforeFen ?? null,
      closingFen: newest?.afterFen ?? null,
    };
  }

  /** @returns why the row is unreadable, as the end of a sentence, instead of an entry. */
  private parse(values: readonly string[]): FundEntry | string {
    const text = (column: FundColumn): string => values[this.position[column]] ?? '';
    const at = this.times.parse(text('at'));
    if (at === null) return 'has no readable time';
    const directionText = text('direction');
    const direction = Object.hasOwn(DIRECTIONS, directionText) ? DIRECTIONS[directionText] : undefined;
    if (direction === undefined) return 'is neither income nor expense';
    const amountFen = parseDecimal(text('amount'), FEN_DECIMALS);
    if (amountFen === null || amountFen < 0) return 'has no readable amount in the column amount';
    const balanceFen = parseDecimal(text('balance'), FEN_DECIMALS);
    if (balanceFen === null) return 'has no readable amount in the column balance';
    const businessType = text('businessType');
    return {
      at,
      wechatNo: text('wechatNo'),
      flowNo: text('flowNo'),
      businessName: text('businessName'),
      businessType,
      category: (Object.hasOwn(CATEGORIES, businessType) ? CATEGORIES[businessType] : undefined) ?? 'OTHER',
      direction,
      amountFen,
      balanceFen,
      applicant: text('applicant'),
      remark: unescapeBillText(text('remark')),
      voucherNo: unescapeBillText(text('voucherNo')),
    };
  }
}
