import { Injectable } from '@nestjs/common';
import { SimulatorSettings } from '../simulator-settings.js';
import { PaidOrder, ShippingRecordStore } from './shipping-record-store.js';
import { isObject } from './parse-upload.js';

const [BY_NUMBER, BY_TRANSACTION] = [1, 2];
const NO_SUCH_PAYMENT = 10060001;

/** Finds the payment that a call is about. The calls identify it in two ways. */
@Injectable()
export class PaidOrderResolver {
  constructor(
    private readonly settings: SimulatorSettings,
    private readonly records: ShippingRecordStore,
  ) {}

  /** Finds by `order_key` of an upload. Returns the errcode when there is no such payment. */
  findByOrderKey(key: unknown): PaidOrder | number {
    if (!isObject(key)) return 47001;
    const { order_number_type: type, transaction_id, mchid, out_trade_no } = key;
    if (type === BY_TRANSACTION) return this.findByNumbers({ transaction_id });
    if (type === BY_NUMBER) return this.findByNumbers({ merchant_id: mchid, merchant_trade_no: out_trade_no });
    return 40097;
  }

  /**
   * Finds by `transaction_id`, or by `merchant_id` and `merchant_trade_no`. Returns the errcode when there is no such
   * payment.
   */
  findByNumbers(names: Record<string, unknown>): PaidOrder | number {
    const { transaction_id: id, merchant_id: mchId, merchant_trade_no: number } = names;
    if (typeof id === 'string') return this.records.findByTransactionId(id) ?? NO_SUCH_PAYMENT;
    if (typeof number !== 'string' || mchId !== this.settings.merchant.mch_id) return NO_SUCH_PAYMENT;
    return this.records.findByOutTradeNo(number) ?? NO_SUCH_PAYMENT;
  }
}
