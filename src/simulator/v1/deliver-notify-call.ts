import { Injectable } from '@nestjs/common';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { OrderStore } from '../state/order-store.js';
import { V1CallSpec, V1Request, V1RequestValidator } from './v1-request-validator.js';

const FIELDS = ['openid', 'transid', 'out_trade_no', 'deliver_timestamp', 'deliver_status', 'deliver_msg'];
const CALL_SPEC: V1CallSpec = { required: FIELDS.filter((name) => name !== 'deliver_msg'), signed: FIELDS };

/** `POST /pay/delivernotify`: the merchant reports that the goods were shipped, or why not. Source: v2.md §11.5. */
@Injectable()
export class DeliverNotifyCall {
  constructor(
    private readonly check: V1RequestValidator,
    private readonly orders: OrderStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  handle(request: V1Request): PlatformFailure {
    const values = this.check.validate(request, CALL_SPEC);
    if ('errcode' in values) return values;
    const order = this.orders.find(values.get('out_trade_no') ?? '');
    const transaction = order?.v1 === undefined ? undefined : order.transaction;
    if (order === undefined || transaction?.transactionId !== values.get('transid')) return this.failures.create(49002);
    if (transaction?.openid !== values.get('openid')) return this.failures.create(49003);
    if (!/^[01]$/.test(values.get('deliver_status') ?? ''))
      return this.failures.create(40097, 'invalid args: deliver_status');
    order.delivery = { isDelivered: values.get('deliver_status') === '1', message: values.get('deliver_msg') ?? '' };
    return { errcode: 0, errmsg: 'ok' };
  }
}
