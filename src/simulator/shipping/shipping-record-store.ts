import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderStore } from '../state/order-store.js';
import { RefundStore } from '../state/refund-store.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { Transaction, WechatOrder } from '../state/wechat-order.js';
import { ShippingRecord } from './shipping-record.js';

/** A payment in the shipping list of the mini-program. */
export type PaidOrder = WechatOrder & { transaction: Transaction };

/** 1 待发货 · 2 已发货 · 3 确认收货 · 4 交易完成 · 5 已退款. 6 资金待结算 is not simulated. */
export type OrderState = 1 | 2 | 3 | 4 | 5;

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

  stateOf(order: PaidOrder): OrderState {
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
