import { breakBySql, type InvariantBreak, type NumberOf } from './break-by-sql.js';

const bill: NumberOf = ({ billDate }) => billDate;
const entriesOf = (type: string): string =>
  `type = '${type}' AND file_id = (SELECT b.trade_file_id FROM bills b WHERE b.date = '#')`;

/** Manipulations of WeChat's bills. */
export const BILL_BREAKS: readonly InvariantBreak[] = [
  breakBySql(
    'bill-adds-up',
    'our total of a day was changed',
    bill,
    `UPDATE bills SET our_payment_fen = our_payment_fen + 1 WHERE date = '#'`,
  ),
  breakBySql(
    'bill-adds-up',
    'the amount of a difference was changed',
    bill,
    `UPDATE bill_differences SET effect_fen = effect_fen - 1 WHERE bill_id = (SELECT b.id FROM bills b WHERE b.date = '#')`,
  ),
  breakBySql(
    'bill-counts-its-differences',
    'a day with an open difference is shown as balanced',
    bill,
    `UPDATE bills SET status = 'BALANCED' WHERE date = '#'`,
  ),
  breakBySql(
    'bill-counts-its-differences',
    'an open difference was explained without its day',
    bill,
    `UPDATE bill_differences SET status = 'EXPLAINED' WHERE bill_id = (SELECT b.id FROM bills b WHERE b.date = '#')`,
  ),
  breakBySql(
    'bill-has-its-entries',
    'an entry of a bill was deleted',
    bill,
    `DELETE FROM bill_entries WHERE ${entriesOf('REFUND')}`,
  ),
  breakBySql(
    'bill-has-its-entries',
    'the amount of an entry was changed',
    bill,
    `UPDATE bill_entries SET amount_fen = amount_fen + 1 WHERE ${entriesOf('PAYMENT')}`,
  ),
];
