import { Injectable } from '@nestjs/common';
import { Payments } from '../cashier/payments.js';
import { Fault } from '../faults/fault.js';
import { OrderEntry } from '../pay/order-entry.js';
import { PlatformFailure, PlatformFailures } from '../platform/platform-failures.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderBook } from '../state/order-book.js';
import { WechatOrder } from '../state/wechat-order.js';
import { Fields } from '../wire/fields.js';
import { readPackage, V1Package } from './package-reader.js';
import { wrongParameter } from './package-rules.js';
import { V1CallShape, V1Request, V1RequestCheck } from './v1-request-check.js';

interface PrepayAnswer {
  prepayid: string;
  errcode: 0;
  errmsg: 'Success';
}

const SHAPE: V1CallShape = {
  required: ['noncestr', 'package', 'timestamp'],
  signed: ['traceid', 'noncestr', 'package', 'timestamp'],
};
const NOBODYS_PREPAY_ID = '1201000000200101c0ffee00c0ffee00';

/** `POST /pay/genprepay`: makes an order of the app protocol of 2014, or refreshes it. Source: v2.md §11.3. */
@Injectable()
export class GeneratePrepay {
  constructor(
    private readonly check: V1RequestCheck,
    private readonly settings: SimulatorSettings,
    private readonly orders: OrderBook,
    private readonly entry: OrderEntry,
    private readonly payments: Payments,
    private readonly behaviours: Behaviours,
    private readonly failures: PlatformFailures,
  ) {}

  async answerTo(request: V1Request, fault?: Fault): Promise<PlatformFailure | PrepayAnswer> {
    const values = this.check.read(request, SHAPE);
    if ('errcode' in values) return values;
    const { partner_key } = this.settings.merchant;
    const pack = readPackage(values.get('package') ?? '', partner_key);
    if (pack === undefined) return this.invalid('package');
    if (!pack.isSigned) return this.failures.of(49004, 'not match signature: package');
    const wrong = wrongParameter(pack, this.settings.partner, this.behaviours.current);
    if (wrong !== undefined) return this.invalid(wrong);

    const order = this.orderOf(values.get('appid') ?? '', pack);
    if ('errcode' in order) return order;
    await this.hurry(order);
    const answered = fault?.kind === 'echo_other_order' ? this.another(order) : order;
    return { prepayid: answered?.prepays.at(-1)?.prepayId ?? NOBODYS_PREPAY_ID, errcode: 0, errmsg: 'Success' };
  }

  /** What is not written down anywhere is answered as for unifiedorder: the same again is the same, all else is refused. */
  private orderOf(appid: string, pack: V1Package): WechatOrder | PlatformFailure {
    const known = this.orders.find(pack.fields.get('out_trade_no') ?? '');
    if (known === undefined) return this.make(appid, pack);
    if (known.state === 'SUCCESS' || known.state === 'REFUND') return this.invalid('out_trade_no, order paid');
    if (known.state === 'CLOSED') return this.invalid('out_trade_no, order closed');
    if (!isSameOrder(known, appid, pack)) return this.invalid('out_trade_no, used by another order');
    this.entry.refresh(known);
    return known;
  }

  private make(appid: string, { fields, charset }: V1Package): WechatOrder {
    return this.entry.enter({
      outTradeNo: fields.get('out_trade_no') ?? '',
      appid,
      v1: { charset },
      parameters: fields,
      signType: 'MD5',
      tradeType: 'APP',
      totalFen: Number(fields.get('total_fee')),
      notifyUrl: fields.get('notify_url') ?? '',
    });
  }

  /** In the mode `noticeBeforeAnswer` the payer and the notice are faster than this answer. */
  private async hurry(order: WechatOrder): Promise<void> {
    if (!this.behaviours.current.noticeBeforeAnswer) return;
    const payment = this.payments.pay(order, { notify: 'before-answer' });
    if (payment.kind === 'paid') await payment.noticeSent;
  }

  private another(order: WechatOrder): WechatOrder | undefined {
    return this.orders.all().find((other) => other !== order && other.v1 !== undefined);
  }

  private invalid(what: string): PlatformFailure {
    return this.failures.of(40097, `invalid args: ${what}`);
  }
}

function isSameOrder(known: WechatOrder, appid: string, { fields }: V1Package): boolean {
  if (known.v1 === undefined || known.appid !== appid) return false;
  const value = (of: Fields, name: string): string => of.get(name) ?? '';
  const names = new Set([...known.parameters.keys(), ...fields.keys()]);
  names.delete('spbill_create_ip'); // a phone wanders from network to network
  return [...names].every((name) => value(known.parameters, name) === value(fields, name));
}
