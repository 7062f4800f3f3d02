import { Injectable } from '@nestjs/common';
import { MerchantAccount } from '../../book/merchant-account.js';
import { OrderStore } from '../../book/order-store.js';
import { WechatRefundProcessor } from '../../book/refund-processor.js';
import { RefundRefusal, RefundRules } from '../../book/refund-rules.js';
import { RefundStore } from '../../book/refund-store.js';
import { Transaction, WechatOrder } from '../../book/wechat-order.js';
import { WechatRefund } from '../../book/wechat-refund.js';
import { SimulatorClock } from '../../clock.js';
import { Behaviours } from '../../state/behaviours.js';
import { isPrivateAddress } from '../../notices/notice.js';
import { checkBody, missingField } from '../body-schema.js';
import { isObject, JsonObject, parameterError, refuse, V3Call, V3Refusal, V3Request, V3Result } from '../v3-call.js';
import { REFUND_SCHEMA } from './refund-schema.js';
import { refundView } from './refund-view.js';

const PATH = '/v3/refund/domestic/refunds';
const DIFFERS = '订单金额或退款金额与之前请求不一致，请核实后再试';
const REASON = { unknownOrder: 268_892_180, unknownRefund: 268_875_782, differs: 268_892_183, funds: 268_892_709 };
const TOO_FREQUENT = refuse(429, 'FREQUENCY_LIMITED', '频率限制，请降低申请频率再重试', 268_448_746);

const REFUSALS: Readonly<Record<RefundRefusal, V3Refusal>> = {
  TOTAL_MISMATCH: refuse(400, 'INVALID_REQUEST', '您的请求参数与订单信息不一致', REASON.differs),
  OVERDUE: refuse(400, 'INVALID_REQUEST', '订单已经超过退款期限', 268_892_184),
  NOTHING_LEFT: refuse(400, 'INVALID_REQUEST', '订单已全额退款', 268_892_177),
  TOO_MUCH: refuse(400, 'INVALID_REQUEST', '申请退款金额超过订单可退金额', 268_449_311),
  TOO_MANY_REFUNDS: refuse(400, 'INVALID_REQUEST', '单个订单退款次数超过50次'),
  TOO_FREQUENT,
  TOO_MANY_INVALID: { ...TOO_FREQUENT, reason: 268_558_930 },
};

/** The values of a refund request that the rules need. */
interface RefundInput {
  readonly outRefundNo: string;
  readonly totalFen: number;
  readonly refundFen: number;
}

/** Requests and queries refunds of any order. Source: WeChat Pay v3, refunds. */
@Injectable()
export class RefundCalls {
  readonly all: readonly V3Call[] = [
    {
      endpoint: 'refund',
      method: 'POST',
      path: PATH,
      validate: ({ body }) => this.refusalOfBody(body),
      perform: (request) => this.request(request),
    },
    {
      endpoint: 'refundquery',
      method: 'GET',
      path: `${PATH}/{out_refund_no}`,
      validate: () => undefined,
      perform: ({ params }) => this.query(params['out_refund_no'] ?? ''),
    },
  ];

  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
    private readonly account: MerchantAccount,
    private readonly processor: WechatRefundProcessor,
    private readonly rules: RefundRules,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {}

  private query(outRefundNo: string): V3Result {
    const refund = this.refunds.find(outRefundNo);
    if (refund === undefined) return refuse(404, 'RESOURCE_NOT_EXISTS', '退款单不存在', REASON.unknownRefund);
    return { kind: 'done', body: refundView(refund) };
  }

  private refusalOfBody(body: JsonObject): V3Refusal | undefined {
    const invalid = checkBody(body, REFUND_SCHEMA);
    if (invalid !== undefined) return invalid;
    if (body['transaction_id'] === undefined && body['out_trade_no'] === undefined) {
      return missingField('/body/out_trade_no', '商户订单号');
    }
    const url = body['notify_url'];
    const isLocal = typeof url === 'string' && isPrivateAddress(url);
    return isLocal && this.behaviours.current.localNotifyUrl === 'refuse'
      ? parameterError('输入源“/body/notify_url”映射到值字段规则校验失败', { location: 'body', value: url })
      : undefined;
  }

