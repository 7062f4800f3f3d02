import { Injectable } from '@nestjs/common';
import { JsonBody } from '../platform/json-body.js';
import { PaidOrderResolver } from './paid-order-resolver.js';
import { ShippingRecordStore } from './shipping-record-store.js';

/** `notify_confirm_receive`: asks the buyer to confirm the receipt, once for an order. */
@Injectable()
export class ConfirmReceiveCall {
  constructor(
    private readonly resolver: PaidOrderResolver,
    private readonly records: ShippingRecordStore,
  ) {}

  /** Returns the errcode; 0 when the buyer was asked. */
  handle(body: JsonBody): number {
    const order = this.resolver.findByNumbers(body);
    if (typeof order === 'number') return order;
    if (typeof body['received_time'] !== 'number') return 40097;
    const record = this.records.get(order);
    if (record === undefined || this.records.stateOf(order) !== 2) return 10060010;
    if (record.isConfirmationAsked) return 10060015;
    this.records.save(order, { ...record, isConfirmationAsked: true });
    return 0;
  }
}
