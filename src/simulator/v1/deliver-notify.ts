import { Injectable } from '@nestjs/common';
import { PlatformFailure, PlatformFailures } from '../platform/platform-failures.js';
import { OrderBook } from '../state/order-book.js';
import { V1CallShape, V1Request, V1RequestCheck } from './v1-request-check.js';

const FIELDS = ['openid', 'transid', 'out_trade_no', 'deliver_timestamp', 'deliver_status', 'deliver_msg'];
const SHAPE: V1CallShape = { required: FIELDS.filter((name) => name !== 'deliver_msg'), signed: FIELDS };

/** `POST /pay/delivernotify`: the merchant says that the goods are on their way, or why not. Source: v2.md §11.5. */
@Injectable()
export class DeliverNotify {
  constructor(
    private readonly check: V1RequestCheck,
    private readonly orders: OrderBook,
    private readonly failures: PlatformFailures,
  ) {}

  answerTo(request: V1Request): PlatformFailure {
    const values = this.check.read(request, SHAPE);
    if ('errcode' in values) return values;
    const order = this.orders.find(values.get('out_trade_no') ?? '');
    const transaction = order?.v1 === undefined ? undefined : order.transaction;
    if (order === undefined || transaction?.transactionId !== values.get('transid')) return this.failures.of(49002);
    if (transaction?.openid !== values.get('openid')) return this.failures.of(49003);
    if (!/^[01]$/.test(values.get('deliver_status') ?? ''))
      return this.failures.of(40097, 'invalid args: deliver_status');
    order.delivery = { isDelivered: values.get('deliver_status') === '1', message: values.get('deliver_msg') ?? '' };
    return { errcode: 0, errmsg: 'ok' };
  }
}
