import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../../clock.js';
import { SeededRandom } from '../../random.js';
import { Behaviours } from '../../state/behaviours.js';
import { OrderStore } from '../../book/order-store.js';
import { transactionFields } from './transaction-fields.js';
import { TradeState, visibleState, WechatOrder } from '../../book/wechat-order.js';
import { CallResult, fail, PayCall } from '../pay-call.js';
import { SignedRequest } from '../request-checker.js';

type ElementList = (readonly [name: string, value: string])[];

const DESCRIPTIONS: Readonly<Record<TradeState, string>> = {
  NOTPAY: '订单未支付',
  USERPAYING: '需要用户输入支付密码',
  PAYERROR: '支付失败，请撤销订单',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  CLOSED: '订单已关闭',
};

/** `POST /pay/orderquery`: the elements differ from state to state. */
@Injectable()
export class OrderQueryCall implements PayCall {
  readonly name = 'orderquery';
  readonly path = '/pay/orderquery';
  readonly required = [];

  constructor(
    private readonly orders: OrderStore,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
  ) {}

  perform({ fields }: SignedRequest): CallResult {
    const transactionId = fields.get('transaction_id') ?? '';
    const outTradeNo = fields.get('out_trade_no') ?? '';
    if (transactionId === '' && outTradeNo === '') return { kind: 'REFUSED', returnMsg: '缺少参数' };
    const order =
      transactionId === '' ? this.orders.findForV2(outTradeNo) : this.orders.findByTransaction(transactionId);
    if (order === undefined) return fail('ORDERNOTEXIST', 'order not exist');
    return { kind: 'SUCCESS', fields: this.fieldsOf(order) };
  }

  private fieldsOf(order: WechatOrder): ElementList {
    const state = visibleState(order, this.clock.now());
    const common: ElementList = [
      ['trade_state', state],
      ['out_trade_no', order.outTradeNo],
      ['trade_state_desc', DESCRIPTIONS[state]],
    ];
    const { transaction } = order;
    if ((state === 'SUCCESS' || state === 'REFUND') && transaction !== undefined) {
      return [...common, ...transactionFields(order, transaction), ['cash_fee_type', 'CNY']];
    }
    return state === 'NOTPAY' ? [...common, ...this.unpaidExtras(order)] : [...common, ['attach', '']];
  }

  /** Newer recorded messages of WeChat have the price and an empty device_info, older ones have neither; attach is optional. */
  private unpaidExtras(order: WechatOrder): ElementList {
    const isVaried = this.behaviours.current.varyShape;
    const extras: ElementList = [];
    if (!isVaried || !this.random.oneIn(3)) extras.push(['device_info', ''], ['total_fee', String(order.totalFen)]);
    if (isVaried && this.random.oneIn(2)) extras.push(['attach', order.attach ?? '']);
    return extras;
  }
}
