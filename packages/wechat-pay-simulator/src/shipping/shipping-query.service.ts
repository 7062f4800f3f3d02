import { Injectable } from '@nestjs/common';
import { JsonBody } from '../platform/platform-request-handler.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { PaidOrderResolver, ShippingRecord, PaidOrder, ShippingRecordStore } from './shipping-record-store.js';
import { isObject } from './parse-upload.js';

const MAX_PAGE_SIZE = 50;
/** The largest unsigned 32-bit number, which the documents give as the maximum. */
const MAX_UNIX_SECONDS = 4_294_967_295;

/** Responds to the merchant's queries about the shipping of payments: `get_order` and `get_order_list`. */
@Injectable()
export class ShippingQueryService {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly resolver: PaidOrderResolver,
    private readonly records: ShippingRecordStore,
  ) {}

  /** `get_order`: one payment, or the errcode. */
  getOrder(body: JsonBody): object | number {
    const order = this.resolver.findByNumbers(body);
    return typeof order === 'number' ? order : { order: this.toOrderInfo(order) };
  }

  /**
   * `get_order_list`: the newest payments first, in pages. `last_index` is the number of payments on the earlier pages.
   */
  listOrders(body: JsonBody): object | number {
    const { pay_time_range: range, order_state: state, openid, last_index: index = '0', page_size: size = 20 } = body;
    const from = Number(index);
    if (!Number.isSafeInteger(from) || typeof size !== 'number' || size < 1 || size > MAX_PAGE_SIZE) return 40097;
    const { begin_time: begin = 0, end_time: end = MAX_UNIX_SECONDS } = isObject(range) ? range : {};
    const matching = this.records
      .all()
      .reverse()
      .filter((order) => {
        const paidAt = seconds(order.transaction.paidAt);
        if (paidAt < Number(begin) || paidAt > Number(end)) return false;
        if (typeof openid === 'string' && openid !== order.transaction.openid) return false;
        return state === undefined || state === this.records.stateOf(order);
      });
    const page = matching.slice(from, from + size);
    const next = from + page.length;
    return {
      last_index: String(next),
      has_more: next < matching.length,
      order_list: page.map((order) => this.toOrderInfo(order)),
    };
  }

  /** An order as both queries return it. */
  toOrderInfo(order: PaidOrder): object {
    const { transaction, outTradeNo, description, createdAt } = order;
    const record = this.records.get(order);
    return {
      transaction_id: transaction.transactionId,
      merchant_trade_no: outTradeNo,
      merchant_id: this.settings.merchant.mch_id,
      sub_merchant_id: '',
      description,
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
