import { APPID, MCH_ID, signOf, toXml } from '../simulator/support/signing.js';

/** What a notice tells. */
export interface PaidNoticeInput {
  outTradeNo: string;
  transactionId: string;
  totalFee: number;
  openid: string;
  appid?: string;
}

/** A payment notice as WeChat writes it, rightly signed: for a story that must send it itself, or many at once. */
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
