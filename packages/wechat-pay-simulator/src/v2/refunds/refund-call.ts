import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../../clock.js';
import { CallResult, fail, PayCall, verdictOf } from '../pay-call.js';
import { RefundRefusal, RefundRules } from '../../book/refund-rules.js';
import { SignedRequest } from '../request-checker.js';
import { Behaviours } from '../../state/behaviours.js';
import { MerchantAccount } from '../../book/merchant-account.js';
import { OrderStore } from '../../book/order-store.js';
import { RefundStore } from '../../book/refund-store.js';
import { Transaction, visibleState, WechatOrder } from '../../book/wechat-order.js';
import { WechatRefund } from '../../book/wechat-refund.js';
import { Fields, fieldValue } from '../wire/fields.js';
import { WechatRefundProcessor } from '../../book/refund-processor.js';
import { acceptedFields } from './refund-fields.js';
import { ElementRules, validateElements, validateNotifyUrl } from '../element-rules.js';
import { BehaviourSettings } from '../../state/behaviour-settings.js';

/** Results that are not caused by the request itself. */
const NOT_CLIENT_ERRORS = ['SUCCESS', 'FREQUENCY_LIMITED', 'INVALID_REQ_TOO_MUCH', 'NOTENOUGH', 'ORDER_NOT_READY'];

const REFUSALS: Readonly<Record<RefundRefusal, readonly [errCode: string, text: string]>> = {
  TOTAL_MISMATCH: ['REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致，请核实后再试'],
  OVERDUE: ['TRADE_OVERDUE', '订单已经超过退款期限'],
  NOTHING_LEFT: ['ERROR', '订单已全额退款'],
  TOO_MUCH: ['INVALID_REQUEST', 'refund_fee大于可退金额'],
  TOO_MANY_REFUNDS: ['INVALID_REQUEST', '单个订单退款次数超过50次'],
  TOO_FREQUENT: ['FREQUENCY_LIMITED', '频率限制'],
  TOO_MANY_INVALID: ['INVALID_REQ_TOO_MUCH', '无效请求过多'],
};

/** `POST /secapi/pay/refund`: accepts a refund, which is paid out later. The same out_refund_no is paid out once. */
@Injectable()
export class RefundCall implements PayCall {
  readonly name = 'refund';
  readonly path = '/secapi/pay/refund';
  readonly required = ['out_refund_no', 'total_fee', 'refund_fee'];

  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
    private readonly account: MerchantAccount,
    private readonly processor: WechatRefundProcessor,
    private readonly rules: RefundRules,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {}

  perform({ fields }: SignedRequest): CallResult | Promise<CallResult> {
    const refusal = this.rules.countCall();
    const answer = refusal ? this.refusalResult(refusal) : (this.refusalOfElements(fields) ?? this.decide(fields));
    const isClientError = !(answer instanceof Promise) && !NOT_CLIENT_ERRORS.includes(verdictOf(answer));
    if (isClientError) this.rules.countInvalidCall();
    return answer;
  }

  private refusalOfElements(fields: Fields): CallResult | undefined {
    const message = validateRefundRequest(fields, this.behaviours.current);
    if (message !== undefined) return this.invalidParameter(message);
    if (Number(fields.get('refund_fee')) > Number(fields.get('total_fee'))) {
      return { kind: 'REFUSED', returnMsg: 'invalid refund_fee' };
    }
    const isWellFormed = /^(\d{28})?$/.test(fields.get('transaction_id') ?? '');
    return isWellFormed ? undefined : fail('INVALID_TRANSACTIONID', '无效transaction_id');
  }

  /** Decides by the order and its earlier refunds. */
  private decide(fields: Fields): CallResult | Promise<CallResult> {
    const order = this.orderOf(fields);
    const now = this.clock.now();
    if (order?.transaction === undefined) return fail('ORDERNOTEXIST', '订单不存在');
    const totalFen = Number(fields.get('total_fee'));
    const refundFen = Number(fields.get('refund_fee'));
    const known = this.refunds.find(fields.get('out_refund_no') ?? '');
    if (known !== undefined) return repeatedResult(known, order, totalFen, refundFen);
    if (visibleState(order, now) === 'NOTPAY') return fail('ORDER_NOT_READY', '订单处理中，暂时无法退款，请稍后再试');
    const refusal = this.rules.check({ order, transaction: order.transaction, totalFen, refundFen });
    if (refusal !== undefined) return this.refusalResult(refusal);
    return this.acceptRefund(order, order.transaction, fields);
  }

