import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '../wechat/outcome.js';
import type { PaymentState, WechatRefundState, WechatPayGateway } from '../wechat/wechat-pay.gateway.js';
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

/** The two calls of the gateway that change nothing at WeChat. */
export type WechatQueries = Pick<WechatPayGateway, 'queryPayment' | 'queryRefund'>;

export interface CompareOptions {
  wechat: WechatQueries;
  /** The number of payments, and of refunds, to compare. */
  sampleSize: number;
  /** Milliseconds between two queries, because the running shop shares WeChat's rate limit. */
  pauseMs: number;
  exampleLimit: number;
}

/** `unknown`: rows for which WeChat gave no usable answer, or that changed during the query. They are not violations. */
export interface WechatFinding extends Finding {
  unknown: number;
}

/** The comparison of one table with WeChat. */
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

/** Compares a sample of finished payments and refunds with WeChat's current results. Must be called outside a snapshot. */
export async function compareWithWechat(database: ReadOnlyDatabase, options: CompareOptions): Promise<WechatFinding[]> {
  const payments: Comparison<RecordedPayment, PaymentState> = {
    name: 'wechat-knows-the-payment',
    sentence: 'WeChat reports the same state, amount and transaction for a finished payment.',
    ...{ table: 'payments', numberColumn: 'out_trade_no', states: FINAL_PAYMENT_STATES },
    columns: 'status, amount_fen AS amountFen, transaction_id AS transactionId, request',
    query: (_outTradeNo, { request }) => options.wechat.queryPayment(request),
    matches: paymentMatches,
  };
  const refunds: Comparison<RecordedRefund, WechatRefundState> = {
    name: 'wechat-knows-the-refund',
    sentence:
      'WeChat reports the same state, amount and refund id for a finished refund, and none for one that was never sent.',
    ...{ table: 'refunds', numberColumn: 'refund_no', states: FINAL_REFUND_STATES },
    columns:
      'status, amount_fen AS amountFen, out_trade_no AS outTradeNo, wechat_refund_id AS wechatRefundId, ' +
      '(SELECT request FROM payments WHERE payments.out_trade_no = refunds.out_trade_no) AS paymentRequest',
    query: (refundNo, { paymentRequest }) => options.wechat.queryRefund(refundNo, paymentRequest),
    matches: refundMatches,
  };
  return [await compareTable(database, payments, options), await compareTable(database, refunds, options)];
}

async function compareTable<Facts, Answer>(
  database: ReadOnlyDatabase,
  comparison: Comparison<Facts, Answer>,
  { sampleSize, pauseMs, exampleLimit }: CompareOptions,
): Promise<WechatFinding> {
  const { name, sentence } = comparison;
  const finding: WechatFinding = { name, sentence, checked: 0, offending: 0, unknown: 0, examples: [] };
  for (const number of await sampleNumbers(database, comparison, sampleSize)) {
    if (finding.checked > 0) await pause(pauseMs);
    finding.checked += 1;
    const verdict = await compareRow(database, comparison, number);
    if (verdict === 'UNKNOWN') finding.unknown += 1;
    if (verdict !== 'DIFFERS') continue;
    finding.offending += 1;
    if (finding.examples.length < exampleLimit) finding.examples.push(number);
  }
  return finding;
}

async function compareRow<Facts, Answer>(
  database: ReadOnlyDatabase,
  { table, numberColumn, columns: facts, query: ask, matches: agrees }: Comparison<Facts, Answer>,
  number: string,
): Promise<'AGREES' | 'DIFFERS' | 'UNKNOWN'> {
  const read = `SELECT ${facts} FROM ${table} WHERE ${numberColumn} = ?`;
  const [before] = await database.query<Facts>(read, [number]);
  if (!before) return 'UNKNOWN';
  const outcome = await ask(number, before);
  const [after] = await database.query<Facts>(read, [number]);
  // The shop runs during the query, so compare the answer only if the row has not changed in the meantime.
  if (outcome.kind !== 'done' || !after || JSON.stringify(before) !== JSON.stringify(after)) return 'UNKNOWN';
  return agrees(after, outcome.value) ? 'AGREES' : 'DIFFERS';
}

/** Half of the sample are the newest rows, the other half random rows, to find recent and old errors. */
async function sampleNumbers<Facts, Answer>(
  database: ReadOnlyDatabase,
  { table, numberColumn, states }: Comparison<Facts, Answer>,
  size: number,
): Promise<string[]> {
  const ended = `SELECT id, ${numberColumn} AS number FROM ${table} WHERE status ${sqlIn(...states)}`;
  type Numbered = { id: number; number: string };
  const newest = await database.query<Numbered>(`${ended} ORDER BY id DESC LIMIT ?`, [Math.ceil(size / 2)]);
  const chosen = new Set(newest.map(({ number }) => number));
  const last = newest[0]?.id ?? 0;
  // Several attempts per row, because some hit a row that was already chosen.
  for (let attempts = 0; chosen.size < size && attempts < 3 * size && last > 0; attempts++) {
    const [row] = await database.query<Numbered>(`${ended} AND id >= ? ORDER BY id LIMIT 1`, [randomInt(1, last + 1)]);
    if (row) chosen.add(row.number);
  }
  return [...chosen];
}
