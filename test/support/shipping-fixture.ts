import { OutboxEntry } from '../../src/outbox/outbox-entry.entity.js';
import { type TestStaff, logInStaff } from '../contract/support/test-staff.js';
import type { TestBuyer, OrderJson } from './test-buyer.js';
import type { HttpReply } from './http.js';
import { openTestShop, type TestShop, type TestShopOptions } from './test-shop.js';
import type { RecordedMessage } from './simulator-control.js';

/** A shipment in the admin API. */
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

/** Shipping information of a payment at WeChat. */
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

/** A shipping upload as it was sent to WeChat. */
export interface UploadJson {
  is_all_delivered?: boolean;
  delivery_mode: number;
  upload_time: string;
  shipping_list: { tracking_no: string }[];
}

export const PRICE_FEN = 10_000;
export const ZTO = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: 'ZT0000000001' };
export const YTO = { kind: 'EXPRESS', carrier: 'YTO', trackingNo: 'YT0000000002' };

/** A shop with a product, a buyer and an administrator who ships the orders. */
export class ShippingFixture {
  private constructor(
    readonly shop: TestShop,
    readonly alice: TestBuyer,
    readonly boss: TestStaff,
    readonly tea: string,
  ) {}

  static async open({ environment = {}, ...options }: TestShopOptions = {}): Promise<ShippingFixture> {
    const shop = await openTestShop({ ...options, environment: { SESSION_TTL_SECONDS: '2592000', ...environment } });
    const tea = await shop.createProduct({ priceFen: PRICE_FEN, stock: 5000 });
    return new ShippingFixture(shop, await shop.createUser('alice'), await logInStaff(shop, 'boss'), tea);
  }

  /** Creates an order that was paid just now. WeChat's shipping API does not list it yet. */
  async createPaidOrder(): Promise<OrderJson> {
    const order = await this.alice.createOrder({ productId: this.tea, quantity: 2 });
    await this.alice.pay(order);
    const { body } = await this.alice.syncOrder(order);
    if (body.status !== 'PAID') throw new Error(`The order is ${body.status}`);
    return body;
  }

  /** Creates an order that was paid a minute ago, so that WeChat's shipping API lists it. */
  async createShippableOrder(): Promise<OrderJson> {
    const order = await this.createPaidOrder();
    await this.shop.wechat.advanceTime({ minutes: 1 });
    return order;
  }

  createShipment<T = ShipmentJson>(order: OrderJson, parcel: object = ZTO, at = 0): Promise<HttpReply<T>> {
    return this.boss.call<T>('POST', `orders/${order.orderNo}/shipments`, parcel, at);
  }

  reship<T = ShipmentJson>(order: OrderJson, shipmentNo: number, correction: object): Promise<HttpReply<T>> {
    return this.boss.call<T>('POST', `orders/${order.orderNo}/shipments/${shipmentNo}/reship`, correction);
  }

  retryShipment<T = ShipmentJson>(
    order: OrderJson,
    shipmentNo: number,
    correction: object = {},
  ): Promise<HttpReply<T>> {
    return this.boss.call<T>('POST', `orders/${order.orderNo}/shipments/${shipmentNo}/retry`, correction);
  }

  async listShipments({ orderNo }: OrderJson): Promise<ShipmentJson[]> {
    return (await this.boss.call<{ items: ShipmentJson[] }>('GET', `orders/${orderNo}/shipments`)).body.items;
  }

  async listShipmentStates(order: OrderJson): Promise<string[]> {
    return (await this.listShipments(order)).map(({ state }) => state);
  }

  /** Advances the time and runs the jobs of every instance. */
  async runJobsAfter(time: { seconds?: number; minutes?: number; hours?: number }): Promise<void> {
    await this.shop.wechat.advanceTime(time);
    await this.shop.runJobs();
  }

  /** Runs the jobs until no shipment of the order is waiting. */
  async runJobsUntilIdle(order: OrderJson): Promise<void> {
    for (let round = 0; round < 20; round++) {
      await this.runJobsAfter({ minutes: 2 });
      if (!(await this.listShipmentStates(order)).includes('WAITING')) return;
    }
    const outboxEntries = await this.shop.firstInstance.findAll(OutboxEntry);
    const parcels = (await this.listShipments(order)).map(({ state, errorCode }) => [state, errorCode]);
    const entries = outboxEntries.map(({ entryKey, status, attempts, result, detail }) => [
      entryKey,
      status,
      attempts,
      result,
      detail,
    ]);
    throw new Error(`Shipments are still waiting: ${JSON.stringify({ parcels, entries })}`);
  }

  async getShippingAtWechat({ orderNo }: OrderJson): Promise<WechatShippingJson> {
    const [payment] = await this.shop.getPayments(orderNo);
    const { body } = await this.shop.wechat.control('GET', `orders/${payment?.outTradeNo ?? ''}/shipping`);
    return body as WechatShippingJson;
  }

  /** Lists the tracking numbers that WeChat has. */
  async listTrackingNosAtWechat(order: OrderJson): Promise<string[]> {
    const { shipping } = (await this.getShippingAtWechat(order)).order;
    return (shipping?.shipping_list ?? []).map(({ tracking_no }) => tracking_no);
  }

  /** Lists the uploads of the order in the sequence in which they were sent, including rejected ones. */
  async listUploads(order: OrderJson): Promise<UploadJson[]> {
    const messages = await this.getMessages('upload_shipping_info', order);
    return messages.map(({ request }) => JSON.parse(request.slice(request.indexOf('{'))) as UploadJson);
  }

  async listUploadVerdicts(order: OrderJson): Promise<string[]> {
    return (await this.getMessages('upload_shipping_info', order)).map(({ verdict }) => verdict);
  }

  async countShippingQueries(order: OrderJson): Promise<number> {
    return (await this.getMessages('get_order', order)).length;
  }

  private async getMessages(endpoint: string, { transactionId }: OrderJson): Promise<RecordedMessage[]> {
    if (transactionId === null)
      throw new Error('The order has no transactionId, by which uploads are found: pay it first.');
    const messages = await this.shop.wechat.getMessages(`/wxa/sec/order/${endpoint}`);
    return messages.filter(({ request }) => request.includes(transactionId));
  }
}
