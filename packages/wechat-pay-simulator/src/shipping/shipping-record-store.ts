import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderStore } from '../book/order-store.js';
import { RefundStore } from '../book/refund-store.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { Transaction, WechatOrder } from '../book/wechat-order.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { isObject, StoredParcel } from './parse-upload.js';

/** The shipping information of one payment. */
export interface ShippingRecord {
  logisticsType: number;
  deliveryMode: number;
  parcels: readonly StoredParcel[];
  isFinished: boolean;
  /** 0; 1 when everything is shipped; 2 after the re-ship. */
  finishCount: number;
  isReshipUsed: boolean;
  uploadedAt: Date;
  /** When everything was shipped. */
  shippedAt?: Date;
  /** True when the merchant has asked the buyer to confirm. */
  isConfirmationAsked: boolean;
  confirmedAt?: Date;
  /** True when the buyer confirmed, false when a timeout did. */
  isConfirmedByHand: boolean;
  settledAt?: Date;
}

/** A payment in the order list of the shipping management (发货信息管理). */
export type PaidOrder = WechatOrder & { transaction: Transaction };

/**
 * WeChat's `order_state`: 待发货 · 已发货 · 确认收货 · 交易完成 · 已退款. 6 资金待结算 is not simulated.
 */
export const ORDER_STATE = { TO_SHIP: 1, SHIPPED: 2, RECEIPT_CONFIRMED: 3, SETTLED: 4, REFUNDED: 5 } as const;
export type ShippingOrderState = (typeof ORDER_STATE)[keyof typeof ORDER_STATE];

/** The payments whose shipping WeChat manages, and the shipping record of each. */
@Injectable()
export class ShippingRecordStore {
  private readonly records = new Map<string, ShippingRecord>();

  constructor(
    private readonly clock: SimulatorClock,
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
    private readonly behaviours: Behaviours,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.records.clear();
    });
  }

  /** Only payments of the mini-program are listed, some time after they were made. */
  findByTransactionId(transactionId: string): PaidOrder | undefined {
    const order = this.orders.findByTransaction(transactionId);
    return order !== undefined && this.isListed(order) ? order : undefined;
  }

  findByOutTradeNo(outTradeNo: string): PaidOrder | undefined {
    const order = this.orders.find(outTradeNo);
    return order !== undefined && this.isListed(order) ? order : undefined;
  }

  /** Oldest first. */
  all(): PaidOrder[] {
    return this.orders.all().filter((order) => this.isListed(order));
  }

  get(order: PaidOrder): ShippingRecord | undefined {
    return this.records.get(order.transaction.transactionId);
  }

  save(order: PaidOrder, record: ShippingRecord): void {
    this.records.set(order.transaction.transactionId, record);
  }

  stateOf(order: PaidOrder): ShippingOrderState {
    const record = this.get(order);
    if (record?.settledAt !== undefined) return 4;
    if (this.isRefunded(order)) return 5;
    if (record?.confirmedAt !== undefined) return 3;
    return record?.isFinished === true ? 2 : 1;
  }

  private isRefunded(order: PaidOrder): boolean {
    return this.refunds.refundableFen(order) === 0;
  }

  private isListed(order: WechatOrder): order is PaidOrder {
    const { transaction } = order;
    if (transaction === undefined || order.tradeType !== 'JSAPI') return false;
    const listedAt = transaction.paidAt.getTime() + this.behaviours.current.shippingIndexSeconds * 1000;
    return listedAt <= this.clock.now().getTime();
  }
}

const [BY_NUMBER, BY_TRANSACTION] = [1, 2];
const NO_SUCH_PAYMENT = 10060001;

/** Finds the payment that a call is about. The calls identify it in two ways. */
@Injectable()
export class PaidOrderResolver {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly records: ShippingRecordStore,
  ) {}

  /** Finds by `order_key` of an upload. Returns the errcode when there is no such payment. */
  findByOrderKey(key: unknown): PaidOrder | number {
    if (!isObject(key)) return 47001;
    const { order_number_type: type, transaction_id, mchid, out_trade_no } = key;
    if (type === BY_TRANSACTION) return this.findByNumbers({ transaction_id });
    if (type === BY_NUMBER) return this.findByNumbers({ merchant_id: mchid, merchant_trade_no: out_trade_no });
    return 40097;
  }

  /**
   * Finds by `transaction_id`, or by `merchant_id` and `merchant_trade_no`. Returns the errcode when there is no such
   * payment.
   */
  findByNumbers(names: Record<string, unknown>): PaidOrder | number {
    const { transaction_id: id, merchant_id: mchId, merchant_trade_no: number } = names;
    if (typeof id === 'string') return this.records.findByTransactionId(id) ?? NO_SUCH_PAYMENT;
    if (typeof number !== 'string' || mchId !== this.settings.merchant.mch_id) return NO_SUCH_PAYMENT;
    return this.records.findByOutTradeNo(number) ?? NO_SUCH_PAYMENT;
  }
}
