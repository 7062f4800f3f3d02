import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { OrderPlacer } from '../../book/order-placer.js';
import { OrderStore } from '../../book/order-store.js';
import { PaymentProcessor } from '../../book/payment-processor.js';
import { WechatOrder } from '../../book/wechat-order.js';
import { SimulatorClock } from '../../clock.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { Behaviours } from '../../state/behaviours.js';
import { UserStore } from '../../state/user-store.js';
import { isPrivateAddress } from '../../notices/notice.js';
import { checkBody } from '../body-schema.js';
import { isObject, JsonObject, parameterError, refuse, V3Call, V3Refusal, V3Request, V3Result } from '../v3-call.js';
import { orderSchema, Product, PRODUCTS } from './order-schema.js';

const MINUTE_MS = 60_000;
const MAX_DAYS = 15;
const DAY_MS = 86_400_000;
/** WeChat's own form; RFC 3339 allows more, and WeChat reads it. */
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const REPEATED = '请求重入时，参数与首次请求时不一致';
/** Numeric reasons. Source: WeChat Pay v3, code list. */
const REASON = { differs: 268_498_688, paid: 268_449_538, closed: 268_447_914, appid: 268_445_527 };

/** `POST /v3/pay/transactions/{product}`: creates an order, or renews it when the same request is sent again. */
@Injectable()
export class PlaceOrderCalls {
  readonly all: readonly V3Call[];

