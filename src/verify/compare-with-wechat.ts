import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Outcome } from '../wechat/pay/outcome.js';
import type { ChannelAccount, StoredRequest } from '../wechat/pay/payment-channel.js';
import type { PaymentQueryResult, RefundQueryResult } from '../wechat/pay/payment-types.js';
import {
  FINAL_PAYMENT_STATUSES,
  FINAL_REFUND_STATUSES,
  paymentMatches,
  type RecordedPayment,
  refundMatches,
  type RecordedRefund,
} from './match-with-wechat.js';
import type { ReadOnlyDatabase } from './read-only-database.js';
import { type Finding, sqlIn } from './invariant.js';

/** The two calls that change nothing at WeChat. */
export interface WechatQueries {
  queryPayment: (payment: StoredRequest) => Promise<Outcome<PaymentQueryResult>>;
  queryRefund: (outRefundNo: string, accounts: RefundAccounts) => Promise<Outcome<RefundQueryResult>>;
}

/** The account of a refund, null if it was never composed, and of its payment. */
interface RefundAccounts {
  account: ChannelAccount | null;
  payment: ChannelAccount;
}

export interface CompareOptions {
  wechat: WechatQueries;
  /** The number of payments, and of refunds, to compare. */
  sampleSize: number;
  /** Milliseconds between two queries, because the running shop shares WeChat's rate limit. */
  pauseMs: number;
  exampleLimit: number;
}

/**
 * `unknown`: rows for which WeChat gave no usable response, or that changed during the query. They are not violations.
 */
export interface WechatFinding extends Finding {
  unknown: number;
}

/** The comparison of one table with WeChat. */
interface Comparison<Recorded, Reported> {
  name: string;
  sentence: string;
  table: 'payments' | 'refunds';
  numberColumn: 'out_trade_no' | 'refund_no';
  statuses: readonly string[];
  columns: string;
  query: (number: string, ours: Recorded) => Promise<Outcome<Reported>>;
  matches: (ours: Recorded, theirs: Reported) => boolean;
}

/**
 * Compares a sample of finished payments and refunds with WeChat's current results. Must be called outside a snapshot.
 */
export async function compareWithWechat(database: ReadOnlyDatabase, options: CompareOptions): Promise<WechatFinding[]> {
  const payments: Comparison<RecordedPayment, PaymentQueryResult> = {
    name: 'wechat-knows-the-payment',
    sentence: 'WeChat reports the same state, amount and transaction for a finished payment.',
    table: 'payments',
    numberColumn: 'out_trade_no',
    statuses: FINAL_PAYMENT_STATUSES,
    columns:
      'status, amount_fen AS amountFen, transaction_id AS transactionId, channel, app_id AS appId, mch_id AS mchId, request',
    query: (_outTradeNo, payment) => options.wechat.queryPayment(payment),
    matches: paymentMatches,
  };
  const refunds: Comparison<RecordedRefund, RefundQueryResult> = {
    name: 'wechat-knows-the-refund',
    sentence:
      'WeChat reports the same state, amount and refund id for a finished refund, and none for one that was never sent.',
    table: 'refunds',
    numberColumn: 'refund_no',
    statuses: FINAL_REFUND_STATUSES,
    columns:
      'status, amount_fen AS amountFen, out_trade_no AS outTradeNo, wechat_refund_id AS wechatRefundId, ' +
      `channel, app_id AS appId, mch_id AS mchId, ${PAYMENT_ACCOUNT}`,
    query: (refundNo, refund) => options.wechat.queryRefund(refundNo, accountsOf(refund)),
    matches: refundMatches,
  };
  return [await compareTable(database, payments, options), await compareTable(database, refunds, options)];
}

const paymentColumn = (name: string): string =>
  `(SELECT ${name} FROM payments WHERE payments.out_trade_no = refunds.out_trade_no)`;
const PAYMENT_ACCOUNT =
  `${paymentColumn('channel')} AS paymentChannel, ` +
  `${paymentColumn('app_id')} AS paymentAppId, ${paymentColumn('mch_id')} AS paymentMchId`;

function accountsOf(refund: RecordedRefund): RefundAccounts {
  const { channel, appId, mchId, paymentChannel, paymentAppId, paymentMchId } = refund;
  const isComposed = channel !== null && appId !== null && mchId !== null;
  return {
    account: isComposed ? { channel, appId, mchId } : null,
    payment: { channel: paymentChannel, appId: paymentAppId, mchId: paymentMchId },
  };
}

async function compareTable<Recorded, Reported>(
  database: ReadOnlyDatabase,
  comparison: Comparison<Recorded, Reported>,
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

async function compareRow<Recorded, Reported>(
  database: ReadOnlyDatabase,
  { table, numberColumn, columns, query: queryWechat, matches }: Comparison<Recorded, Reported>,
  number: string,
): Promise<'AGREES' | 'DIFFERS' | 'UNKNOWN'> {
  const read = `SELECT ${columns} FROM ${table} WHERE ${numberColumn} = ?`;
  const [before] = await database.query<Recorded>(read, [number]);
  if (!before) return 'UNKNOWN';
  const outcome = await queryWechat(number, before);
  const [after] = await database.query<Recorded>(read, [number]);
  // The shop runs during the query, so compare the response only if the row has not changed in the meantime.
  if (outcome.kind !== 'done' || !after || JSON.stringify(before) !== JSON.stringify(after)) return 'UNKNOWN';
  return matches(after, outcome.value) ? 'AGREES' : 'DIFFERS';
}

/** Half of the sample are the newest rows, the other half random rows, to find recent and old errors. */
async function sampleNumbers<Recorded, Reported>(
  database: ReadOnlyDatabase,
  { table, numberColumn, statuses }: Comparison<Recorded, Reported>,
  size: number,
): Promise<string[]> {
  const ended = `SELECT id, ${numberColumn} AS number FROM ${table} WHERE status ${sqlIn(...statuses)}`;
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
