import { assertThat, retryUntil } from '../assertions.ts';
import { createSale, type DemoEnvironment, type Sale } from '../demo-environment.ts';
import {
  HOUR_SECONDS,
  payWhileWechatFails,
  waitForAutomaticRefund,
  waitUntilClosedLocally,
} from '../late-payment-steps.ts';
import { formatYuan } from '../narrator.ts';
import { assertRefunded, reportResultSource, waitForRefund } from '../refund-steps.ts';

/** A payment that becomes known after its order was closed is refunded automatically. */
export async function refundLatePayment(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(7, 'a payment that arrives after the order was closed', '订单关闭后才得知的付款：自动原路退回');
  const sale = await createSale({ ...environment, narrator: narrator.silent() });
  narrator.userAction(
    `A user orders and opens the payment sheet: order ${sale.order.orderNo}, ${formatYuan(sale.order.payableFen)}`,
  );
  try {
    await payWhileWechatFails(environment, sale, { kind: 'delay', delayMs: 3 * HOUR_SECONDS * 1000 });
    narrator.userAction(
      'The user pays, but WeChat responds to queries with "no such order" and delays the notice by hours',
    );
    await waitUntilClosedLocally(environment, sale);
  } finally {
    await wechat.clearFaults();
  }
  await waitForLateNotice(environment, sale);

  const refund = await waitForAutomaticRefund(environment, sale);
  if (!refund) return;
  await waitForRefund(environment, sale, refund);
  await reportResultSource(environment, sale, refund);
  const end = { refundStatus: 'FULL', refundedFen: sale.order.payableFen, refunds: 1 } as const;
  const seen = await assertRefunded(environment, sale, end);
  assertThat(seen.status === 'CLOSED', `The order must stay CLOSED, but it is ${seen.status}`);
  narrator.checkPassed(`${formatYuan(end.refundedFen)} were refunded automatically, exactly once: ${refund.refundNo}`);
}

/** The late notice arrives. */
async function waitForLateNotice({ wechat, narrator }: DemoEnvironment, { payment }: Sale): Promise<void> {
  await wechat.advance(HOUR_SECONDS);
  const description = 'The service must accept the late notice';
  const attempt = await retryUntil(description, async () => {
    const attempts = (await wechat.listNotices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  narrator.wechatExchange(
    `WeChat sends the notice three hours late; the service accepts it after ${attempt.latencyMs} ms`,
  );
}
