import { Injectable } from '@nestjs/common';
import { readBeijingStamp } from '../beijing-time.js';
import { PaymentProcessor } from '../book/payment-processor.js';
import { Fault } from '../faults/fault.js';
import { OrderPlacer } from '../book/order-placer.js';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderStore } from '../book/order-store.js';
import { WechatOrder } from '../book/wechat-order.js';
import { Fields } from '../v2/wire/fields.js';
import { readPackage, V1Package, findInvalidParameter } from './v1-package.js';
import { V1Call, V1Values } from './v1-request-handler.js';

interface PrepayResponse {
  prepayid: string;
  errcode: 0;
  errmsg: 'Success';
}

const UNKNOWN_PREPAY_ID = '1201000000200101c0ffee00c0ffee00';

/** `POST /pay/genprepay`: creates a v1 order, or renews it. Source: docs/wechat-protocol.md, v1 §4. */
@Injectable()
export class GeneratePrepayCall implements V1Call {
  readonly endpoint = 'genprepay';
  readonly required = ['noncestr', 'package', 'timestamp'];
  readonly signed = ['traceid', ...this.required];

  constructor(
    private readonly settings: SimulatorSettings,
    private readonly orders: OrderStore,
    private readonly placer: OrderPlacer,
    private readonly payments: PaymentProcessor,
    private readonly behaviours: Behaviours,
    private readonly failures: PlatformFailureFactory,
  ) {}

  async handle(values: V1Values, fault?: Fault): Promise<PlatformFailure | PrepayResponse> {
    const { partner_key } = this.settings.merchant;
    const pack = readPackage(values.get('package') ?? '', partner_key);
    if (pack === undefined) return this.invalid('package');
    if (!pack.isSigned) return this.failures.create(49004, 'not match signature: package');
    const wrong = findInvalidParameter(pack, this.settings.partner, this.behaviours.current);
    if (wrong !== undefined) return this.invalid(wrong);

    const order = this.findOrPlaceOrder(values.get('appid') ?? '', pack);
    if ('errcode' in order) return order;
    await this.payBeforeResponse(order);
    const answered = fault?.kind === 'echo_other_order' ? this.findOtherOrder(order) : order;
    return { prepayid: answered?.prepays.at(-1)?.prepayId ?? UNKNOWN_PREPAY_ID, errcode: 0, errmsg: 'Success' };
  }

  /**
   * The documents do not describe a repeated number, so it is handled as in unifiedorder: the same order is renewed,
   * everything else is refused.
   */
  private findOrPlaceOrder(appid: string, pack: V1Package): WechatOrder | PlatformFailure {
    const known = this.orders.find(pack.fields.get('out_trade_no') ?? '');
    if (known === undefined) return this.placeOrder(appid, pack);
    if (known.state === 'SUCCESS' || known.state === 'REFUND') return this.invalid('out_trade_no, order paid');
    if (known.state === 'CLOSED') return this.invalid('out_trade_no, order closed');
    if (!isSameOrder(known, appid, pack)) return this.invalid('out_trade_no, used by another order');
    this.placer.renewPrepay(known);
    return known;
  }

  private placeOrder(appid: string, { fields, charset }: V1Package): WechatOrder {
    return this.placer.place({
      protocol: 'v1',
      outTradeNo: fields.get('out_trade_no') ?? '',
      appid,
      charset,
      parameters: fields,
      signType: 'MD5',
      tradeType: 'APP',
      totalFen: Number(fields.get('total_fee')),
      description: fields.get('body') ?? '',
      attach: fields.get('attach'),
      deviceInfo: undefined,
      openid: undefined,
      expiresAt: readBeijingStamp(fields.get('time_expire') ?? ''),
      notifyUrl: fields.get('notify_url') ?? '',
    });
  }

  /** With `noticeBeforeAnswer` the order is paid and the notice sent before this response. */
  private async payBeforeResponse(order: WechatOrder): Promise<void> {
    if (!this.behaviours.current.noticeBeforeAnswer) return;
    const payment = this.payments.pay(order, { notify: 'before-answer' });
    if (payment.kind === 'paid') await payment.noticeSent;
  }

  private findOtherOrder(order: WechatOrder): WechatOrder | undefined {
    return this.orders.all().find((other) => other !== order && other.protocol === 'v1');
  }

  private invalid(what: string): PlatformFailure {
    return this.failures.create(40097, `invalid args: ${what}`);
  }
}

function isSameOrder(known: WechatOrder, appid: string, { fields }: V1Package): boolean {
  if (known.protocol !== 'v1' || known.appid !== appid) return false;
  const value = (of: Fields, name: string): string => of.get(name) ?? '';
  const names = new Set([...known.parameters.keys(), ...fields.keys()]);
  names.delete('spbill_create_ip'); // the address of a phone changes with its network
  return [...names].every((name) => value(known.parameters, name) === value(fields, name));
}
