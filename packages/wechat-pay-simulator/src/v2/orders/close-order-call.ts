import { Injectable } from '@nestjs/common';
import { SimulatorClock } from '../../clock.js';
import { SeededRandom } from '../../random.js';
import { Behaviours } from '../../state/behaviours.js';
import { OrderStore } from '../../book/order-store.js';
import { WechatOrder } from '../../book/wechat-order.js';
import { CallResult, fail, PayCall } from '../pay-call.js';
import { SignedRequest } from '../request-checker.js';

const EARLY_CLOSE_MS = 5 * 60_000;

/** `POST /pay/closeorder`: afterwards the out_trade_no can never be paid. */
@Injectable()
export class CloseOrderCall implements PayCall {
  readonly name = 'closeorder';
  readonly path = '/pay/closeorder';
  readonly required = ['out_trade_no'];

  constructor(
    private readonly orders: OrderStore,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
    private readonly random: SeededRandom,
  ) {}

  perform({ fields }: SignedRequest): CallResult {
    const order = this.orders.findForV2(fields.get('out_trade_no') ?? '');
    if (order === undefined) return fail('ORDERNOTEXIST', '订单不存在');
    if (order.protocol === 'v3' && this.behaviours.current.crossProtocolClose === 'refuse') {
      return fail('INVALID_REQUEST', '订单由其他版本的接口创建，请使用原接口关单');
    }
    if (order.state === 'SUCCESS' || order.state === 'REFUND') return fail('ORDERPAID', '订单已支付');
    return order.state === 'CLOSED' ? this.closedBefore() : this.closeOrder(order);
  }

  private closedBefore(): CallResult {
    return this.behaviours.current.closeTwice === 'SUCCESS' ? this.success() : fail('ORDERCLOSED', '订单已关闭');
  }

  private closeOrder(order: WechatOrder): CallResult {
    const { closeWhilePaying, earlyClose } = this.behaviours.current;
    if (order.state === 'USERPAYING' && closeWhilePaying === 'TRADE_STATE_ERROR') {
      return fail('TRADE_STATE_ERROR', '订单状态错误');
    }
    const ageMs = this.clock.now().getTime() - order.createdAt.getTime();
    if (earlyClose === 'allow' || ageMs >= EARLY_CLOSE_MS) this.orders.closeOrder(order);
    return this.success();
  }

  /** Some live responses omit result_msg. */
  private success(): CallResult {
    const isShort = this.behaviours.current.varyShape && this.random.oneIn(2);
    return { kind: 'SUCCESS', fields: isShort ? [] : [['result_msg', 'OK']] };
  }
}
