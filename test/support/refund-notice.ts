import { createCipheriv, createHash } from 'node:crypto';
import { APPID, KEY, MCH_ID, type Message, toXml } from '../simulator/support/signing.js';

/** What a refund's notice tells. */
export interface RefundNoticeInput {
  outRefundNo: string;
  wechatRefundId: string;
  outTradeNo: string;
  transactionId: string;
  refundFee: number;
  totalFee: number;
  status: 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE';
}

/** Any text, encrypted as WeChat does it. Blocks of 16 bytes do not depend on each other, so that some can be exchanged. */
export function buildReqInfo(document: string | Buffer, key: string = KEY): string {
  const cipher = createCipheriv('aes-256-ecb', createHash('md5').update(key).digest('hex'), null);
  return Buffer.concat([cipher.update(document), cipher.final()]).toString('base64');
}

/** The message around a `req_info`. */
export function buildRefundMessage(req_info: string): string {
  return toXml({
    return_code: 'SUCCESS',
    appid: APPID,
    mch_id: MCH_ID,
    nonce_str: 'Yb7Qm2Xk9Vt4Rw1Zp6Ln3Jc8',
    req_info,
  });
}

/** A refund's notice in WeChat's words, rightly encrypted, with whatever fields are changed on the way. */
export function buildRefundNotice(facts: RefundNoticeInput, changes: Message = {}): string {
  const fields = {
    out_refund_no: facts.outRefundNo,
    out_trade_no: facts.outTradeNo,
    refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
    refund_fee: String(facts.refundFee),
    refund_id: facts.wechatRefundId,
    refund_recv_accout: '支付用户零钱',
    refund_request_source: 'API',
    refund_status: facts.status,
    settlement_refund_fee: String(facts.refundFee),
    settlement_total_fee: String(facts.totalFee),
    success_time: '2026-11-21 15:02:03',
    total_fee: String(facts.totalFee),
    transaction_id: facts.transactionId,
    ...changes,
  };
  return buildRefundMessage(buildReqInfo(toXml(fields).replaceAll(/(<\/?)xml>/g, '$1root>')));
}
