import { APPID, MCH_ID, signOf, toXml } from '../../simulator/support/signing.js';

/** Content of a payment notice. */
export interface PaidNoticeInput {
  outTradeNo: string;
  transactionId: string;
  totalFee: number;
  openid: string;
  appid?: string;
}

/** Builds a payment notice as WeChat sends it, correctly signed. For tests that send it themselves, or many at once. */
export function buildPaidNotice({
  outTradeNo,
  transactionId,
  totalFee,
  openid,
  appid = APPID,
}: PaidNoticeInput): string {
  const fields = {
    appid,
    bank_type: 'OTHERS',
    cash_fee: String(totalFee),
    fee_type: 'CNY',
    is_subscribe: 'N',
    mch_id: MCH_ID,
    nonce_str: 'Yb7Qm2Xk9Vt4Rw1Zp6Ln3Jc8Hs5Gd0Fa',
    openid,
    out_trade_no: outTradeNo,
    result_code: 'SUCCESS',
    return_code: 'SUCCESS',
    time_end: '20261121150203',
    total_fee: String(totalFee),
    trade_type: 'JSAPI',
    transaction_id: transactionId,
  };
  return toXml({ ...fields, sign: signOf(fields) });
}
