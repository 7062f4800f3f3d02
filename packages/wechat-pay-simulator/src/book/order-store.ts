import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { Behaviours } from '../state/behaviours.js';
import { ResetRegistry } from '../state/reset-registry.js';
import { Prepay, Transaction, TradeState, WechatOrder } from './wechat-order.js';

const DAY_MS = 86_400_000;

/** The states from which each state can be reached. CLOSED is final, and a paid order cannot be closed. */
const REACHED_FROM: Readonly<Record<TradeState, readonly TradeState[]>> = {
  NOTPAY: ['USERPAYING', 'PAYERROR'],
  USERPAYING: ['NOTPAY'],
  PAYERROR: ['NOTPAY', 'USERPAYING'],
  SUCCESS: ['NOTPAY', 'USERPAYING'],
  CLOSED: ['NOTPAY', 'USERPAYING', 'PAYERROR'],
  REFUND: ['SUCCESS'],
};

/**
 * All orders of the merchant. Each transition checks and changes in one synchronous step, so of a close and a payment
 * at the same time exactly one succeeds.
 */
@Injectable()
export class OrderStore {
  private readonly orders = new Map<string, WechatOrder>();
  private readonly byTransaction = new Map<string, WechatOrder>();
  private readonly burned = new Set<string>();
  private readonly paidListeners: ((order: WechatOrder, transaction: Transaction) => void)[] = [];

  constructor(
    private readonly clock: SimulatorClock,
    private readonly behaviours: Behaviours,
    resets: ResetRegistry,
  ) {
    resets.onReset(() => {
      this.orders.clear();
      this.byTransaction.clear();
      this.burned.clear();
    });
  }

  /** Makes a number unusable: it was closed before an order had it. */
  burn(outTradeNo: string): void {
    this.burned.add(outTradeNo);
  }

  isBurned(outTradeNo: string): boolean {
    return this.burned.has(outTradeNo);
  }

  add(order: WechatOrder): void {
    this.orders.set(order.outTradeNo, order);
  }

  find(outTradeNo: string): WechatOrder | undefined {
    const order = this.orders.get(outTradeNo);
    return order && this.applyAutoClose(order);
  }

  /** Finds an order for v2 and v3 calls, which may not know v1 orders. */
  findForV2(outTradeNo: string): WechatOrder | undefined {
    const order = this.find(outTradeNo);
    const isHidden = order?.protocol === 'v1' && this.behaviours.current.v1OrdersInV2 === 'unknown';
    return isHidden ? undefined : order;
  }

  findByTransaction(transactionId: string): WechatOrder | undefined {
    return this.byTransaction.get(transactionId);
  }

  /** Finds the order of a prepay_id, code_url or mweb_url, and the matching prepay. */
  findByPrepay(matches: (prepay: Prepay) => boolean): { order: WechatOrder; prepay: Prepay } | undefined {
    for (const order of this.orders.values()) {
      const prepay = order.prepays.find(matches);
      if (prepay !== undefined) return { order: this.applyAutoClose(order), prepay };
    }
    return undefined;
  }

  /** Oldest first. */
  all(): WechatOrder[] {
    return [...this.orders.values()].map((order) => this.applyAutoClose(order));
  }

  /** True when the order could be paid and now is. */
  markPaid(order: WechatOrder, transaction: Transaction): boolean {
    if (!this.transition(order, 'SUCCESS')) return false;
    order.transaction = transaction;
    this.byTransaction.set(transaction.transactionId, order);
    for (const listener of this.paidListeners) listener(order, transaction);
    return true;
  }

  /** Registers a listener for every payment. */
  onPaid(listener: (order: WechatOrder, transaction: Transaction) => void): void {
    this.paidListeners.push(listener);
  }

  /** True when it was open and is now closed. */
  closeOrder(order: WechatOrder): boolean {
    if (!this.transition(order, 'CLOSED')) return false;
    order.closedAt = this.clock.now();
    return true;
  }

  /** True when the transition is legal and was made. */
  transition(order: WechatOrder, to: TradeState): boolean {
    this.applyAutoClose(order);
    if (!REACHED_FROM[to].includes(order.state)) return false;
    order.state = to;
    return true;
  }

  /** WeChat closes an unpaid order automatically, but only after days, so a client must not rely on it. */
  private applyAutoClose(order: WechatOrder): WechatOrder {
    if (!REACHED_FROM.CLOSED.includes(order.state)) return order;
    const closesAt = new Date(order.createdAt.getTime() + this.behaviours.current.autoCloseDays * DAY_MS);
    if (closesAt <= this.clock.now()) {
      order.state = 'CLOSED';
      order.closedAt = closesAt;
    }
    return order;
  }
}
