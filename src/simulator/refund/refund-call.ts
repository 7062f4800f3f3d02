import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { CallResult, fail } from '../pay/call-result.js';
import { PayCall } from '../pay/pay-call.js';
import { SignedRequest } from '../pay/check-request.js';
import { Behaviours } from '../state/behaviours.js';
import { MerchantAccount } from '../state/merchant-account.js';
import { OrderStore } from '../state/order-store.js';
import { RefundStore } from '../state/refund-store.js';
import { Transaction, visibleState, WechatOrder } from '../state/wechat-order.js';
import { WechatRefund } from '../state/wechat-refund.js';
import { Fields, fieldValue } from '../wire/fields.js';
import { WechatRefundProcessor } from './wechat-refund-processor.js';
import { acceptedFields } from './refund-fields.js';
import { RefundLimits } from './refund-limits.js';
import { checkRefundOfOrder } from './check-refund-of-order.js';
import { validateRefundRequest } from './validate-refund-request.js';

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
    private readonly limits: RefundLimits,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {}

  perform({ fields }: SignedRequest): CallResult | Promise<CallResult> {
    const answer = this.limits.countAndCheckLimit() ?? this.refusalOfElements(fields) ?? this.decide(fields);
    if (!(answer instanceof Promise)) this.limits.recordResult(answer);
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
    const check = { order, transaction: order.transaction, totalFen, refundFen, now, refunds: this.refunds };
    const refusal = checkRefundOfOrder(check, this.behaviours.current, this.limits);
    return refusal ?? this.accept(order, order.transaction, fields);
  }

  /**
   * Takes the money. With `refundNoticeBeforeAnswer` the refund is finished and its notice sent before the response.
   */
  private accept(order: WechatOrder, transaction: Transaction, fields: Fields): CallResult | Promise<CallResult> {
    const refund = this.processor.accept({
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
    const ending = this.processor.finish(refund, end, 'before-answer');
    return ending.kind === 'ended' ? ending.noticeSent.then(() => successResult(refund)) : successResult(refund);
  }

  /** transaction_id has priority when both numbers are given. */
  private orderOf(fields: Fields): WechatOrder | undefined {
    const transactionId = fields.get('transaction_id') ?? '';
    if (transactionId !== '') return this.orders.findByTransaction(transactionId);
    return this.orders.findForV2(fields.get('out_trade_no') ?? '');
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
