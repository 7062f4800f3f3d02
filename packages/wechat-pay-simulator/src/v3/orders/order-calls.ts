import { Injectable } from '@nestjs/common';
import { OrderStore } from '../../book/order-store.js';
import { WechatOrder } from '../../book/wechat-order.js';
import { SimulatorClock } from '../../clock.js';
import { SimulatorSettings } from '../../simulator-settings.js';
import { Behaviours } from '../../state/behaviours.js';
import { checkBody, missingField } from '../body-schema.js';
import { parameterError, refuse, V3Call, V3Refusal, V3Request, V3Result } from '../v3-call.js';
import { MCHID, OUT_TRADE_NO } from './order-schema.js';
import { transactionView } from './transaction-view.js';

const REASON = { unknown: 268_512_771, paid: 268_449_538 };
const NUMBER_PATH = '/v3/pay/transactions/out-trade-no/{out_trade_no}';

/** The queries of an order and its close. Source: WeChat Pay v3, query and close. */
@Injectable()
export class OrderCalls {
  readonly all: readonly V3Call[];

  constructor(
    private readonly orders: OrderStore,
    private readonly settings: SimulatorSettings,
    private readonly behaviours: Behaviours,
    private readonly clock: SimulatorClock,
  ) {
    this.all = [
      this.query(NUMBER_PATH, ({ params }) => this.orders.findForV2(params['out_trade_no'] ?? '')),
      this.query('/v3/pay/transactions/id/{transaction_id}', ({ params }) => {
        const order = this.orders.findByTransaction(params['transaction_id'] ?? '');
        const isVisible = order?.transaction !== undefined && order.transaction.visibleAt <= this.clock.now();
        return isVisible ? order : undefined;
      }),
      {
        endpoint: 'closeorder',
        method: 'POST',
        path: `${NUMBER_PATH}/close`,
        validate: (request) => this.refusalOfClose(request),
        perform: ({ params }) => this.close(params['out_trade_no'] ?? ''),
      },
    ];
  }

  private query(path: string, find: (request: V3Request) => WechatOrder | undefined): V3Call {
    return {
      endpoint: 'orderquery',
      method: 'GET',
      path,
      validate: ({ query }) => this.refusalOfMerchant(query.get('mchid') ?? undefined, '/query/mchid'),
      perform: (request) => {
        const order = find(request);
        if (order === undefined)
          return refuse(404, this.behaviours.current.v3NotFoundCode, '订单不存在', REASON.unknown);
        const { varyShape } = this.behaviours.current;
        return {
          kind: 'done',
          body: transactionView(order, this.settings.merchant.mch_id, this.clock.now(), varyShape),
        };
      },
    };
  }

  private refusalOfClose({ body, params }: V3Request): V3Refusal | undefined {
    const mchid = body['mchid'];
    return (
      checkBody({ out_trade_no: params['out_trade_no'] }, { out_trade_no: OUT_TRADE_NO }, '/uri_template') ??
      (mchid === undefined ? missingField('/uri_template/mchid', MCHID.label) : checkBody(body, { mchid: MCHID })) ??
      this.refusalOfMerchant(String(mchid), '/body/mchid')
    );
  }

  private refusalOfMerchant(mchid: string | undefined, path: string): V3Refusal | undefined {
    if (mchid === undefined || mchid === '') return missingField(path, MCHID.label);
    if (mchid === this.settings.merchant.mch_id) return undefined;
    const place = path.startsWith('/query') ? 'url query' : 'post payload';
    return parameterError(`http header中的mchid与${place}中的mchid不匹配`);
  }

  /** A close may be repeated, and a number that was never used cannot be used afterwards. */
  private close(outTradeNo: string): V3Result {
    const order = this.orders.find(outTradeNo);
    if (order === undefined) {
      this.orders.burn(outTradeNo);
      return { kind: 'done' };
    }
    const { crossProtocolClose, v3PaidCode, earlyClose } = this.behaviours.current;
    if (order.protocol !== 'v3' && crossProtocolClose === 'refuse') {
      return refuse(400, 'INVALID_REQUEST', '订单由其他版本的接口创建，请使用原接口关单');
    }
    if (order.state === 'SUCCESS' || order.state === 'REFUND')
      return refuse(400, v3PaidCode, '该订单已支付', REASON.paid);
    const ageMs = this.clock.now().getTime() - order.createdAt.getTime();
    if (earlyClose === 'allow' || ageMs >= 5 * 60_000) this.orders.closeOrder(order);
    return { kind: 'done' };
  }
}
