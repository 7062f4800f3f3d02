import { Injectable } from '@nestjs/common';
import { FaultTarget } from '../faults/fault.js';
import { OrderBook } from '../state/order-book.js';
import { RefundBook } from '../state/refund-book.js';
import { Fields, valueIn } from '../wire/fields.js';

/** Which order and refund a message is about, whichever of their numbers it names: for the journal and the faults. */
@Injectable()
export class NumbersInMessage {
  constructor(
    private readonly orders: OrderBook,
    private readonly refunds: RefundBook,
  ) {}

  of(fields: Fields): FaultTarget {
    const given = (name: string): string | undefined => valueIn(fields, name);
    const transactionId = given('transaction_id');
    const refundId = given('refund_id');
    const refund = this.refunds.find(given('out_refund_no') ?? '') ?? this.refunds.findById(refundId ?? '');
    const order = this.orders.findByTransaction(transactionId ?? '') ?? refund?.order;
    const out_trade_no = given('out_trade_no') ?? order?.outTradeNo;
    const out_refund_no = given('out_refund_no') ?? refund?.outRefundNo;
    return {
      ...(out_trade_no === undefined ? {} : { out_trade_no }),
      ...(out_refund_no === undefined ? {} : { out_refund_no }),
    };
  }
}
