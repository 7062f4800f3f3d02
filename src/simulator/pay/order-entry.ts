import { Injectable } from '@nestjs/common';
import { readBeijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { Identifiers } from '../state/identifiers.js';
import { OrderBook } from '../state/order-book.js';
import { isMwebAlive, Prepay, WechatOrder } from '../state/wechat-order.js';
import { PublicAddress } from '../state/public-address.js';
import { withFields } from '../wire/fields.js';
import { SignedRequest } from './request-check.js';

/** What an order is placed with; the rest WeChat adds. */
export type OrderTerms = Omit<WechatOrder, 'createdAt' | 'prepays' | 'sheetClosesAt' | 'state'>;

const PREPAY_LIFE_MS = 2 * 3_600_000;

/** Enters an order into WeChat's books and gives out its prepay_ids. */
@Injectable()
export class OrderEntry {
  constructor(
    private readonly orders: OrderBook,
    private readonly clock: SimulatorClock,
    private readonly identifiers: Identifiers,
    private readonly behaviours: Behaviours,
    private readonly address: PublicAddress,
  ) {}

  make({ fields, signType }: SignedRequest): WechatOrder {
    return this.enter({
      outTradeNo: fields.get('out_trade_no') ?? '',
      appid: fields.get('appid') ?? '',
      parameters: withFields(fields, { sign: undefined }),
      signType,
      tradeType: fields.get('trade_type') ?? '',
      totalFen: Number(fields.get('total_fee')),
      notifyUrl: fields.get('notify_url') ?? '',
    });
  }

  enter(terms: OrderTerms): WechatOrder {
    const createdAt = this.clock.now();
    const order: WechatOrder = { ...terms, createdAt, prepays: [], sheetClosesAt: undefined, state: 'NOTPAY' };
    this.orders.add(order);
    this.refresh(order);
    return order;
  }

  /** The same order submitted again: payable once more, also after time_expire or after the prepay_id died. */
  refresh(order: WechatOrder): void {
    const now = this.clock.now();
    const closesAt = readBeijingStamp(order.parameters.get('time_expire') ?? '');
    const isKept = order.v1 !== undefined && this.behaviours.current.v1TimeExpire === 'strict';
    order.sheetClosesAt = closesAt !== undefined && (isKept || closesAt > now) ? closesAt : undefined;
    const last = order.prepays.at(-1);
    const { mwebUrlOnReentry, prepayIdOnReentry } = this.behaviours.current;
    const isGoodEnough = last !== undefined && (mwebUrlOnReentry === 'same' || isMwebAlive(last, now));
    const isUsable = isGoodEnough && last.expiresAt > now;
    if (!isUsable || prepayIdOnReentry === 'new') {
      order.prepays.push(this.prepayFor(order, now));
    }
  }

  private prepayFor({ tradeType, v1 }: WechatOrder, now: Date): Prepay {
    const prepayId = v1 === undefined ? this.identifiers.prepayId() : this.identifiers.v1PrepayId();
    return {
      prepayId,
      ...(tradeType === 'NATIVE' ? { codeUrl: this.identifiers.codeUrl() } : {}),
      ...(tradeType === 'MWEB' ? { mwebUrl: this.identifiers.mwebUrl(this.mwebOrigin(), prepayId) } : {}),
      madeAt: now,
      expiresAt: new Date(now.getTime() + PREPAY_LIFE_MS),
    };
  }

  private mwebOrigin(): string {
    return this.behaviours.current.mwebUrlHost === 'wx.tenpay.com' ? 'https://wx.tenpay.com' : this.address.origin;
  }
}
