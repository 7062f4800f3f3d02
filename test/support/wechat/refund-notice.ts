import { createCipheriv, createHash } from 'node:crypto';
import { APPID, KEY, MCH_ID, type Message, toXml } from '../../simulator/support/signing.js';

/** Content of a refund notice. */
export interface RefundNoticeInput {
  outRefundNo: string;
  wechatRefundId: string;
  outTradeNo: string;
  transactionId: string;
  refundFee: number;
  totalFee: number;
  status: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE';
}

/** Encrypts a text as WeChat does. The blocks of 16 bytes are independent, so a test can exchange some. */
export function buildReqInfo(document: string | Buffer, key: string = KEY): string {
  const cipher = createCipheriv('aes-256-ecb', createHash('md5').update(key).digest('hex'), null);
  return Buffer.concat([cipher.update(document), cipher.final()]).toString('base64');
}

/** Builds the message around a `req_info`. */
export function buildRefundMessage(req_info: string): string {
  return toXml({
    return_code: 'SUCCESS',
    appid: APPID,
    mch_id: MCH_ID,
    nonce_str: 'Yb7Qm2Xk9Vt4Rw1Zp6Ln3Jc8',
    req_info,
  });
}

/** Builds a refund notice as WeChat sends it, correctly encrypted. `changes` replace its fields. */
export function buildRefundNotice(input: RefundNoticeInput, changes: Message = {}): string {
  const fields = {
    out_refund_no: input.outRefundNo,
    out_trade_no: input.outTradeNo,
    refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refund_fee: String(input.refundFee),
    refund_id: input.wechatRefundId,
    refund_recv_accout: '支付用户零钱',
    refund_request_source: 'API',
    refund_status: input.status,
    settlement_refund_fee: String(input.refundFee),
    settlement_total_fee: String(input.totalFee),
    success_time: '2026-11-21 15:02:03',
    total_fee: String(input.totalFee),
    transaction_id: input.transactionId,
    ...changes,
  };
  return buildRefundMessage(buildReqInfo(toXml(fields).replaceAll(/(<\/?)xml>/g, '$1root>')));
}
