import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { OrderStore } from './order-store.js';
import { isMwebUrlValid, Prepay, WechatOrder } from './wechat-order.js';
import { SimulatorSettings } from '../simulator-settings.js';

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
    private readonly settings: SimulatorSettings,
  ) {}

  place(terms: WechatOrderInput): WechatOrder {
    const createdAt = this.clock.now();
    const order: WechatOrder = { ...terms, createdAt, prepays: [], sheetClosesAt: undefined, state: 'NOTPAY' };
    this.orders.add(order);
    this.renewPrepay(order);
    return order;
  }

  /**
   * The same order was submitted again: it becomes payable again, even after its prepay_id or its time_expire has passed.
   * A v3 order, and a v1 order with `v1TimeExpire: 'strict'`, stays unpayable after its time_expire. Each repeat by v3
   * gives a new prepay_id.
   */
  renewPrepay(order: WechatOrder): void {
    const now = this.clock.now();
    const { expiresAt: closesAt } = order;
    const isStrictV1 = order.protocol === 'v1' && this.behaviours.current.v1TimeExpire === 'strict';
    const keepsTimeExpire = order.protocol === 'v3' || isStrictV1;
    order.sheetClosesAt = closesAt !== undefined && (keepsTimeExpire || closesAt > now) ? closesAt : undefined;
    const last = order.prepays.at(-1);
    const { mwebUrlOnReentry, prepayIdOnReentry } = this.behaviours.current;
    const hasValidUrl = last !== undefined && (mwebUrlOnReentry === 'same' || isMwebUrlValid(last, now));
    const isUsable = hasValidUrl && last.expiresAt > now;
    if (!isUsable || prepayIdOnReentry === 'new' || order.protocol === 'v3') {
      order.prepays.push(this.createPrepay(order, now));
    }
  }

  private createPrepay({ tradeType, protocol }: WechatOrder, now: Date): Prepay {
    const prepayId = protocol === 'v1' ? this.identifiers.v1PrepayId() : this.identifiers.prepayId();
    return {
      prepayId,
      ...(tradeType === 'NATIVE' ? { codeUrl: this.identifiers.codeUrl() } : {}),
      ...(tradeType === 'MWEB' ? { mwebUrl: this.identifiers.mwebUrl(this.mwebOrigin(), prepayId) } : {}),
      createdAt: now,
      expiresAt: new Date(now.getTime() + PREPAY_TTL_MS),
    };
  }

  private mwebOrigin(): string {
    return this.behaviours.current.mwebUrlHost === 'wx.tenpay.com'
      ? 'https://wx.tenpay.com'
      : this.settings.publicOrigin;
  }
}
