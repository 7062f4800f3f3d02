import { md5Of, PARTNER } from '../../simulator/support/v1-signing.js';
import type { PaidNoticeInput } from './paid-notice.js';

/**
 * Builds the query string of a payment notice of the 2014 app protocol, correctly signed. `changes` replace its fields.
 */
export function buildAppV1Notice(
  { outTradeNo, transactionId, totalFee }: PaidNoticeInput,
  changes: Record<string, string> = {},
): string {
  const fields = {
    bank_billno: '202611210000042',
    bank_type: '2011',
    discount: '0',
    fee_type: '1',
    input_charset: 'GBK',
    notify_id: 'Dm0xK4vQ9sLtR2yWcE7uH5jB8nA1gF3pZ6oVi_UhTdX',
    out_trade_no: outTradeNo,
    partner: PARTNER,
    product_fee: String(totalFee),
    sign_type: 'MD5',
    time_end: '20261121150203',
    total_fee: String(totalFee),
    trade_mode: '1',
    trade_state: '0',
    transaction_id: transactionId,
    transport_fee: '0',
    ...changes,
  };
  return new URLSearchParams({ ...fields, sign: md5Of(fields, 'GBK') }).toString();
}