  private async request({ body }: V3Request): Promise<V3Result> {
    const overLimit = this.rules.countCall();
    if (overLimit !== undefined) return REFUSALS[overLimit];
    const result = await this.decide(body);
    if (result.kind === 'refused' && (result.status === 400 || result.status === 404)) this.rules.countInvalidCall();
    return result;
  }

  private decide(body: JsonObject): V3Result | Promise<V3Result> {
    const order = this.orderOf(body);
    const amount = isObject(body['amount']) ? body['amount'] : {};
    const outRefundNo = String(body['out_refund_no']);
    const input = { outRefundNo, totalFen: Number(amount['total']), refundFen: Number(amount['refund']) };
    if (order?.transaction === undefined) {
      return refuse(404, 'RESOURCE_NOT_EXISTS', '订单不存在', REASON.unknownOrder);
    }
    const known = this.refunds.find(outRefundNo);
    if (known !== undefined) return repeatedResult(known, order, input);
    if (order.transaction.visibleAt > this.clock.now()) {
      return refuse(500, 'BIZ_ERR_NEED_RETRY', '订单处理中，暂时无法退款，请稍后再试');
    }
    const { transaction } = order;
    const refusal = this.rules.check({ order, transaction, totalFen: input.totalFen, refundFen: input.refundFen });
    return refusal === undefined ? this.accept(order, transaction, input, body) : REFUSALS[refusal];
  }

  /** Takes the money. With `refundNoticeBeforeAnswer` the refund is finished and its notice sent before the answer. */
  private async accept(
    order: WechatOrder,
    transaction: Transaction,
    { outRefundNo, refundFen }: RefundInput,
    body: JsonObject,
  ): Promise<V3Result> {
    const notifyUrl = typeof body['notify_url'] === 'string' ? body['notify_url'] : undefined;
    const refund = this.processor.acceptRefund({
      order,
      transaction,
      outRefundNo,
      refundFen,
      account: `REFUND_SOURCE_${body['funds_account'] === 'UNSETTLED' ? 'UNSETTLED' : 'RECHARGE'}_FUNDS`,
      source: 'API',
      reason: typeof body['reason'] === 'string' ? body['reason'] : '',
      protocol: 'v3',
      // Without an address of its own, the setting of the merchant platform applies, which is notified in v2's format.
      noticeProtocol: notifyUrl === undefined ? 'v2' : 'v3',
      notifyUrl: notifyUrl ?? this.account.refundNotifyUrl,
    });
    if (refund === undefined) {
      return refuse(403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起', REASON.funds);
    }
    const answer = { kind: 'done', body: refundView(refund) } as const;
    const end = this.processor.configuredFinalStatus();
    if (this.behaviours.current.refundNoticeBeforeAnswer && end !== undefined) {
      const ending = this.processor.finishRefund(refund, end, 'before-answer');
      if (ending.kind === 'ended') await ending.noticeSent;
    }
    return answer;
  }

  /** transaction_id has priority when both numbers are given. */
  private orderOf(body: JsonObject): WechatOrder | undefined {
    const { transaction_id: transactionId, out_trade_no: outTradeNo } = body;
    if (typeof transactionId === 'string') return this.orders.findByTransaction(transactionId);
    return this.orders.findForV2(String(outTradeNo));
  }
}

/** The out_refund_no exists: only exactly the same refund may be requested again. */
function repeatedResult(known: WechatRefund, order: WechatOrder, { totalFen, refundFen }: RefundInput): V3Result {
  if (known.order !== order) return refuse(400, 'INVALID_REQUEST', '支付单号校验不一致，请核实后再试');
  if (known.refundFen !== refundFen || known.transaction.totalFen !== totalFen) {
    return refuse(400, 'INVALID_REQUEST', DIFFERS, REASON.differs);
  }
  return { kind: 'done', body: refundView(known) };
}
