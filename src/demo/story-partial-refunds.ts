import { assertThat } from './assertions.js';
import { requestRefund, callsAtWechat, assertRefunded, approveRefund, waitForRefund } from './refund-steps.js';
import { createPaidSale, type DemoEnvironment } from './demo-environment.js';
import { formatYuan } from './narrator.js';

/** WeChat takes one refund of a payment in this many seconds. */
const SPACING_SECONDS = 60;

/** Two partial refunds: WeChat takes one a minute for a payment, so the second waits its turn. */
export async function refundInParts(stage: DemoEnvironment): Promise<void> {
  const { wechat, narrator: teller } = stage;
  teller.startStory(5, 'two partial refunds', '同一笔付款两次部分退款：第二笔排队一分钟再发出');
  const sale = await createPaidSale(stage);
  const { buyer: customer, order, payment, product, stockBefore } = sale;
  const [one, other] = [product.priceFen, Math.floor(product.priceFen / 4)];

  const first = await requestRefund(stage, sale, { amountFen: one, reason: '少发一件' });
  await approveRefund(stage, first);
  const second = await requestRefund(stage, sale, { amountFen: other, reason: '另一件有破损' });
  const waiting = await approveRefund(stage, second);
  const isInLine = waiting.waitReason === 'RATE_LIMITED' && waiting.sendCount === 0;
  assertThat(isInLine, `The second must wait its minute unsent, it is ${waiting.status}, ${waiting.waitReason ?? ''}`);
  teller.userAction(
    'WeChat takes one refund of a payment a minute, so the shop holds the second back; the minute passes',
  );
  await wechat.advanceUntil(waiting.nextCheckAt);

  for (const refund of [first, second]) await waitForRefund(stage, sale, refund);
  const moments = (await callsAtWechat(stage, payment.outTradeNo, 'refund')).map(({ at }) => new Date(at).getTime());
  const gapSeconds = ((moments[1] ?? 0) - (moments[0] ?? 0)) / 1000;
  assertThat(moments.length === 2, `WeChat should have been called twice, it was called ${moments.length} times`);
  assertThat(gapSeconds >= SPACING_SECONDS, `The second was sent ${gapSeconds} seconds after the first`);
  teller.wechatExchange(`two calls of refund, ${Math.round(gapSeconds)} seconds apart; WeChat refuses neither`);
  await assertRefunded(stage, sale, { refundStatus: 'PARTIAL', refundedFen: one + other, refunds: 2 });
  const stock = await customer.getStock(product);
  assertThat(stock < stockBefore, `A part is no return of the goods, but the stock is ${stock}`);
  const rest = order.payableFen - one - other;
  teller.checkPassed(
    `${formatYuan(one)} and ${formatYuan(other)} are back; ${formatYuan(rest)} stay with the shop, and the goods stay sold`,
  );
}
