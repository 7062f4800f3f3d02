import { Injectable } from '@nestjs/common';
import { JsonBody } from '../platform/json-body.js';
import { OrderKeys } from './order-keys.js';
import { ShippingRecords } from './shipping-records.js';

/** `notify_confirm_receive`: the merchant has the buyer asked to confirm, once for an order. */
@Injectable()
export class Confirmation {
  constructor(
    private readonly keys: OrderKeys,
    private readonly records: ShippingRecords,
  ) {}

  /** The errcode; 0 when the buyer is asked. */
  ask(body: JsonBody): number {
    const order = this.keys.find(body);
    if (typeof order === 'number') return order;
    if (typeof body['received_time'] !== 'number') return 40097;
    const record = this.records.of(order);
    if (record === undefined || this.records.stateOf(order) !== 2) return 10060010;
    if (record.isConfirmationAsked) return 10060015;
    this.records.put(order, { ...record, isConfirmationAsked: true });
    return 0;
  }
}
