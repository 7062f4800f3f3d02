import { Injectable } from '@nestjs/common';
import { beijingStamp } from '../beijing-time.js';
import { SimulatorClock } from '../clock.js';
import { Fault } from '../faults/fault.js';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { SimulatorSettings } from '../simulator-settings.js';
import { Behaviours } from '../state/behaviours.js';
import { OrderStore } from '../book/order-store.js';
import { Transaction, visibleState, WechatOrder } from '../book/wechat-order.js';
import { v1Amounts, readPackage } from './v1-package.js';
import { V1Call, V1Values } from './v1-request-handler.js';

interface OrderQueryResponse {
  errcode: 0;
  errmsg: 'ok';
  order_info: Readonly<Record<string, string | number>>;
}

/** Tenpay's code for an unknown order (unconfirmed). */
const ORDER_NOT_FOUND = 88_222_005;
/** The states of an unpaid order are not documented; it is only certain that they are not 0. */
const TRADE_STATE_OPEN = '1';
const TRADE_STATE_CLOSED = '6';

/** `POST /pay/orderquery` with an access token: the state of a v1 order. Source: docs/wechat-protocol.md, v1 §6. */
@Injectable()
export class V1OrderQueryCall implements V1Call {
  readonly endpoint = 'v1-orderquery';
  readonly required = ['package', 'timestamp'];
  readonly signed = this.required;

  constructor(
    private readonly settings: SimulatorSettings,
    private readonly orders: OrderStore,
    private readonly behaviours: Behaviours,
    private readonly failures: PlatformFailureFactory,
    private readonly clock: SimulatorClock,
  ) {}

  handle(values: V1Values, fault?: Fault): PlatformFailure | OrderQueryResponse {
    const pack = readPackage(values.get('package') ?? '', this.settings.merchant.partner_key);
    if (pack === undefined) return this.failures.create(40097, 'invalid args: package');
    if (!pack.isSigned) return this.failures.create(49004, 'not match signature: package');
    if (pack.fields.get('partner') !== this.settings.partner) {
      return this.failures.create(40097, 'invalid args: partner');
    }
    const requested = this.orders.find(pack.fields.get('out_trade_no') ?? '');
    const order = fault?.kind === 'echo_other_order' ? this.findOtherOrder(requested) : requested;
    return {
      errcode: 0,
      errmsg: 'ok',
      order_info: this.orderInfo(order?.appid === values.get('appid') ? order : undefined),
    };
  }

  private orderInfo(order: WechatOrder | undefined): OrderQueryResponse['order_info'] {
    if (order?.protocol !== 'v1') return { ret_code: ORDER_NOT_FOUND, ret_msg: '订单不存在' };
    const state = visibleState(order, this.clock.now());
    const { transaction } = order;
    if ((state === 'SUCCESS' || state === 'REFUND') && transaction !== undefined) {
      return {
        ...this.commonFields(order, '0'),
        ...paidFields(order, transaction),
        is_refund: String(state === 'REFUND'),
      };
    }
    if (this.behaviours.current.v1UnpaidAnswer === 'ret_code')
      return { ret_code: ORDER_NOT_FOUND, ret_msg: '订单未支付' };
    return {
      ...this.commonFields(order, state === 'CLOSED' ? TRADE_STATE_CLOSED : TRADE_STATE_OPEN),
      transaction_id: '',
      time_end: '',
    };
  }

  private commonFields(order: WechatOrder, tradeState: string): OrderQueryResponse['order_info'] {
    return {
      ret_code: 0,
      ret_msg: '',
      input_charset: order.charset ?? 'GBK',
      trade_state: tradeState,
      trade_mode: '1',
      partner: this.settings.partner,
      out_trade_no: order.outTradeNo,
      total_fee: String(order.totalFen),
      fee_type: '1',
      is_split: 'false',
      is_refund: 'false',
      attach: order.attach ?? '',
    };
  }

  private findOtherOrder(requested: WechatOrder | undefined): WechatOrder | undefined {
    return this.orders.all().find((other) => other !== requested && other.protocol === 'v1');
  }
}

function paidFields(order: WechatOrder, transaction: Transaction): OrderQueryResponse['order_info'] {
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
