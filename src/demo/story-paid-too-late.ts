import { insist, until } from './checks.js';
import { beginSale, type Stage, untilRefunded, untilSeen } from './stage.js';
import { yuan } from './teller.js';

/** Longer than a prepay_id lives: only then is "no such order" believed. */
const HOURS_SECONDS = 3 * 3600;
/** Real seconds: several ticks of the job. */
const PATIENCE_SECONDS = 30;

/** Money for an order that is closed: the shop must not keep it, and gives it back by itself. */
export async function paidTooLate(stage: Stage): Promise<void> {
  const { wechat, teller } = stage;
  teller.story(7, 'a payment turns up after the order is closed', '订单关闭后才到账的付款：自动原路退回');
  const sale = await beginSale(stage);
  const { customer, order, payment } = sale;

  const errMsg = await wechat.requestPayment(customer.openid, payment.requestPayment, { notify: 'lost' });
  insist(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  const { outTradeNo: out_trade_no } = payment;
  await wechat.fails({ endpoint: 'orderquery', kind: 'err_code', errCode: 'ORDERNOTEXIST', times: -1, out_trade_no });
  teller.people('The user pays; the notice is lost, and WeChat denies for hours that there is such an order');
  await wechat.passes(HOURS_SECONDS);
  const closed = await untilSeen(sale, 'CLOSED', PATIENCE_SECONDS);
  teller.asks('GET  /api/orders/{orderNo}', `${closed.status}, ${closed.closeReason ?? ''}`);

  await wechat.recovers();
  insist(await wechat.notifies(payment.outTradeNo), 'The late notice was not acknowledged');
  teller.wechat('the notice arrives after all, and is acknowledged: the money is recorded, the order stays closed');
  const [refund] = await until({ what: 'The money should go back by itself', seconds: PATIENCE_SECONDS }, async () => {
    const refunds = await customer.seesRefunds(order);
    return refunds.length > 0 ? refunds : null;
  });
  insist(refund?.kind === 'AUTOMATIC', 'Nobody asked for it, so it must be AUTOMATIC');
  const seen = await untilRefunded(stage, sale, order.payableFen);
  insist(seen.status === 'CLOSED' && seen.refundStatus === 'FULL', `It is ${seen.status}, ${seen.refundStatus}`);
  const { refunds } = await wechat.refunded(payment.outTradeNo);
  insist(refunds === 1, `WeChat should have one refund, it has ${refunds}`);
  teller.right(`${yuan(seen.refundedFen)} went back by themselves, once: ${refund.refundNo}`);
}
