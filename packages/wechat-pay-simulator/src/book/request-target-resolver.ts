import { Injectable } from '@nestjs/common';
import { FaultTarget } from '../faults/fault.js';
import { OrderStore } from './order-store.js';
import { RefundStore } from './refund-store.js';

/** Finds the order and refund of a request by any of their numbers, for the exchange log and the faults. */
@Injectable()
export class RequestTargetResolver {
  constructor(
    private readonly orders: OrderStore,
    private readonly refunds: RefundStore,
  ) {}

  resolve(fields: ReadonlyMap<string, string>): FaultTarget {
    const value = (name: string): string | undefined => {
      const text = fields.get(name) ?? '';
      return text === '' ? undefined : text; // an empty element is absent
    };
    const transactionId = value('transaction_id');
    const refundId = value('refund_id');
    const refund = this.refunds.find(value('out_refund_no') ?? '') ?? this.refunds.findById(refundId ?? '');
    const order = this.orders.findByTransaction(transactionId ?? '') ?? refund?.order;
    const out_trade_no = value('out_trade_no') ?? order?.outTradeNo;
    const out_refund_no = value('out_refund_no') ?? refund?.outRefundNo;
    return {
      ...(out_trade_no === undefined ? {} : { out_trade_no }),
      ...(out_refund_no === undefined ? {} : { out_refund_no }),
    };
  }
}
