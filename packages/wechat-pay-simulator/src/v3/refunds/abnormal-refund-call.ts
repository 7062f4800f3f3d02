import { Injectable } from '@nestjs/common';
import { WechatRefundProcessor } from '../../book/refund-processor.js';
import { RefundStore } from '../../book/refund-store.js';
import { checkBody, missingField } from '../body-schema.js';
import { KeyRing } from '../key-ring.js';
import { parameterError, refuse, V3Call, V3Refusal, V3Request, V3Result, WRONG_KEY_ID } from '../v3-call.js';
import { ABNORMAL_SCHEMA } from './refund-schema.js';
import { refundView } from './refund-view.js';

/** The fields that the merchant encrypts, with their labels. */
const ENCRYPTED = { bank_account: '收款银行卡号', real_name: '收款用户姓名' };
const NEEDED_FOR_USER = { bank_type: '开户银行', ...ENCRYPTED };
const WRONG_STATE = 268_892_195;
const UNKNOWN_REFUND = 268_875_782;

/**
 * `POST …/{refund_id}/apply-abnormal-refund`: sends the money of an ABNORMAL refund to a bank card, of the payer or of
 * the merchant. Source: WeChat Pay v3, abnormal refund.
 */
@Injectable()
export class AbnormalRefundCall implements V3Call {
  readonly endpoint = 'abnormal_refund';
  readonly method = 'POST';
  readonly path = '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund';

  constructor(
    private readonly refunds: RefundStore,
    private readonly processor: WechatRefundProcessor,
    private readonly keys: KeyRing,
  ) {}

  validate({ body, keyId }: V3Request): V3Refusal | undefined {
    const invalid = checkBody(body, ABNORMAL_SCHEMA);
    if (invalid !== undefined || body['type'] !== 'USER_BANK_CARD') return invalid;
    const missing = Object.entries(NEEDED_FOR_USER).find(([name]) => body[name] === undefined);
    if (missing !== undefined) return missingField(`/body/${missing[0]}`, missing[1]);
    if (keyId === undefined) return WRONG_KEY_ID;
    const unreadable = Object.entries(ENCRYPTED).find(([name]) => this.keys.decrypt(body[name], keyId) === undefined);
    return unreadable && parameterError(`${unreadable[1]}解密失败`, { location: 'body', value: body[unreadable[0]] });
  }

  perform({ body, params }: V3Request): V3Result {
    const refund = this.refunds.findById(params['refund_id'] ?? '');
    if (refund === undefined || refund.outRefundNo !== body['out_refund_no']) {
      return refuse(404, 'RESOURCE_NOT_EXISTS', '退款单不存在', UNKNOWN_REFUND);
    }
    if (refund.status !== 'CHANGE') return refuse(400, 'INVALID_REQUEST', '退款单状态不正确', WRONG_STATE);
    const receiver = body['type'] === 'USER_BANK_CARD' ? '支付用户银行卡' : '商户结算银行账户';
    if (!this.processor.retryAbnormalRefund(refund, receiver)) {
      return refuse(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起');
    }
    return { kind: 'done', body: refundView(refund) };
  }
}
