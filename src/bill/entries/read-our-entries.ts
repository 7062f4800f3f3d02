import type { DataSource } from 'typeorm';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { PaymentAttemptStatus } from '../../payment/attempt/payment-attempt.entity.js';
import type { RefundStatus } from '../../refund/refund.entity.js';
import { type OurEntry, ourPayment, ourRefund } from './our-entry.js';
import { type TimeValues, timeValuesOf } from './time-values.js';

/** Rows per read. On SQLite other work waits for each. */
const PAGE_SIZE = 1000;

/** The time of a day of WeChat's bills: from midnight in Beijing to the next one. */
export interface Period {
  from: Date;
  to: Date;
}

/** Rows of one table whose time lies in the period, by an index that begins with the time. */
interface Source {
  table: string;
  columns: readonly string[];
  time: string;
  /** A further condition. */
  only: string;
  /** The merchant number of a row; empty in rows older than the column. */
  mchId: string;
  read: (row: RawRow, times: TimeValues) => OurEntry;
}

type RawRow = Record<string, string | number | null>;

const PAYMENTS: Source = {
  table: 'payments',
  columns: ['out_trade_no', 'order_no', 'amount_fen', 'transaction_id', 'created_at'],
  time: 'paid_at',
  only: "status = 'PAID'",
  mchId: 'mch_id',
  read: (row, times) =>
    ourPayment({
      outTradeNo: String(row['out_trade_no']),
      orderNo: String(row['order_no']),
      status: 'PAID' satisfies PaymentAttemptStatus,
      amountFen: Number(row['amount_fen']),
      transactionId: textOrNull(row['transaction_id']),
      paidAt: times.fromSql(row['paid_at']),
      createdAt: times.fromSql(row['created_at']),
    }),
};

/** An imported refund has no merchant number of its own. */
const REFUND_MCH_ID = `COALESCE(refunds.mch_id, (SELECT payments.mch_id FROM payments
  WHERE payments.out_trade_no = refunds.out_trade_no), '')`;
const REFUND_COLUMNS = ['refund_no', 'out_trade_no', 'order_no', 'status', 'amount_fen', 'transaction_id'];

const readRefund = (row: RawRow, times: TimeValues): OurEntry => {
  const timeOf = (column: string): Date | null => (row[column] == null ? null : times.fromSql(row[column]));
  return ourRefund({
    refundNo: String(row['refund_no']),
    outTradeNo: String(row['out_trade_no']),
    orderNo: String(row['order_no']),
    status: String(row['status']) as RefundStatus,
    amountFen: Number(row['amount_fen']),
    transactionId: String(row['transaction_id']),
    acceptedAt: timeOf('accepted_at'),
    wechatRefundId: null,
    completedAt: timeOf('completed_at'),
    decidedAt: timeOf('decided_at'),
    requestedAt: times.fromSql(row['requested_at']),
  });
};

/** Refunds that WeChat has accepted, in any state. */
const ACCEPTED_REFUNDS: Source = {
  table: 'refunds',
  columns: [...REFUND_COLUMNS, 'completed_at', 'decided_at', 'requested_at'],
  time: 'accepted_at',
  only: '1 = 1',
  mchId: REFUND_MCH_ID,
  read: readRefund,
};

/**
 * Refunds whose success was the first that we learned of them. The condition is one that no index can be used for: the index of
 * the status would find all refunds that have ever succeeded.
 */
const SUCCEEDED_REFUNDS: Source = {
  table: 'refunds',
  columns: [...REFUND_COLUMNS, 'accepted_at', 'decided_at', 'requested_at'],
  time: 'completed_at',
  only: "CASE WHEN accepted_at IS NULL THEN status ELSE '' END = 'SUCCEEDED'",
  mchId: REFUND_MCH_ID,
  read: readRefund,
};

/** Pages of our payments and refunds of a day with one merchant number, in no particular order. */
export async function* readOurEntries(
  dataSource: DataSource,
  unitOfWork: UnitOfWork,
  period: Period & { mchId: string },
): AsyncGenerator<OurEntry[]> {
  const times = timeValuesOf(dataSource);
  for (const source of [PAYMENTS, ACCEPTED_REFUNDS, SUCCEEDED_REFUNDS]) {
    for await (const page of readPages(unitOfWork, source, period, times))
      yield page.map((row) => source.read(row, times));
  }
}

/** Pages by time and id: the rows of a page are found by the index, however many there are. */
async function* readPages(
  unitOfWork: UnitOfWork,
  { table, columns, time, only, mchId }: Source,
  period: Period & { mchId: string },
  times: TimeValues,
): AsyncGenerator<RawRow[]> {
  const [from, to] = [times.toSql(period.from), times.toSql(period.to)];
  const first =
    `SELECT id, ${time}, ${columns.join(', ')} FROM ${table} ` +
    `WHERE ${time} >= ? AND ${time} < ? AND ${only} AND ${mchId} IN (?, '')`;
  const end = ` ORDER BY ${time}, id LIMIT ${PAGE_SIZE}`;
  let page: RawRow[] = [];
  let position: { at: unknown; id: unknown } | null = null;
  do {
    const after = position;
    page = await unitOfWork.read((manager) =>
      after === null
        ? manager.query<RawRow[]>(first + end, [from, to, period.mchId])
        : manager.query<RawRow[]>(`${first} AND (${time} > ? OR id > ?)${end}`, [
            after.at,
            to,
            period.mchId,
            after.at,
            after.id,
          ]),
    );
    yield page;
    const last = page.at(-1);
    if (last) position = { at: times.toSql(times.fromSql(last[time])), id: last['id'] };
  } while (page.length === PAGE_SIZE);
}

function textOrNull(value: string | number | null | undefined): string | null {
  return value == null ? null : String(value);
}
