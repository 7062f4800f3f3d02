import { Injectable } from '@nestjs/common';
import { beijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { Fault } from '../faults/fault.js';
import { PlatformFailure, PlatformFailures } from '../platform/platform-failures.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderBook } from '../state/order-book.js';
import { Transaction, visibleState, WechatOrder } from '../state/wechat-order.js';
import { v1Amounts } from '../state/v1-amounts.js';
import { readPackage } from './package-reader.js';
import { V1CallShape, V1Request, V1RequestCheck } from './v1-request-check.js';

interface OrderAnswer {
  errcode: 0;
  errmsg: 'ok';
  order_info: Readonly<Record<string, string | number>>;
}

const SHAPE: V1CallShape = { required: ['package', 'timestamp'], signed: ['package', 'timestamp'] };
/** Tenpay's word for an order that is not there (unconfirmed). */
const NO_SUCH_ORDER = 88_222_005;
/** The states of an order that is not paid are nowhere written down; all that is certain is that they are not 0. */
const OPEN = '1';
const CLOSED = '6';

/** `POST /pay/orderquery` with an access token: what became of an order of 2014's protocol. Source: v2.md §11.5. */
@Injectable()
export class V1OrderQuery {
  constructor(
    private readonly check: V1RequestCheck,
    private readonly settings: SimulatorSettings,
    private readonly orders: OrderBook,
    private readonly behaviours: Behaviours,
    private readonly failures: PlatformFailures,
    private readonly clock: SimulatorClock,
  ) {}

  answerTo(request: V1Request, fault?: Fault): PlatformFailure | OrderAnswer {
    const values = this.check.read(request, SHAPE);
    if ('errcode' in values) return values;
    const pack = readPackage(values.get('package') ?? '', this.settings.merchant.partner_key);
    if (pack === undefined) return this.failures.of(40097, 'invalid args: package');
    if (!pack.isSigned) return this.failures.of(49004, 'not match signature: package');
    if (pack.fields.get('partner') !== this.settings.partner) {
      return this.failures.of(40097, 'invalid args: partner');
    }
    const asked = this.orders.find(pack.fields.get('out_trade_no') ?? '');
    const order = fault?.kind === 'echo_other_order' ? this.another(asked) : asked;
    return {
      errcode: 0,
      errmsg: 'ok',
      order_info: this.infoOf(order?.appid === values.get('appid') ? order : undefined),
    };
  }

  private infoOf(order: WechatOrder | undefined): OrderAnswer['order_info'] {
    if (order?.v1 === undefined) return { ret_code: NO_SUCH_ORDER, ret_msg: '订单不存在' };
    const state = visibleState(order, this.clock.now());
    const { transaction } = order;
    if ((state === 'SUCCESS' || state === 'REFUND') && transaction !== undefined) {
      return { ...this.headOf(order, '0'), ...paidInfo(order, transaction), is_refund: String(state === 'REFUND') };
    }
    if (this.behaviours.current.v1UnpaidAnswer === 'ret_code')
      return { ret_code: NO_SUCH_ORDER, ret_msg: '订单未支付' };
    return { ...this.headOf(order, state === 'CLOSED' ? CLOSED : OPEN), transaction_id: '', time_end: '' };
  }

  private headOf(order: WechatOrder, tradeState: string): OrderAnswer['order_info'] {
    return {
      ret_code: 0,
      ret_msg: '',
      input_charset: order.v1?.charset ?? 'GBK',
      trade_state: tradeState,
      trade_mode: '1',
      partner: this.settings.partner,
      out_trade_no: order.outTradeNo,
      total_fee: String(order.totalFen),
      fee_type: '1',
      is_split: 'false',
      is_refund: 'false',
      attach: order.parameters.get('attach') ?? '',
    };
  }

  private another(asked: WechatOrder | undefined): WechatOrder | undefined {
    return this.orders.all().find((other) => other !== asked && other.v1 !== undefined);
  }
}

function paidInfo(order: WechatOrder, transaction: Transaction): OrderAnswer['order_info'] {
  const { discountFen, paidFen } = v1Amounts(transaction);
  return {
    bank_type: transaction.bankType,
    bank_billno: transaction.v1?.bankBillNo ?? '',
    total_fee: String(paidFen),
    transaction_id: transaction.transactionId,
    time_end: beijingStamp(transaction.paidAt),
    transport_fee: order.parameters.get('transport_fee') ?? '0',
    product_fee: order.parameters.get('product_fee') ?? String(order.totalFen),
    discount: String(discountFen),
    rmb_total_fee: '',
  };
}
