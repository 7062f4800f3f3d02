import { Injectable } from '@nestjs/common';
import { OrderStore } from '../book/order-store.js';
import { SimulatorClock } from '../clock.js';
import { DEMO_OPENID, SimulatorSettings } from '../simulator-settings.js';
import { IdentifierGenerator } from '../state/identifier-generator.js';
import { ExtraPaymentInput } from './bill-editor.js';
import { TradeRowReader } from './trade-row-reader.js';

/** What is known of a payment that only the bills have. */
export interface ExtraPayment {
  readonly outTradeNo: string;
  readonly totalFen: number;
  readonly description?: string | undefined;
  readonly paidAt?: Date | undefined;
}

/** Creates payments that only the bills have. */
@Injectable()
export class ExtraPaymentFactory {
  constructor(
    private readonly orders: OrderStore,
    private readonly rows: TradeRowReader,
    private readonly identifiers: IdentifierGenerator,
    private readonly clock: SimulatorClock,
    private readonly settings: SimulatorSettings,
  ) {}

  /** undefined when the number is in use. */
  create({ outTradeNo, totalFen, description = '', paidAt }: ExtraPayment): ExtraPaymentInput | undefined {
    const isUsed = this.orders.find(outTradeNo) ?? this.rows.find({ type: 'PAYMENT', merchantNo: outTradeNo });
    if (isUsed !== undefined) return undefined;
    return {
      at: paidAt ?? this.clock.now(),
      appid: this.settings.merchant.appid,
      deviceInfo: '',
      transactionId: this.identifiers.transactionId(),
      outTradeNo,
      openid: DEMO_OPENID,
      tradeType: 'JSAPI',
      bankType: 'OTHERS',
      description,
      attach: '',
      totalFen,
      settledFen: totalFen,
      couponFen: 0,
    };
  }
}
