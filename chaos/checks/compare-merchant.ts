import type { DatabaseReader } from './database-reader.ts';

/** A payment order or a refund of the merchant's own system in the database. */
interface MerchantRow {
  merchantNo: string;
  number: string;
  amountFen: number;
}

export interface MerchantRecords {
  orders: MerchantRow[];
  refunds: MerchantRow[];
}

type Known = ReadonlyMap<string, { number: string; amountFen: number }>;

/** Reads them; an amount of a refund is the requested one. */
export async function readMerchantRecords(reader: DatabaseReader): Promise<MerchantRecords> {
  return {
    orders: await reader.read(`SELECT merchant_order_no AS merchantNo, order_no AS number, payable_fen AS amountFen
      FROM orders WHERE origin = 'EXTERNAL'`),
    refunds: await reader.read(`SELECT merchant_refund_no AS merchantNo, refund_no AS number, requested_fen AS amountFen
      FROM refunds WHERE merchant_refund_no IS NOT NULL`),
  };
}

/** Each number of the merchant's system is one payment order or one refund, with the number and the amount of the responses. */
export function findMerchantViolations(known: { orders: Known; refunds: Known }, records: MerchantRecords): string[] {
  return [
    ...compare('payment order', known.orders, records.orders),
    ...compare('refund', known.refunds, records.refunds),
  ];
}

function compare(what: string, known: Known, rows: readonly MerchantRow[]): string[] {
  const byNumber = Map.groupBy(rows, ({ merchantNo }) => merchantNo);
  const repeated = [...byNumber]
    .filter(([, all]) => all.length > 1)
    .map(([merchantNo, all]) => `${what} ${merchantNo}: exists ${all.length} times`);
  const differing = [...known].flatMap(([merchantNo, { number, amountFen }]) => {
    const [row] = byNumber.get(merchantNo) ?? [];
    if (row?.number !== number) return [`${what} ${merchantNo}: answered as ${number}, is ${row?.number ?? 'missing'}`];
    return row.amountFen === amountFen ? [] : [`${what} ${merchantNo}: ${amountFen} fen, is ${row.amountFen}`];
  });
  return [...repeated, ...differing];
}