  /**
   * Takes the money. With `refundNoticeBeforeAnswer` the refund is finished and its notice sent before the response.
   */
  private acceptRefund(order: WechatOrder, transaction: Transaction, fields: Fields): CallResult | Promise<CallResult> {
    const refund = this.processor.acceptRefund({
      order,
      transaction,
      outRefundNo: fields.get('out_refund_no') ?? '',
      refundFen: Number(fields.get('refund_fee')),
      account: fieldValue(fields, 'refund_account'),
      source: 'API',
      reason: fields.get('refund_desc'),
      notifyUrl: fieldValue(fields, 'notify_url') ?? this.account.refundNotifyUrl,
    });
    if (refund === undefined) return fail('NOTENOUGH', '基本账户余额不足，请充值后重新发起');
    const end = this.processor.configuredFinalStatus();
    if (!this.behaviours.current.refundNoticeBeforeAnswer || end === undefined) return successResult(refund);
    const ending = this.processor.finishRefund(refund, end, 'before-answer');
    return ending.kind === 'ended' ? ending.noticeSent.then(() => successResult(refund)) : successResult(refund);
  }

  /** transaction_id has priority when both numbers are given. */
  private orderOf(fields: Fields): WechatOrder | undefined {
    const transactionId = fields.get('transaction_id') ?? '';
    if (transactionId !== '') return this.orders.findByTransaction(transactionId);
    return this.orders.findForV2(fields.get('out_trade_no') ?? '');
  }

  private refusalResult(refusal: RefundRefusal): CallResult {
    const { fullyRefunded, tooMuchRefunded } = this.behaviours.current;
    if (refusal === 'NOTHING_LEFT' && fullyRefunded !== 'ERROR') return fail('TRADE_STATE_ERROR', '订单状态错误');
    if (refusal === 'TOO_MUCH' && tooMuchRefunded === 'REFUND_FEE_INVALID') {
      return fail('REFUND_FEE_INVALID', '累计退款金额大于支付金额');
    }
    return fail(...REFUSALS[refusal]);
  }

  private invalidParameter(message: string): CallResult {
    if (this.behaviours.current.parameterErrors === 'err_code') return fail('PARAM_ERROR', message);
    return { kind: 'REFUSED', returnMsg: message };
  }
}

function successResult(refund: WechatRefund): CallResult {
  return { kind: 'SUCCESS', fields: acceptedFields(refund) };
}

/** The out_refund_no exists: only exactly the same refund may be requested again. */
function repeatedResult(known: WechatRefund, order: WechatOrder, totalFen: number, refundFen: number): CallResult {
  const isSame = known.order === order && known.refundFen === refundFen && known.transaction.totalFen === totalFen;
  return isSame
    ? successResult(known)
    : fail('REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致，请核实后再试');
}

/** Maximum length of each element. Source: WeChat Pay v2, refund. */
const MAX_LENGTHS: ElementRules['maxLengths'] = {
  appid: 32,
  mch_id: 32,
  nonce_str: 32,
  sign: 64,
  sign_type: 32,
  transaction_id: 32,
  out_trade_no: 32,
  out_refund_no: 64,
  refund_desc: 80,
  notify_url: 256,
  op_user_id: 32,
};

const PATTERNS: ElementRules['patterns'] = [
  ['out_trade_no', /^[0-9A-Za-z_\-|*@]{6,32}$/, 'out_trade_no参数格式错误'],
  ['out_refund_no', /^[0-9A-Za-z_\-|*@]{1,64}$/, 'out_refund_no参数格式错误'],
  ['total_fee', /^[1-9][0-9]{0,9}$/, 'invalid total_fee'],
  ['refund_fee', /^[1-9][0-9]{0,9}$/, 'invalid refund_fee'],
  ['refund_fee_type', /^CNY$/, 'refund_fee_type参数格式错误'],
  ['refund_account', /^REFUND_SOURCE_(UNSETTLED|RECHARGE)_FUNDS$/, 'refund_account参数格式错误'],
];

/** WeChat's message for the first invalid parameter of a refund; undefined when all are valid. */
function validateRefundRequest(fields: Fields, behaviours: Readonly<BehaviourSettings>): string | undefined {
  const notifyUrl = fields.get('notify_url') ?? '';
  return (
    validateOrderNumber(fields) ??
    validateElements(fields, { maxLengths: MAX_LENGTHS, patterns: PATTERNS }, behaviours.textLimit) ??
    (notifyUrl === '' ? undefined : validateNotifyUrl(notifyUrl, behaviours.localNotifyUrl))
  );
}

function validateOrderNumber(fields: Fields): string | undefined {
  const names = ['transaction_id', 'out_trade_no'];
  return names.some((name) => (fields.get(name) ?? '') !== '') ? undefined : '缺少参数out_trade_no';
}
