import { Injectable } from '@nestjs/common';
import { readBeijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { OrderStore } from '../state/order-store.js';
import { isMwebUrlValid, Prepay, WechatOrder } from '../state/wechat-order.js';
import { PublicAddress } from '../state/public-address.js';
import { withFields } from '../wire/fields.js';
import { SignedRequest } from './check-request.js';

/** The properties given by the order request; WeChat adds the others. */
export type WechatOrderInput = Omit<WechatOrder, 'createdAt' | 'prepays' | 'sheetClosesAt' | 'state'>;

const PREPAY_TTL_MS = 2 * 3_600_000;

/** Creates orders and issues their prepay_ids. */
@Injectable()
export class OrderPlacer {
  constructor(
    private readonly orders: OrderStore,
    private readonly clock: SimulatorClock,
    private readonly identifiers: IdentifierGenerator,
    private readonly behaviours: Behaviours,
    private readonly address: PublicAddress,
  ) {}

  placeFromRequest({ fields, signType }: SignedRequest): WechatOrder {
    return this.place({
      outTradeNo: fields.get('out_trade_no') ?? '',
      appid: fields.get('appid') ?? '',
      parameters: withFields(fields, { sign: undefined }),
      signType,
      tradeType: fields.get('trade_type') ?? '',
      totalFen: Number(fields.get('total_fee')),
      notifyUrl: fields.get('notify_url') ?? '',
    });
  }

  place(terms: WechatOrderInput): WechatOrder {
    const createdAt = this.clock.now();
    const order: WechatOrder = { ...terms, createdAt, prepays: [], sheetClosesAt: undefined, state: 'NOTPAY' };
    this.orders.add(order);
    this.renewPrepay(order);
    return order;
  }

  /**
   * The same order was submitted again: it becomes payable again, even after time_expire or after the prepay_id
   * expired.
   */
  renewPrepay(order: WechatOrder): void {
    const now = this.clock.now();
    const closesAt = readBeijingStamp(order.parameters.get('time_expire') ?? '');
    const keepsTimeExpire = order.v1 !== undefined && this.behaviours.current.v1TimeExpire === 'strict';
    order.sheetClosesAt = closesAt !== undefined && (keepsTimeExpire || closesAt > now) ? closesAt : undefined;
    const last = order.prepays.at(-1);
    const { mwebUrlOnReentry, prepayIdOnReentry } = this.behaviours.current;
    const hasValidUrl = last !== undefined && (mwebUrlOnReentry === 'same' || isMwebUrlValid(last, now));
    const isUsable = hasValidUrl && last.expiresAt > now;
    if (!isUsable || prepayIdOnReentry === 'new') {
      order.prepays.push(this.createPrepay(order, now));
    }
  }

  private createPrepay({ tradeType, v1 }: WechatOrder, now: Date): Prepay {
    const prepayId = v1 === undefined ? this.identifiers.prepayId() : this.identifiers.v1PrepayId();
    return {
      prepayId,
      ...(tradeType === 'NATIVE' ? { codeUrl: this.identifiers.codeUrl() } : {}),
      ...(tradeType === 'MWEB' ? { mwebUrl: this.identifiers.mwebUrl(this.mwebOrigin(), prepayId) } : {}),
      createdAt: now,
      expiresAt: new Date(now.getTime() + PREPAY_TTL_MS),
    };
  }

  private mwebOrigin(): string {
    return this.behaviours.current.mwebUrlHost === 'wx.tenpay.com' ? 'https://wx.tenpay.com' : this.address.origin;
  }
}
