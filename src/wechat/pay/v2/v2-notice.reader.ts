import { createDecipheriv, createHash } from 'node:crypto';
import { fromBeijingDateTime } from '../../../common/time/beijing-time.js';
import { parseFen } from '../../../common/fen.js';
import {
  type NoticeRefusal,
  type PaymentNotice,
  type RefundNotice,
  refusedPaymentNotice,
  refusedRefundNotice,
} from '../notice.js';
import type { NoticeReply, NoticeRequest, NoticeResult } from '../notice-request.js';
import type { NoticeAccount } from '../payment-channel.js';
import { parsePaidResult } from './messages/payment-responses.js';
import { parseRefund } from './messages/refund-responses.js';
import { type Fields, isSigned } from './signature.js';
import type { V2Account } from './v2-account.js';
import { MAX_XML_BYTES, parseXml } from '../../xml.js';

const SUCCESS = '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

/** HTTP 200 and one line without white space between the elements: after any other response WeChat repeats the notice. */
export function replyToV2Notice(result: NoticeResult): NoticeReply {
  const body =
    result.kind === 'accepted'
      ? SUCCESS
      : `<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[${result.reason}]]></return_msg></xml>`;
  return { status: 200, contentType: 'text/xml; charset=utf-8', body };
}

/** Reads WeChat Pay v2's notices and checks them in the documented order. */
export class V2NoticeReader {
  /** @param account null without keys: then every notice is rejected as another merchant's. */
  constructor(private readonly account: V2Account | null) {}

  readPayment({ body, isTruncated }: NoticeRequest): PaymentNotice {
    const { account } = this;
    if (account === null) return refusedPaymentNotice('FOREIGN_MERCHANT');
    if (isTruncated) return refusedPaymentNotice('TOO_LARGE');
    const fields = parseFields(body);
    if (fields === null) return refusedPaymentNotice('MALFORMED');
    const outTradeNo = fields['out_trade_no'];
    const refuse = (reason: NoticeRefusal): PaymentNotice => refusedPaymentNotice(reason, outTradeNo);

    if (fields['return_code'] !== 'SUCCESS')
      return refuse(fields['return_code'] === 'FAIL' ? 'RETURN_FAIL' : 'MALFORMED');
    if (!isSigned(fields, account.apiKey)) return refuse('BAD_SIGNATURE');
    // A merchant may have several apps. The payment's row says which app is right.
    const { appid = '', mch_id } = fields;
    if (appid === '' || mch_id !== account.mchId) return refuse('FOREIGN_MERCHANT');
    if (!outTradeNo) return refuse('MALFORMED');
    if (fields['result_code'] === 'FAIL') return { kind: 'failed', outTradeNo, code: fields['err_code'] ?? 'FAIL' };
    // An empty element counts as absent.
    if (!['', 'CNY'].includes(fields['fee_type'] ?? '')) return refuse('FOREIGN_CURRENCY');
    const paid = fields['result_code'] === 'SUCCESS' ? parsePaidResult(fields) : null;
    return paid ? { kind: 'paid', paid, account: accountNamed(appid, mch_id) } : refuse('MALFORMED');
  }

  /** The outer message is unsigned, so anyone could name a merchant: only the decrypted part is returned. */
  readRefund({ body, isTruncated }: NoticeRequest): RefundNotice {
    const { account } = this;
    if (account === null) return refusedRefundNotice('FOREIGN_MERCHANT');
    if (isTruncated) return refusedRefundNotice('TOO_LARGE');
    const fields = parseFields(body);
    if (fields === null) return refusedRefundNotice('MALFORMED');
    if (fields['return_code'] !== 'SUCCESS')
      return refusedRefundNotice(fields['return_code'] === 'FAIL' ? 'RETURN_FAIL' : 'MALFORMED');
    const { appid = '', mch_id } = fields;
    if (appid === '' || mch_id !== account.mchId) return refusedRefundNotice('FOREIGN_MERCHANT');
    if (!fields['req_info']) return refusedRefundNotice('MALFORMED');
    const raw = decryptReqInfo(fields['req_info'], account.apiKey);
    if (raw === null) return refusedRefundNotice('UNDECRYPTABLE');
    const inner = parseDecrypted(raw);
    if (inner === null) return refusedRefundNotice('MALFORMED');
    return (
      parseRefundNotice(inner, raw, accountNamed(appid, mch_id)) ??
      refusedRefundNotice('MALFORMED', inner['out_refund_no'])
    );
  }
}

function accountNamed(appId: string, mchId: string): NoticeAccount {
  return { channel: 'wechat-v2', appId, mchId };
}

function parseFields(bytes: Buffer): Fields | null {
  try {
    return parseXml(bytes);
  } catch {
    return null;
  }
}

/** Notices come when a refund has ended, so one with PROCESSING is rejected. */
function parseRefundNotice(inner: Fields, raw: string, account: NoticeAccount): RefundNotice | null {
  const { transaction_id: transactionId, out_trade_no, out_refund_no, refund_id, refund_fee, refund_status } = inner;
  const success_time = inner['success_time'];
  const refund = parseRefund({ out_trade_no, out_refund_no, refund_id, refund_fee, refund_status, success_time });
  const paidFen = parseFen(inner['total_fee']);
  if (refund === null || refund.state === 'PROCESSING' || !transactionId || paidFen === null) return null;
  // Only the encryption authenticates this text, so an unreadable time is rejected too.
  if (success_time && fromBeijingDateTime(success_time) === null) return null;
  const isFromMerchantPlatform = inner['refund_request_source'] === 'VENDOR_PLATFORM';
  return { kind: 'parsed', refund, transactionId, paidFen, account, isFromMerchantPlatform, raw };
}

/**
 * Decrypts the `req_info` of a refund notice: base64, then AES-256-ECB. The key is the lower-case hex MD5 of the API key, as
 * 32 ASCII bytes.
 * @returns null when it was encrypted with another key, is truncated, or does not contain text.
 */
function decryptReqInfo(reqInfo: string, apiKey: string): string | null {
  // Node skips characters that are not base64 and would decrypt the rest.
  if (reqInfo === '' || reqInfo.length > MAX_XML_BYTES || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(reqInfo)) return null;
  const key = Buffer.from(createHash('md5').update(apiKey, 'utf8').digest('hex'), 'ascii');
  try {
    const decipher = createDecipheriv('aes-256-ecb', key, null);
    const plain = Buffer.concat([decipher.update(Buffer.from(reqInfo, 'base64')), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return null; // wrong padding, a partial block, or not UTF-8
  }
}

/** Parses the decrypted fields as strictly as any other message, with `<root>` around them. Null when that fails. */
function parseDecrypted(plain: string): Fields | null {
  const [, content] = /^\s*<root>(.*)<\/root>\s*$/s.exec(plain) ?? [];
  if (content === undefined) return null;
  try {
    return parseXml(`<xml>${content}</xml>`);
  } catch {
    return null;
  }
}
