import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../clock.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderStore } from '../book/order-store.js';
import { EventFields } from './message-envelope.js';
import { MessagePusher } from './message-pusher.js';
import { ShippingRecord, ORDER_STATE, PaidOrder, ShippingRecordStore } from './shipping-record-store.js';

const REMIND_AFTER_MS = 48 * 3_600_000;
/** `confirm_receive_method` as documented; shops report that they receive the opposite. */
const [BY_TIME, BY_HAND] = [1, 2];

/** The events about shipping that WeChat sends to the mini-program. Source: 小程序发货信息管理服务, 相关消息推送. */
@Injectable()
export class ShippingEventPusher {
  constructor(
    private readonly clock: SimulatorClock,
    private readonly settings: SimulatorSettings,
    private readonly push: MessagePusher,
    private readonly behaviours: Behaviours,
    private readonly records: ShippingRecordStore,
    orders: OrderStore,
  ) {
    orders.onPaid((order, transaction) => {
      // Without an address no reminder is scheduled, because thousands of payments would keep one for two days.
      if (!this.push.isConfigured || order.tradeType !== 'JSAPI') return;
      this.clock.schedule(new Date(transaction.paidAt.getTime() + REMIND_AFTER_MS), () => {
        const paid = this.records.findByTransactionId(transaction.transactionId);
        if (paid && this.records.stateOf(paid) === ORDER_STATE.TO_SHIP) this.pushReminder(paid);
      });
    });
  }

  pushShipped(order: PaidOrder, { shippedAt }: ShippingRecord, settlesAt: Date): void {
    this.send('trade_manage_order_settlement', {
      ...this.orderFields(order),
      shipped_time: seconds(shippedAt),
      estimated_settlement_time: seconds(settlesAt),
    });
  }

  pushSettled(order: PaidOrder, { shippedAt, confirmedAt, isConfirmedByHand, settledAt }: ShippingRecord): void {
    this.send('trade_manage_order_settlement', {
      ...this.orderFields(order),
      shipped_time: seconds(shippedAt),
      confirm_receive_method: this.confirmMethod(isConfirmedByHand),
      confirm_receive_time: seconds(confirmedAt),
      settlement_time: seconds(settledAt),
    });
  }

  pushReminder(order: PaidOrder): void {
    const msg = '该订单已超过48小时未发货，请尽快录入发货信息';
    this.send('trade_manage_remind_shipping', { ...this.orderFields(order), msg });
  }

  private orderFields(order: PaidOrder): EventFields {
    return {
      transaction_id: order.transaction.transactionId,
      merchant_id: this.settings.merchant.mch_id,
      sub_merchant_id: '',
      merchant_trade_no: order.outTradeNo,
      pay_time: seconds(order.transaction.paidAt),
    };
  }

  private confirmMethod(isByHand: boolean): number {
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
