import { insist } from './checks.js';
import { beginPaidSale, type Stage, untilRefunded } from './stage.js';
import { yuan } from './teller.js';

/** WeChat refunds, and its answer never arrives: unknown is not no, and no second refund is made. */
export async function theAnswerIsLost(stage: Stage): Promise<void> {
  const { wechat, teller, clerk } = stage;
  teller.story(6, 'WeChat refunds, and its answer is lost', '微信已受理退款但应答丢失：只退一次');
  const sale = await beginPaidSale(stage);
  const { customer, order, payment } = sale;
  const refund = await customer.wantsBack(order, order.payableFen, '七天无理由');
  await wechat.fails({ endpoint: 'refund', kind: 'reset', when: 'after', out_trade_no: payment.outTradeNo });

  const decided = await clerk.approves(refund);
  insist(decided.waitReason === 'UNKNOWN_OUTCOME', `The outcome must be unknown, it waits for ${decided.waitReason}`);
  teller.people(`Staff approve; the connection breaks after WeChat took it: ${decided.status}, ${decided.waitReason}`);

  const seen = await untilRefunded(stage, sale, order.payableFen);
  const { fen, refunds } = await wechat.refunded(payment.outTradeNo);
  insist(refunds === 1, `WeChat should have one refund, it has ${refunds}`);
  teller.asks('GET  /api/orders/{orderNo}', `${seen.status}, refund ${seen.refundStatus}, ${yuan(seen.refundedFen)}`);
  teller.right(`exactly one refund at WeChat, of ${yuan(fen)}, under the number ${refund.refundNo}`);
}
