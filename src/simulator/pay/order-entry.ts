import { Injectable } from '@nestjs/common';
import { readBeijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { Identifiers } from '../state/identifiers.js';
import { OrderBook } from '../state/order-book.js';
import { Prepay, WechatOrder } from '../state/wechat-order.js';
import { Fields, withFields } from '../wire/fields.js';
import { SignedRequest } from './request-check.js';

const PREPAY_LIFE_MS = 2 * 3_600_000;

/** Enters an order into WeChat's books and gives out its prepay_ids. */
@Injectable()
export class OrderEntry {
  constructor(
    private readonly orders: OrderBook,
    private readonly clock: SimulatorClock,
    private readonly identifiers: Identifiers,
    private readonly behaviours: Behaviours,
  ) {}

  make({ fields, signType }: SignedRequest): WechatOrder {
    const order: WechatOrder = {
      outTradeNo: fields.get('out_trade_no') ?? '',
      parameters: withFields(fields, { sign: undefined }),
      signType,
      tradeType: fields.get('trade_type') ?? '',
      totalFen: Number(fields.get('total_fee')),
      notifyUrl: fields.get('notify_url') ?? '',
      createdAt: this.clock.now(),
      prepays: [],
      sheetClosesAt: undefined,
      state: 'NOTPAY',
    };
    this.orders.add(order);
    this.refresh(order);
    return order;
  }

  /** The same order submitted again: payable once more, also after time_expire or after the prepay_id died. */
  refresh(order: WechatOrder): void {
    const now = this.clock.now();
    const closesAt = readBeijingStamp(order.parameters.get('time_expire') ?? '');
    order.sheetClosesAt = closesAt !== undefined && closesAt > now ? closesAt : undefined;
    const last = order.prepays.at(-1);
    const isUsable = last !== undefined && last.expiresAt > now;
    if (!isUsable || this.behaviours.current.prepayIdOnReentry === 'new') {
      order.prepays.push(this.prepayFor(order.parameters, now));
    }
  }

  private prepayFor(parameters: Fields, now: Date): Prepay {
    const prepayId = this.identifiers.prepayId();
    const tradeType = parameters.get('trade_type');
    return {
      prepayId,
      ...(tradeType === 'NATIVE' ? { codeUrl: this.identifiers.codeUrl() } : {}),
      ...(tradeType === 'MWEB' ? { mwebUrl: this.identifiers.mwebUrl(prepayId) } : {}),
      madeAt: now,
      expiresAt: new Date(now.getTime() + PREPAY_LIFE_MS),
    };
  }
}
