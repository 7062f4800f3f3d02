import { Injectable } from '@nestjs/common';
import { fromBeijingDateTime } from '../../common/beijing-time.js';
import { parseFen } from '../../common/fen.js';
import { Settings } from '../../config/settings.js';
import {
  type IncomingNotice,
  type NoticeRefusal,
  type PaymentNotice,
  type RefundNotice,
  WechatNoticeReader,
} from '../wechat-notice.reader.js';
import { parsePaidResult } from './payment-responses.js';
import { parseRefund } from './refund-responses.js';
import { decryptReqInfo, parseDecrypted } from './refund-notice-cipher.js';
import { type Fields, isSigned } from './signature.js';
import { parseXml } from './xml.js';

/** Reads WeChat Pay v2's notices and checks them in the documented order. */
@Injectable()
export class WechatNoticeV2Reader extends WechatNoticeReader {
  /** One line without white space between the elements: after any other reply WeChat repeats the notice. */
  override readonly accepted =
    '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

  constructor(private readonly settings: Settings) {
    super();
  }

  override refused(reason: string): string {
    return `<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[${reason}]]></return_msg></xml>`;
  }

  override readPayment({ bytes, isTruncated }: IncomingNotice): PaymentNotice {
    if (isTruncated) return refusedPaymentNotice('TOO_LARGE');
    const fields = parseFields(bytes);
    if (fields === null) return refusedPaymentNotice('MALFORMED');
    const outTradeNo = fields['out_trade_no'];
    const refuse = (reason: NoticeRefusal): PaymentNotice => refusedPaymentNotice(reason, outTradeNo);

    if (fields['return_code'] !== 'SUCCESS')
      return refuse(fields['return_code'] === 'FAIL' ? 'RETURN_FAIL' : 'MALFORMED');
    if (!isSigned(fields, this.settings.WECHAT_API_KEY)) return refuse('BAD_SIGNATURE');
    // A merchant may have several apps. The payment's row says which app is right.
    const { appid = '', mch_id } = fields;
    if (appid === '' || mch_id !== this.settings.WECHAT_MCH_ID) return refuse('FOREIGN_MERCHANT');
    if (!outTradeNo) return refuse('MALFORMED');
    if (fields['result_code'] === 'FAIL') return { kind: 'failed', outTradeNo, code: fields['err_code'] ?? 'FAIL' };
    // An empty element counts as absent.
    if (!['', 'CNY'].includes(fields['fee_type'] ?? '')) return refuse('FOREIGN_CURRENCY');
    const paid = fields['result_code'] === 'SUCCESS' ? parsePaidResult(fields) : null;
    return paid ? { kind: 'paid', paid, channel: { protocol: 'v2', appid } } : refuse('MALFORMED');
  }

  /** The outer message is unsigned, so anyone could claim a merchant: only the decrypted part is returned. */
  override readRefund(bytes: Buffer, isTruncated: boolean): RefundNotice {
    if (isTruncated) return refusedRefundNotice('TOO_LARGE');
    const fields = parseFields(bytes);
    if (fields === null) return refusedRefundNotice('MALFORMED');
    if (fields['return_code'] !== 'SUCCESS')
      return refusedRefundNotice(fields['return_code'] === 'FAIL' ? 'RETURN_FAIL' : 'MALFORMED');
    const { WECHAT_MCH_ID, WECHAT_API_KEY } = this.settings;
    const { appid = '', mch_id } = fields;
    if (appid === '' || mch_id !== WECHAT_MCH_ID) return refusedRefundNotice('FOREIGN_MERCHANT');
    if (!fields['req_info']) return refusedRefundNotice('MALFORMED');
    const raw = decryptReqInfo(fields['req_info'], WECHAT_API_KEY);
    if (raw === null) return refusedRefundNotice('UNDECRYPTABLE');
    const inner = parseDecrypted(raw);
    if (inner === null) return refusedRefundNotice('MALFORMED');
    return parseRefundNotice(inner, raw, appid) ?? refusedRefundNotice('MALFORMED', inner['out_refund_no']);
  }
}

function parseFields(bytes: Buffer): Fields | null {
  try {
    return parseXml(bytes);
  } catch {
    return null;
  }
}

/** Notices come when a refund has ended, so one with PROCESSING is refused. */
function parseRefundNotice(inner: Fields, raw: string, appid: string): RefundNotice | null {
  const { transaction_id: transactionId, out_trade_no, out_refund_no, refund_id, refund_fee, refund_status } = inner;
  const success_time = inner['success_time'];
  const refund = parseRefund({ out_trade_no, out_refund_no, refund_id, refund_fee, refund_status, success_time });
  const paidFen = parseFen(inner['total_fee']);
  if (refund === null || refund.state === 'PROCESSING' || !transactionId || paidFen === null) return null;
  // Only the encryption authenticates this text, so an unreadable time is refused too.
  if (success_time && fromBeijingDateTime(success_time) === null) return null;
  const isFromMerchantPlatform = inner['refund_request_source'] === 'VENDOR_PLATFORM';
  return { kind: 'ended', refund, transactionId, paidFen, appid, isFromMerchantPlatform, raw };
}

function refusedRefundNotice(reason: NoticeRefusal, outRefundNo?: string): RefundNotice {
  return {
    kind: 'refused',
    refusal: reason,
    outRefundNo: outRefundNo === undefined || outRefundNo === '' ? null : outRefundNo,
  };
}

function refusedPaymentNotice(reason: NoticeRefusal, outTradeNo?: string): PaymentNotice {
  return {
    kind: 'refused',
    refusal: reason,
    outTradeNo: outTradeNo === undefined || outTradeNo === '' ? null : outTradeNo,
  };
}
