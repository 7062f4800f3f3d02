import { assertThat } from '../assertions.ts';
import { requestRefund, listCallsAtWechat, assertRefunded, approveRefund, waitForRefund } from '../refund-steps.ts';
import { createPaidSale, readStock, type DemoEnvironment } from '../demo-environment.ts';
import { formatYuan } from '../narrator.ts';

/** WeChat accepts one refund per payment in this many seconds. */
const SPACING_SECONDS = 60;

/** Two partial refunds: WeChat accepts one per minute and payment, so the second one waits. */
export async function refundInParts(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(5, 'two partial refunds', '同一笔付款两次部分退款：第二笔排队一分钟再发出');
  const sale = await createPaidSale(environment);
  const { order, payment, product, stockBefore } = sale;
  const [one, other] = [product.priceFen, Math.floor(product.priceFen / 4)];

  const first = await requestRefund(environment, sale, { amountFen: one, reason: '少发一件' });
  await approveRefund(environment, first);
  const second = await requestRefund(environment, sale, { amountFen: other, reason: '另一件有破损' });
  const waiting = await approveRefund(environment, second);
  const isInLine = waiting.waitReason === 'RATE_LIMITED' && waiting.sendCount === 0;
  assertThat(isInLine, `The second refund must wait unsent, but it is ${waiting.status}, ${waiting.waitReason ?? ''}`);
  narrator.userAction(
    'WeChat accepts one refund per payment and minute, so the service delays the second one; a minute passes',
  );
  await wechat.advanceUntil(waiting.nextCheckAt);

  for (const refund of [first, second]) await waitForRefund(environment, sale, refund);
  const moments = (await listCallsAtWechat(environment, payment.outTradeNo, 'refund')).map(({ at }) =>
    new Date(at).getTime(),
  );
  const gapSeconds = ((moments[1] ?? 0) - (moments[0] ?? 0)) / 1000;
  assertThat(moments.length === 2, `WeChat must be called twice, but it was called ${moments.length} times`);
  assertThat(gapSeconds >= SPACING_SECONDS, `The second was sent ${gapSeconds} seconds after the first`);
  narrator.wechatExchange(`two refund calls, ${Math.round(gapSeconds)} seconds apart; WeChat accepts both`);
  await assertRefunded(environment, sale, { refundStatus: 'PARTIAL', refundedFen: one + other, refunds: 2 });
  const stock = await readStock(sale);
  assertThat(stock < stockBefore, `A partial refund must not return the goods, but the stock is ${stock}`);
  const rest = order.payableFen - one - other;
  narrator.checkPassed(
    `${formatYuan(one)} and ${formatYuan(other)} are refunded; the shop keeps ${formatYuan(rest)}, and the stock is unchanged`,
  );
}
