import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderBook } from '../state/order-book.js';
import { EventFields } from './message-envelope.js';
import { MessagePush } from './message-push.js';
import { ShippingRecord } from './shipping-record.js';
import { PaidOrder, ShippingRecords } from './shipping-records.js';

const REMIND_AFTER_MS = 48 * 3_600_000;
/** `confirm_receive_method` as documented; what shops report to get is the other way round. */
const [BY_TIME, BY_HAND] = [1, 2];

/** What WeChat pushes to the mini-program about its goods. Source: 小程序发货信息管理服务, 相关消息推送. */
@Injectable()
export class ShippingEvents {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: SimulatorSettings,
    private readonly push: MessagePush,
    private readonly behaviours: Behaviours,
    private readonly records: ShippingRecords,
    orders: OrderBook,
  ) {
    orders.onPaid((order, transaction) => {
      // Without an address nothing waits for two days: thousands of payments would.
      if (!this.push.isWanted || order.tradeType !== 'JSAPI') return;
      this.clock.at(new Date(transaction.paidAt.getTime() + REMIND_AFTER_MS), () => {
        const paid = this.records.find(transaction.transactionId);
        if (paid && this.records.stateOf(paid) === 1) this.remind(paid);
      });
    });
  }

  shipped(order: PaidOrder, { shippedAt }: ShippingRecord, settlesAt: Date): void {
    this.send('trade_manage_order_settlement', {
      ...this.namesOf(order),
      shipped_time: seconds(shippedAt),
      estimated_settlement_time: seconds(settlesAt),
    });
  }

  settled(order: PaidOrder, { shippedAt, confirmedAt, isConfirmedByHand, settledAt }: ShippingRecord): void {
    this.send('trade_manage_order_settlement', {
      ...this.namesOf(order),
      shipped_time: seconds(shippedAt),
      confirm_receive_method: this.methodOf(isConfirmedByHand),
      confirm_receive_time: seconds(confirmedAt),
      settlement_time: seconds(settledAt),
    });
  }

  remind(order: PaidOrder): void {
    const msg = '该订单已超过48小时未发货，请尽快录入发货信息';
    this.send('trade_manage_remind_shipping', { ...this.namesOf(order), msg });
  }

  /** @param event about the mini-program as a whole. */
  warn(event: 'trade_manage_remind_access_api' | 'wxa_trade_controlled'): void {
    this.send(event, { msg: '请尽快完成发货信息管理服务的接入' });
  }

  private namesOf(order: PaidOrder): EventFields {
    return {
      transaction_id: order.transaction.transactionId,
      merchant_id: this.settings.merchant.mch_id,
      sub_merchant_id: '',
      merchant_trade_no: order.outTradeNo,
      pay_time: seconds(order.transaction.paidAt),
    };
  }

  private methodOf(isByHand: boolean): number {
    const isAsDocumented = this.behaviours.current.confirmReceiveMethod === 'documented';
    return isByHand === isAsDocumented ? BY_HAND : BY_TIME;
  }

  private send(event: string, fields: EventFields): void {
    void this.push.send(event, fields);
  }
}

function seconds(moment: Date | undefined): number {
  return moment === undefined ? 0 : Math.floor(moment.getTime() / 1000);
}
