import { insist } from './checks.js';
import { beginPaidSale, type Stage, untilRefunded } from './stage.js';
import { yuan } from './teller.js';

/** Two partial refunds: WeChat takes one a minute for an order, so the second waits its turn. */
export async function twoParts(stage: Stage): Promise<void> {
  const { wechat, teller, clerk } = stage;
  teller.story(5, 'two partial refunds', '同一订单两次部分退款：第二笔排队，互不超额');
  const sale = await beginPaidSale(stage);
  const { customer, order, payment } = sale;
  const parts = [Math.floor(order.payableFen / 4), Math.floor(order.payableFen / 3)] as const;

  const first = await clerk.approves(await customer.wantsBack(order, parts[0], '少发一件'));
  teller.people(`Staff approve ${yuan(parts[0])}: ${first.status}`);
  const second = await clerk.approves(await customer.wantsBack(order, parts[1], '有破损'));
  insist(second.waitReason === 'RATE_LIMITED', `The second part must wait its turn, it waits for ${second.waitReason}`);
  teller.people(`Staff approve ${yuan(parts[1])}: ${second.status}, waiting for its minute (${second.waitReason})`);

  const total = parts[0] + parts[1];
  const seen = await untilRefunded(stage, sale, total);
  insist(seen.refundStatus === 'PARTIAL', `The order's refundStatus must be PARTIAL, it is ${seen.refundStatus}`);
  const { refunds } = await wechat.refunded(payment.outTradeNo);
  insist(refunds === 2, `WeChat should have two refunds, it has ${refunds}`);
  teller.asks('GET  /api/orders/{orderNo}', `${seen.status}, refund ${seen.refundStatus}, ${yuan(seen.refundedFen)}`);
  teller.right(`both parts are back, ${yuan(total)} of ${yuan(order.payableFen)}, the rest is still the shop's`);
}
