import { Injectable } from '@nestjs/common';
import { PaymentProcessor } from '../../book/payment-processor.js';
import { Behaviours } from '../../state/behaviours.js';
import { IdentifierGenerator } from '../../state/identifier-generator.js';
import { OrderStore } from '../../book/order-store.js';
import { UserStore } from '../../state/user-store.js';
import { WechatOrder } from '../../book/wechat-order.js';
import { readBeijingStamp } from '../../beijing-time.js';
import { Fields, withFields } from '../wire/fields.js';
import { CallResult, fail, PayCall } from '../pay-call.js';
import { OrderPlacer, WechatOrderInput } from '../../book/order-placer.js';
import { SignedRequest } from '../request-checker.js';
import { validateUnifiedOrder } from './validate-unified-order.js';

/**
 * Elements that may differ when an order is submitted again. All others must be equal, including omitted optional ones.
 */
const IGNORED_ELEMENTS = ['nonce_str', 'sign', 'spbill_create_ip'];

/** `POST /pay/unifiedorder`: creates an order, or renews it when the same request is sent again. */
@Injectable()
export class UnifiedOrderCall implements PayCall {
  readonly name = 'unifiedorder';
  readonly path = '/pay/unifiedorder';
  readonly required = ['body', 'out_trade_no', 'total_fee', 'spbill_create_ip', 'notify_url', 'trade_type'];

  constructor(
    private readonly orders: OrderStore,
    private readonly users: UserStore,
    private readonly behaviours: Behaviours,
    private readonly placer: OrderPlacer,
    private readonly payments: PaymentProcessor,
    private readonly identifiers: IdentifierGenerator,
  ) {}

  async perform(request: SignedRequest): Promise<CallResult> {
    const result = await this.decide(request);
    const isMobileWeb = request.fields.get('trade_type') === 'MWEB';
    if (result.kind !== 'FAIL' || !isMobileWeb || !this.behaviours.current.mwebUrlInFailure) return result;
    return { ...result, extraFields: [['mweb_url', this.identifiers.mwebUrl('https://wx.tenpay.com', '')]] };
  }

  private decide(request: SignedRequest): CallResult | Promise<CallResult> {
    const message = validateUnifiedOrder(request.fields, this.behaviours.current);
    if (message !== undefined) return this.invalidParameter(message);
    const payerRefusal = this.refusalOfPayer(request.fields);
    if (payerRefusal !== undefined) return payerRefusal;

    const known = this.orders.find(request.fields.get('out_trade_no') ?? '');
    if (known === undefined && this.orders.isBurned(request.fields.get('out_trade_no') ?? '')) {
      return this.duplicateNumberResult();
    }
    if (known === undefined) return this.respondWithPrepay(this.placer.place(inputOf(request)));
    const refusal = this.reentryRefusal(known, request.fields);
    if (refusal !== undefined) return refusal;
    this.placer.renewPrepay(known);
    return this.respondWithPrepay(known);
  }

  private invalidParameter(message: string): CallResult {
    if (this.behaviours.current.parameterErrors === 'err_code') return fail('PARAM_ERROR', message);
    return { kind: 'REFUSED', returnMsg: message };
  }

  /** An openid is valid under one appid only. */
  private refusalOfPayer(fields: Fields): CallResult | undefined {
    if (fields.get('trade_type') !== 'JSAPI' || this.behaviours.current.unknownOpenid === 'accept') return undefined;
    const openid = fields.get('openid') ?? '';
    if (this.users.findByAppid(fields.get('appid') ?? '', openid) !== undefined) return undefined;
    if (this.users.findByAnyOpenid(openid) === undefined) return fail('PARAM_ERROR', '无效的openid');
    return { kind: 'REFUSED', returnMsg: 'appid and openid not match' };
  }

  private reentryRefusal(order: WechatOrder, sent: Fields): CallResult | undefined {
    switch (order.state) {
      case 'SUCCESS':
      case 'REFUND':
        return fail('ORDERPAID', '该订单已支付');
      case 'CLOSED':
        return fail('ORDERCLOSED', '订单已关闭');
      case 'PAYERROR':
        return fail('INVALID_REQUEST', '订单状态错误');
      case 'NOTPAY':
      case 'USERPAYING':
        return order.protocol === 'v2' && isSameOrder(order.parameters, sent)
          ? undefined
          : this.duplicateNumberResult();
    }
  }

  private duplicateNumberResult(): CallResult {
    const hasOwnCode = this.behaviours.current.duplicateAnswer === 'OUT_TRADE_NO_USED';
    return hasOwnCode ? fail('OUT_TRADE_NO_USED', '商户订单号重复') : fail('INVALID_REQUEST', '201 商户订单号重复');
  }

  /** With `noticeBeforeAnswer` the order is paid and the notice sent before this response. */
  private respondWithPrepay(order: WechatOrder): CallResult | Promise<CallResult> {
    const result = successResult(order);
    if (!this.behaviours.current.noticeBeforeAnswer) return result;
    const payment = this.payments.pay(order, { notify: 'before-answer' });
    return payment.kind === 'paid' ? payment.noticeSent.then(() => result) : result;
  }
}

function inputOf({ fields, signType }: SignedRequest): WechatOrderInput {
  return {
    protocol: 'v2',
    outTradeNo: fields.get('out_trade_no') ?? '',
    appid: fields.get('appid') ?? '',
    parameters: withFields(fields, { sign: undefined }),
    signType,
    tradeType: fields.get('trade_type') ?? '',
    totalFen: Number(fields.get('total_fee')),
    description: fields.get('body') ?? '',
    attach: fields.get('attach'),
    deviceInfo: fields.get('device_info'),
    openid: fields.get('openid'),
    expiresAt: readBeijingStamp(fields.get('time_expire') ?? ''),
    notifyUrl: fields.get('notify_url') ?? '',
  };
}

function successResult(order: WechatOrder): CallResult {
  const prepay = order.prepays.at(-1);
  const optional = [
    ['device_info', order.deviceInfo],
    ['code_url', prepay?.codeUrl],
    ['mweb_url', prepay?.mwebUrl],
  ] as const;
  return {
    kind: 'SUCCESS',
    fields: [
      ['prepay_id', prepay?.prepayId ?? ''],
      ['trade_type', order.tradeType],
      ...optional.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ],
  };
}

function isSameOrder(first: Fields, again: Fields): boolean {
  const names = new Set([...first.keys(), ...again.keys()]);
  return [...names].every(
    (name) => IGNORED_ELEMENTS.includes(name) || (first.get(name) ?? '') === (again.get(name) ?? ''),
  );
}
