import type { BillRecord } from '../../../api/client.js';
import type { Translations } from '../../../i18n/zh.js';
import type { BridgeLine } from './bridge-table.js';

type Texts = Translations['bills'];

/**
 * From our payments and refunds to WeChat's total, and from there to the net amount. Each total is the sum of the lines since the
 * total before it.
 */
export function bridgeLines({ bridge, ...bill }: BillRecord, t: Texts): BridgeLine[] {
  const { ourPayments, ourRefunds, payments, refunds, feesFen } = bill;
  return [
    { name: t.ourPayments(ourPayments.count), fen: ourPayments.fen },
    { name: t.ourRefunds(ourRefunds.count), fen: -ourRefunds.fen },
    { name: t.ours, fen: bridge.oursFen, isTotal: true },
    ...bridge.lines.map(({ kind, count, fen }) => ({
      name: kind === 'OTHER_DAYS' ? t.otherDays : t.lineCount(t.kinds[kind], count ?? 0),
      fen,
    })),
    { name: t.theirs, fen: bridge.theirsFen, isTotal: true },
    { name: t.theirPayments(payments.count), fen: payments.fen, isPart: true },
    { name: t.theirRefunds(refunds.count), fen: -refunds.fen, isPart: true },
    { name: t.fees, fen: -feesFen },
    { name: t.net, fen: bridge.theirsFen - feesFen, isTotal: true },
  ];
}

/** From the opening to the closing balance of the merchant account; null without both. The lines always add up. */
export function fundLines({ funds, feesFen }: BillRecord, t: Texts): BridgeLine[] | null {
  const { openingFen, settledFen, otherMovementsFen, closingFen } = funds;
  if (openingFen === null || closingFen === null) return null;
  const restFen = closingFen - openingFen - settledFen - (otherMovementsFen ?? 0);
  return [
    { name: t.opening, fen: openingFen, isTotal: true },
    { name: t.settled, fen: settledFen + feesFen },
    { name: t.fees, fen: -feesFen },
    { name: t.otherMovements, fen: otherMovementsFen ?? 0 },
    ...(restFen === 0 ? [] : [{ name: t.rest, fen: restFen }]),
    { name: t.closing, fen: closingFen, isTotal: true },
  ];
}
