import { insist } from './checks.js';
import { asksForMoney, calls, insistOnBack, isApproved, untilBack } from './refunding.js';
import { beginPaidSale, type Stage } from './stage.js';
import { yuan } from './teller.js';

/** WeChat takes one refund of a payment in this many seconds. */
const SPACING_SECONDS = 60;

/** Two partial refunds: WeChat takes one a minute for a payment, so the second waits its turn. */
export async function twoParts(stage: Stage): Promise<void> {
  const { wechat, teller } = stage;
  teller.story(5, 'two partial refunds', '同一笔付款两次部分退款：第二笔排队一分钟再发出');
  const sale = await beginPaidSale(stage);
  const { customer, order, payment, product, stockBefore } = sale;
  const [one, other] = [product.priceFen, Math.floor(product.priceFen / 4)];

  const first = await asksForMoney(stage, sale, { amountFen: one, reason: '少发一件' });
  await isApproved(stage, first);
  const second = await asksForMoney(stage, sale, { amountFen: other, reason: '另一件有破损' });
  const waiting = await isApproved(stage, second);
  const isInLine = waiting.waitReason === 'RATE_LIMITED' && waiting.sendCount === 0;
  insist(isInLine, `The second must wait its minute unsent, it is ${waiting.status}, ${waiting.waitReason ?? ''}`);
  teller.people('WeChat takes one refund of a payment a minute, so the shop holds the second back; the minute passes');
  await wechat.passesUntil(waiting.nextCheckAt);

  for (const refund of [first, second]) await untilBack(stage, sale, refund);
  const moments = (await calls(stage, payment.outTradeNo, 'refund')).map(({ at }) => new Date(at).getTime());
  const gapSeconds = ((moments[1] ?? 0) - (moments[0] ?? 0)) / 1000;
  insist(moments.length === 2, `WeChat should have been called twice, it was called ${moments.length} times`);
  insist(gapSeconds >= SPACING_SECONDS, `The second was sent ${gapSeconds} seconds after the first`);
  teller.wechat(`two calls of refund, ${Math.round(gapSeconds)} seconds apart; WeChat refuses neither`);
  await insistOnBack(stage, sale, { refundStatus: 'PARTIAL', refundedFen: one + other, refunds: 2 });
  const stock = await customer.stockOf(product);
  insist(stock < stockBefore, `A part is no return of the goods, but the stock is ${stock}`);
  const rest = order.payableFen - one - other;
  teller.right(`${yuan(one)} and ${yuan(other)} are back; ${yuan(rest)} stay with the shop, and the goods stay sold`);
}
