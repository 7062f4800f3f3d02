import { Injectable } from '@nestjs/common';
import { JsonBody } from '../platform/json-body.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { OrderKeys } from './order-keys.js';
import { ShippingRecord } from './shipping-record.js';
import { PaidOrder, ShippingRecords } from './shipping-records.js';
import { isObject } from './upload-rules.js';

const MOST_A_PAGE = 50;
/** The end of an unsigned number, as the documents say. */
const LATEST = 4_294_967_295;

/** What WeChat answers about the goods of payments. */
@Injectable()
export class ShippingQueries {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly keys: OrderKeys,
    private readonly records: ShippingRecords,
  ) {}

  /** `get_order`: one payment, or the errcode why not. */
  one(body: JsonBody): object | number {
    const order = this.keys.find(body);
    return typeof order === 'number' ? order : { order: this.view(order) };
  }

  /** `get_order_list`: the newest payments first, a page at a time. `last_index` is how many were shown before. */
  list(body: JsonBody): object | number {
    const { pay_time_range: range, order_state: state, openid, last_index: index = '0', page_size: size = 20 } = body;
    const from = Number(index);
    if (!Number.isSafeInteger(from) || typeof size !== 'number' || size < 1 || size > MOST_A_PAGE) return 40097;
    const { begin_time: begin = 0, end_time: end = LATEST } = isObject(range) ? range : {};
    const wanted = this.records
      .all()
      .reverse()
      .filter((order) => {
        const paidAt = seconds(order.transaction.paidAt);
        if (paidAt < Number(begin) || paidAt > Number(end)) return false;
        if (typeof openid === 'string' && openid !== order.transaction.openid) return false;
        return state === undefined || state === this.records.stateOf(order);
      });
    const page = wanted.slice(from, from + size);
    const next = from + page.length;
    return {
      last_index: String(next),
      has_more: next < wanted.length,
      order_list: page.map((order) => this.view(order)),
    };
  }

  /** An order as both calls show it. */
  view(order: PaidOrder): object {
    const { transaction, outTradeNo, parameters, createdAt } = order;
    const record = this.records.of(order);
    return {
      transaction_id: transaction.transactionId,
      merchant_trade_no: outTradeNo,
      merchant_id: this.settings.merchant.mch_id,
      sub_merchant_id: '',
      description: parameters.get('body') ?? '',
      paid_amount: transaction.totalFen,
      openid: transaction.openid,
      trade_create_time: seconds(createdAt),
      pay_time: seconds(transaction.paidAt),
      order_state: this.records.stateOf(order),
      in_complaint: false,
      ...(record && { shipping: shippingOf(record) }),
    };
  }
}

function shippingOf({ deliveryMode, logisticsType, isFinished, finishCount, parcels }: ShippingRecord): object {
  return {
    delivery_mode: deliveryMode,
    logistics_type: logisticsType,
    finish_shipping: isFinished,
    finish_shipping_count: finishCount,
    goods_desc: parcels.map(({ goods_desc }) => goods_desc).join(';'),
    shipping_list: parcels.map(({ contact, ...parcel }) => ({
      ...parcel,
      ...(Object.keys(contact).length > 0 && { contact }),
    })),
  };
}

function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
