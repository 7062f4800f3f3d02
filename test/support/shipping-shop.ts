import { OutboxEntry } from '../../src/outbox/outbox-entry.entity.js';
import { type Clerk, session } from '../contract/support/clerk.js';
import type { Customer, OrderJson } from './customer.js';
import type { Reply } from './http.js';
import { openShop, type Shop, type ShopOptions } from './shop.js';
import type { Message } from './wechat-double.js';

/** A parcel as staff get it. */
export interface ShipmentJson {
  shipmentNo: number;
  kind: string;
  carrier: string | null;
  trackingNo: string | null;
  itemDesc: string;
  receiverContact: string | null;
  isLast: boolean;
  isReship: boolean;
  state: string;
  errorCode: string | null;
  uploadedAt: string | null;
}

/** What WeChat knows of the goods of a payment. */
export interface WechatShippingJson {
  order: {
    order_state: number;
    shipping?: {
      delivery_mode: number;
      logistics_type: number;
      finish_shipping: boolean;
      finish_shipping_count: number;
      shipping_list: { tracking_no: string; express_company: string; goods_desc: string; contact?: object }[];
    };
  };
  isReshipUsed: boolean;
  confirmedAt: string | null;
  settledAt: string | null;
}

/** A report to WeChat as it was sent. */
export interface UploadJson {
  is_all_delivered?: boolean;
  delivery_mode: number;
  upload_time: string;
  shipping_list: { tracking_no: string }[];
}

export const PRICE_FEN = 10_000;
export const ZTO = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: 'ZT0000000001' };
export const YTO = { kind: 'EXPRESS', carrier: 'YTO', trackingNo: 'YT0000000002' };

/** A shop that sells tea, somebody who buys it, and somebody who packs it. */
export class ShippingShop {
  private constructor(
    readonly shop: Shop,
    readonly alice: Customer,
    readonly boss: Clerk,
    readonly tea: string,
  ) {}

  static async opens({ environment = {}, ...options }: ShopOptions = {}): Promise<ShippingShop> {
    const shop = await openShop({ ...options, environment: { SESSION_TTL_SECONDS: '2592000', ...environment } });
    const tea = await shop.sells({ priceFen: PRICE_FEN, stock: 5000 });
    return new ShippingShop(shop, await shop.welcomes('alice'), await session(shop, 'boss'), tea);
  }

  /** An order that was paid this moment. WeChat's list does not have it yet. */
  async sells(): Promise<OrderJson> {
    const order = await this.alice.orders({ productId: this.tea, quantity: 2 });
    await this.alice.pays(order);
    const { body } = await this.alice.syncs(order);
    if (body.status !== 'PAID') throw new Error(`The order is ${body.status}`);
    return body;
  }

  /** An order that was paid a minute ago. */
  async soldBefore(): Promise<OrderJson> {
    const order = await this.sells();
    await this.shop.wechat.passes({ minutes: 1 });
    return order;
  }

  ships<T = ShipmentJson>(order: OrderJson, parcel: object = ZTO, at = 0): Promise<Reply<T>> {
    return this.boss.asks<T>('POST', `orders/${order.orderNo}/shipments`, parcel, at);
  }

  reships<T = ShipmentJson>(order: OrderJson, shipmentNo: number, correction: object): Promise<Reply<T>> {
    return this.boss.asks<T>('POST', `orders/${order.orderNo}/shipments/${shipmentNo}/reship`, correction);
  }

  retries<T = ShipmentJson>(order: OrderJson, shipmentNo: number, correction: object = {}): Promise<Reply<T>> {
    return this.boss.asks<T>('POST', `orders/${order.orderNo}/shipments/${shipmentNo}/retry`, correction);
  }

  async parcelsOf({ orderNo }: OrderJson): Promise<ShipmentJson[]> {
    return (await this.boss.asks<{ items: ShipmentJson[] }>('GET', `orders/${orderNo}/shipments`)).body.items;
  }

  async statesOf(order: OrderJson): Promise<string[]> {
    return (await this.parcelsOf(order)).map(({ state }) => state);
  }

  /** Lets time pass and the jobs of every instance run. */
  async passes(time: { seconds?: number; minutes?: number; hours?: number }): Promise<void> {
    await this.shop.wechat.passes(time);
    await this.shop.ticks();
  }

  /** Lets the jobs run until nothing of the order waits. */
  async comesToRest(order: OrderJson): Promise<void> {
    for (let round = 0; round < 20; round++) {
      await this.passes({ minutes: 2 });
      if (!(await this.statesOf(order)).includes('WAITING')) return;
    }
    const told = await this.shop.first.all(OutboxEntry);
    const parcels = (await this.parcelsOf(order)).map(({ state, errorCode }) => [state, errorCode]);
    const entries = told.map(({ entryKey, status, tries, result, detail }) => [
      entryKey,
      status,
      tries,
      result,
      detail,
    ]);
    throw new Error(`The parcels still wait: ${JSON.stringify({ parcels, entries })}`);
  }

  async wechatKnows({ orderNo }: OrderJson): Promise<WechatShippingJson> {
    const [payment] = await this.shop.paymentsOf(orderNo);
    const { body } = await this.shop.wechat.control('GET', `orders/${payment?.outTradeNo ?? ''}/shipping`);
    return body as WechatShippingJson;
  }

  /** The numbers of the parcels that WeChat knows of. */
  async numbersAtWechat(order: OrderJson): Promise<string[]> {
    const { shipping } = (await this.wechatKnows(order)).order;
    return (shipping?.shipping_list ?? []).map(({ tracking_no }) => tracking_no);
  }

  /** What WeChat was told of the order, one after the other, whatever it said to it. */
  async uploads(order: OrderJson): Promise<UploadJson[]> {
    const messages = await this.messages('upload_shipping_info', order);
    return messages.map(({ request }) => JSON.parse(request.slice(request.indexOf('{'))) as UploadJson);
  }

  async verdicts(order: OrderJson): Promise<string[]> {
    return (await this.messages('upload_shipping_info', order)).map(({ verdict }) => verdict);
  }

  async timesAsked(order: OrderJson): Promise<number> {
    return (await this.messages('get_order', order)).length;
  }

  private async messages(endpoint: string, { transactionId }: OrderJson): Promise<Message[]> {
    if (transactionId === null) throw new Error('WeChat is told of goods by the number of their payment.');
    const messages = await this.shop.wechat.messages(`/wxa/sec/order/${endpoint}`);
    return messages.filter(({ request }) => request.includes(transactionId));
  }
}
