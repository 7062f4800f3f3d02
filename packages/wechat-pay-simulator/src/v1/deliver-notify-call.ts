import { Injectable } from '@nestjs/common';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { OrderStore } from '../book/order-store.js';
import { V1Call, V1Values } from './v1-request-handler.js';

const FIELDS = ['openid', 'transid', 'out_trade_no', 'deliver_timestamp', 'deliver_status', 'deliver_msg'];

/**
 * `POST /pay/delivernotify`: the merchant reports that the goods were shipped, or why not.
 * Source: docs/wechat-protocol.md, v1 §6.
 */
@Injectable()
export class DeliverNotifyCall implements V1Call {
  readonly endpoint = 'delivernotify';
  readonly required = FIELDS.filter((name) => name !== 'deliver_msg');
  readonly signed = FIELDS;

  constructor(
    private readonly orders: OrderStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  handle(values: V1Values): PlatformFailure {
    const order = this.orders.find(values.get('out_trade_no') ?? '');
    const transaction = order?.protocol === 'v1' ? order.transaction : undefined;
    if (order === undefined || transaction?.transactionId !== values.get('transid')) return this.failures.create(49002);
    if (transaction?.openid !== values.get('openid')) return this.failures.create(49003);
    if (!/^[01]$/.test(values.get('deliver_status') ?? ''))
      return this.failures.create(40097, 'invalid args: deliver_status');
    order.delivery = { isDelivered: values.get('deliver_status') === '1', message: values.get('deliver_msg') ?? '' };
    return { errcode: 0, errmsg: 'ok' };
  }
}
