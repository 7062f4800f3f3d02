import { Injectable } from '@nestjs/common';
import { OrderStore } from '../state/order-store.js';
import { CallResult } from './call-result.js';

/** Validly signed responses that belong to another order. */
@Injectable()
export class OtherOrderEcho {
  constructor(private readonly orders: OrderStore) {}

  /** The same response with the numbers of another order, or invented ones when there is no other. */
  replaceNumbers(result: CallResult, outTradeNo: string | undefined): CallResult {
    if (result.kind !== 'SUCCESS') return result;
    const other = this.orders.all().find((order) => order.outTradeNo !== outTradeNo);
    const numbers = new Map([
      ['out_trade_no', other?.outTradeNo ?? 'OTHERORDER0001'],
      ['prepay_id', other?.prepays.at(-1)?.prepayId ?? 'wx20200101000000c0ffee00c0ffee00c0ff'],
      ['refund_id', '50000000002020010100000000000'],
      ['out_refund_no', 'OTHERREFUND0001'],
      ['refund_id_0', '50000000002020010100000000000'],
      ['out_refund_no_0', 'OTHERREFUND0001'],
      ['transaction_id', other?.transaction?.transactionId ?? '4200000000202001010000000000'],
    ]);
    const fields = result.fields.map(([name, value]) => [name, numbers.get(name) ?? value] as const);
    return { kind: 'SUCCESS', fields };
  }
}