  constructor(
    private readonly orders: OrderStore,
    private readonly users: UserStore,
    private readonly settings: SimulatorSettings,
    private readonly placer: OrderPlacer,
    private readonly payments: PaymentProcessor,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {
    this.all = (Object.keys(PRODUCTS) as Product[]).map((product) => this.callFor(product));
  }

  private callFor(product: Product): V3Call {
    const schema = orderSchema(product);
    return {
      endpoint: 'unifiedorder',
      method: 'POST',
      path: `/v3/pay/transactions/${product}`,
      validate: ({ body }) => checkBody(body, schema) ?? this.refusalOfValues(body, product),
      perform: (request) => this.perform(request, product),
    };
  }

  private refusalOfValues(body: JsonObject, product: Product): V3Refusal | undefined {
    const { mch_id } = this.settings.merchant;
    const address = textIn(body, 'scene_info', 'payer_client_ip');
    const timeExpire = textIn(body, 'time_expire');
    if (body['mchid'] !== mch_id) return parameterError('http header中的mchid与post payload中的mchid不匹配');
    if (!this.settings.isMerchantAppid(String(body['appid']))) {
      return refuse(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试', REASON.appid);
    }
    if (address !== undefined && isIP(address) === 0) return invalidValue('/body/scene_info/payer_client_ip', address);
    if (timeExpire !== undefined && !(RFC_3339.test(timeExpire) && !Number.isNaN(Date.parse(timeExpire)))) {
      return invalidValue('/body/time_expire', timeExpire);
    }
    const isRefusedAddress =
      this.behaviours.current.localNotifyUrl === 'refuse' && isPrivateAddress(String(body['notify_url']));
    if (isRefusedAddress) return invalidValue('/body/notify_url', body['notify_url']);
    return product === 'jsapi' ? this.refusalOfPayer(body) : undefined;
  }

  /** An openid is valid under one appid only. */
  private refusalOfPayer(body: JsonObject): V3Refusal | undefined {
    if (this.behaviours.current.unknownOpenid === 'accept') return undefined;
    const openid = textIn(body, 'payer', 'openid') ?? '';
    if (this.users.findByAppid(String(body['appid']), openid) !== undefined) return undefined;
    return parameterError(this.users.findByAnyOpenid(openid) === undefined ? '无效的openid' : 'appid与openid不匹配');
  }

  private perform({ body }: V3Request, product: Product): V3Result | Promise<V3Result> {
    const known = this.orders.find(String(body['out_trade_no']));
    if (known === undefined && !this.orders.isBurned(String(body['out_trade_no']))) {
      return this.answer(this.place(body, product), product);
    }
    const refusal =
      known === undefined
        ? refuse(400, 'INVALID_REQUEST', REPEATED, REASON.differs)
        : this.refusalOfRepeat(known, body, product);
    if (known === undefined || refusal !== undefined) return refusal ?? this.duplicate();
    if (product === 'native') known.prepays.length = 0; // the older QR code stops working
    this.placer.renewPrepay(known);
    return this.answer(known, product);
  }

  private refusalOfRepeat(order: WechatOrder, body: JsonObject, product: Product): V3Refusal | undefined {
    switch (order.state) {
      case 'SUCCESS':
      case 'REFUND':
        return refuse(400, this.behaviours.current.v3PaidCode, '该订单已支付', REASON.paid);
      case 'CLOSED':
        return refuse(400, 'ORDER_CLOSED', '订单已关闭', REASON.closed);
      case 'NOTPAY':
      case 'USERPAYING':
      case 'PAYERROR':
        return isSameOrder(order, body, product) ? undefined : this.duplicate();
    }
  }

  private duplicate(): V3Refusal {
    return this.behaviours.current.v3Duplicate === 'OUT_TRADE_NO_USED'
      ? refuse(403, 'OUT_TRADE_NO_USED', '商户订单号重复', REASON.differs)
      : refuse(400, 'INVALID_REQUEST', REPEATED, REASON.differs);
  }

  private place(body: JsonObject, product: Product): WechatOrder {
    return this.placer.place({
      protocol: 'v3',
      outTradeNo: String(body['out_trade_no']),
      appid: String(body['appid']),
      parameters: flatten(body),
      tradeType: PRODUCTS[product],
      totalFen: isObject(body['amount']) ? Number(body['amount']['total']) : 0,
      description: String(body['description']),
      attach: textIn(body, 'attach'),
      deviceInfo: textIn(body, 'scene_info', 'device_id'),
      openid: textIn(body, 'payer', 'openid'),
      expiresAt: this.expiryOf(textIn(body, 'time_expire')),
      notifyUrl: String(body['notify_url']),
    });
  }

  /** A time that is too early or too late is moved to one minute, or to 15 days, after the creation. */
  private expiryOf(timeExpire: string | undefined): Date | undefined {
    if (timeExpire === undefined) return undefined;
    const now = this.clock.now().getTime();
    return new Date(Math.min(Math.max(Date.parse(timeExpire), now + MINUTE_MS), now + MAX_DAYS * DAY_MS));
  }

  /** With `noticeBeforeAnswer` the order is paid and the notice sent before this answer. */
  private async answer(order: WechatOrder, product: Product): Promise<V3Result> {
    const prepay = order.prepays.at(-1);
    if (this.behaviours.current.noticeBeforeAnswer) {
      const payment = this.payments.pay(order, { notify: 'before-answer' });
      if (payment.kind === 'paid') await payment.noticeSent;
    }
    if (product === 'native') return { kind: 'done', body: { code_url: prepay?.codeUrl } };
    if (product === 'h5') return { kind: 'done', body: { h5_url: prepay?.mwebUrl } };
    return { kind: 'done', body: { prepay_id: prepay?.prepayId } };
  }
}

function textIn(body: JsonObject, ...path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((parent, name) => (isObject(parent) ? parent[name] : undefined), body);
  return typeof value === 'string' ? value : undefined;
}

function invalidValue(path: string, value: unknown): V3Refusal {
  return parameterError(`输入源“${path}”映射到值字段规则校验失败`, { location: 'body', value });
}

/** Every value by its path, such as `amount.total`. */
function flatten(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, String(value)]]);
  const parts = Object.entries(value).map(([name, part]) => flatten(part, path === '' ? name : `${path}.${name}`));
  return new Map(parts.flatMap((map) => [...map]));
}

/** All parameters and the product are the same, except time_expire: only the first request sets it. */
function isSameOrder(order: WechatOrder, body: JsonObject, product: Product): boolean {
  const again = flatten(body);
  const names = new Set([...order.parameters.keys(), ...again.keys()]);
  names.delete('time_expire');
  const isSame = [...names].every((name) => order.parameters.get(name) === again.get(name));
  return order.protocol === 'v3' && order.tradeType === PRODUCTS[product] && isSame;
}
