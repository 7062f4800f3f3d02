import { Injectable } from '@nestjs/common';
import { fromBeijingTime } from '../../common/beijing-time.js';
import { parseFen } from '../../common/fen.js';
import { Settings } from '../../config/settings.js';
import { type NoticeRefusal, type PaymentNotice, WechatNotices } from '../wechat-notices.js';
import { type Fields, isSigned } from './signature.js';
import { parseXml } from './xml.js';

/** WeChat Pay v2's notices, checked in the order that its documents demand. */
@Injectable()
export class WechatNoticesV2 extends WechatNotices {
  /** One line without white space between the elements: WeChat repeats after anything else. */
  override readonly accepted =
    '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

  constructor(private readonly settings: Settings) {
    super();
  }

  override refused(reason: string): string {
    return `<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[${reason}]]></return_msg></xml>`;
  }

  override readPayment(bytes: Buffer, isCut: boolean): PaymentNotice {
    if (isCut) return refusal('TOO_LARGE');
    const fields = fieldsOf(bytes);
    if (fields === null) return refusal('MALFORMED');
    const outTradeNo = fields['out_trade_no'];
    const refuse = (why: NoticeRefusal): PaymentNotice => refusal(why, outTradeNo);

    if (fields['return_code'] !== 'SUCCESS')
      return refuse(fields['return_code'] === 'FAIL' ? 'RETURN_FAIL' : 'MALFORMED');
    if (!isSigned(fields, this.settings.WECHAT_API_KEY)) return refuse('BAD_SIGNATURE');
    const { WECHAT_APP_ID, WECHAT_MCH_ID } = this.settings;
    if (fields['appid'] !== WECHAT_APP_ID || fields['mch_id'] !== WECHAT_MCH_ID) return refuse('FOREIGN_MERCHANT');
    if (!outTradeNo) return refuse('MALFORMED');
    if (fields['result_code'] === 'FAIL') return { kind: 'failed', outTradeNo, code: fields['err_code'] ?? 'FAIL' };
    // An empty element is as good as none.
    if (!['', 'CNY'].includes(fields['fee_type'] ?? '')) return refuse('FOREIGN_CURRENCY');
    return paidNotice(fields, outTradeNo) ?? refuse('MALFORMED');
  }
}

function fieldsOf(bytes: Buffer): Fields | null {
  try {
    return parseXml(bytes);
  } catch {
    return null;
  }
}

/** `total_fee` is the order's price; `cash_fee` may be less by a coupon of WeChat's and says nothing to us. */
function paidNotice(fields: Fields, outTradeNo: string): PaymentNotice | null {
  const transactionId = fields['transaction_id'];
  const paidFen = parseFen(fields['total_fee']);
  const paidAt = fromBeijingTime(fields['time_end'] ?? '');
  if (fields['result_code'] !== 'SUCCESS' || !transactionId || paidFen === null || paidAt === null) return null;
  return { kind: 'paid', paid: { outTradeNo, transactionId, paidFen, paidAt } };
}

function refusal(why: NoticeRefusal, outTradeNo?: string): PaymentNotice {
  return {
    kind: 'refused',
    refusal: why,
    outTradeNo: outTradeNo === undefined || outTradeNo === '' ? null : outTradeNo,
  };
}
