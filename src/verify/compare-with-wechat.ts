import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '../wechat/outcome.js';
import type { PaymentState, RefundState, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
import {
  FINAL_PAYMENT_STATES,
  FINAL_REFUND_STATES,
  paymentMatches,
  type RecordedPayment,
  refundMatches,
  type RecordedRefund,
} from './match-with-wechat.js';
import type { ReadOnlyDatabase } from './read-only-database.js';
import { type Finding, sqlIn } from './invariant.js';

/** The two questions that move nothing at WeChat: of its gateway no more is known here. */
export type WechatQueries = Pick<WechatPayGateway, 'queryPayment' | 'queryRefund'>;

export interface CompareOptions {
  wechat: WechatQueries;
  /** Payments to ask about, and as many refunds. */
  sampleSize: number;
  /** Between two questions: the shop needs its share of what WeChat answers in a minute. */
  pauseMs: number;
  exampleLimit: number;
}

/** `unknown`: WeChat gave no usable answer, or the row moved while it was asked. It is no offence. */
export interface WechatFinding extends Finding {
  unknown: number;
}

/** One table against WeChat's books. */
interface Comparison<Facts, Answer> {
  name: string;
  sentence: string;
  table: 'payments' | 'refunds';
  numberColumn: 'out_trade_no' | 'refund_no';
  states: readonly string[];
  columns: string;
  query: (number: string, ours: Facts) => Promise<Outcome<Answer>>;
  matches: (ours: Facts, theirs: Answer) => boolean;
}

/** Compares a sample of what is over here with what WeChat says of it now. Call it outside a snapshot. */
export async function compareWithWechat(books: ReadOnlyDatabase, options: CompareOptions): Promise<WechatFinding[]> {
  const payments: Comparison<RecordedPayment, PaymentState> = {
    name: 'wechat-knows-the-payment',
    sentence: 'WeChat says the same of a payment that is over: its state, its fen, its transaction.',
    ...{ table: 'payments', numberColumn: 'out_trade_no', states: FINAL_PAYMENT_STATES },
    columns: 'status, amount_fen AS amountFen, transaction_id AS transactionId, request',
    query: (_outTradeNo, { request }) => options.wechat.queryPayment(request),
    matches: paymentMatches,
  };
  const refunds: Comparison<RecordedRefund, RefundState> = {
    name: 'wechat-knows-the-refund',
    sentence:
      'WeChat says the same of a refund that is over: its state, its fen, its number; and has none we never sent.',
    ...{ table: 'refunds', numberColumn: 'refund_no', states: FINAL_REFUND_STATES },
    columns:
      'status, amount_fen AS amountFen, out_trade_no AS outTradeNo, wechat_refund_id AS wechatRefundId, ' +
      '(SELECT request FROM payments WHERE payments.out_trade_no = refunds.out_trade_no) AS paymentRequest',
    query: (refundNo, { paymentRequest }) => options.wechat.queryRefund(refundNo, paymentRequest),
    matches: refundMatches,
  };
  return [await compareTable(books, payments, options), await compareTable(books, refunds, options)];
}

async function compareTable<Facts, Answer>(
  books: ReadOnlyDatabase,
  comparison: Comparison<Facts, Answer>,
  { sampleSize, pauseMs, exampleLimit }: CompareOptions,
): Promise<WechatFinding> {
  const { name, sentence } = comparison;
  const finding: WechatFinding = { name, sentence, checked: 0, offending: 0, unknown: 0, examples: [] };
  for (const number of await sampleNumbers(books, comparison, sampleSize)) {
    if (finding.checked > 0) await pause(pauseMs);
    finding.checked += 1;
    const verdict = await compareRow(books, comparison, number);
    if (verdict === 'UNKNOWN') finding.unknown += 1;
    if (verdict !== 'DIFFERS') continue;
    finding.offending += 1;
    if (finding.examples.length < exampleLimit) finding.examples.push(number);
  }
  return finding;
}

async function compareRow<Facts, Answer>(
  books: ReadOnlyDatabase,
  { table, numberColumn, columns: facts, query: ask, matches: agrees }: Comparison<Facts, Answer>,
  number: string,
): Promise<'AGREES' | 'DIFFERS' | 'UNKNOWN'> {
  const read = `SELECT ${facts} FROM ${table} WHERE ${numberColumn} = ?`;
  const [before] = await books.query<Facts>(read, [number]);
  if (!before) return 'UNKNOWN';
  const outcome = await ask(number, before);
  const [after] = await books.query<Facts>(read, [number]);
  // The shop goes on while WeChat is asked: an answer is only held against a row that it did not overtake.
  if (outcome.kind !== 'done' || !after || JSON.stringify(before) !== JSON.stringify(after)) return 'UNKNOWN';
  return agrees(after, outcome.value) ? 'AGREES' : 'DIFFERS';
}

/** The newest, and as many from anywhere: a fault of today and one of last year are both worth finding. */
async function sampleNumbers<Facts, Answer>(
  books: ReadOnlyDatabase,
  { table, numberColumn, states }: Comparison<Facts, Answer>,
  size: number,
): Promise<string[]> {
  const ended = `SELECT id, ${numberColumn} AS number FROM ${table} WHERE status ${sqlIn(...states)}`;
  type Numbered = { id: number; number: string };
  const newest = await books.query<Numbered>(`${ended} ORDER BY id DESC LIMIT ?`, [Math.ceil(size / 2)]);
  const chosen = new Set(newest.map(({ number }) => number));
  const last = newest[0]?.id ?? 0;
  // Several throws for each: some meet a row that is there already, or the open rows of a quiet stretch.
  for (let throws = 0; chosen.size < size && throws < 3 * size && last > 0; throws++) {
    const [row] = await books.query<Numbered>(`${ended} AND id >= ? ORDER BY id LIMIT 1`, [randomInt(1, last + 1)]);
    if (row) chosen.add(row.number);
  }
  return [...chosen];
}
