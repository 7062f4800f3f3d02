import { assertThat } from '../assertions.ts';
import {
  requestRefund,
  listCallsAtWechat,
  assertRefunded,
  approveRefund,
  reportResultSource,
  waitForRefund,
} from '../refund-steps.ts';
import { createPaidSale, type DemoEnvironment } from '../demo-environment.ts';
import { formatYuan } from '../narrator.ts';

/** WeChat refunds, but its response and its notice are lost: the outcome is unknown, and no second refund is made. */
export async function refundWithLostAnswer(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(
    6,
    'WeChat accepts a refund, but its response is lost',
    '微信已受理退款，应答和通知都丢失：查单补上，只退一次',
  );
  const sale = await createPaidSale(environment);
  const { order, payment } = sale;
  const refund = await requestRefund(environment, sale, { amountFen: order.payableFen, reason: '拍错了' });
  const { refundNo: out_refund_no } = refund;
  await wechat.injectFault({ endpoint: 'refund', kind: 'reset', when: 'after', out_refund_no });
  await wechat.injectFault({ endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no });

  const decided = await approveRefund(environment, refund);
  assertThat(
    decided.waitReason === 'UNKNOWN_OUTCOME',
    `The outcome must be unknown, but the wait reason is ${decided.waitReason ?? 'null'}`,
  );
  narrator.userAction(
    'WeChat refunds, but the connection breaks before the response: for the service the outcome is unknown',
  );
  await wechat.advanceUntil(decided.nextCheckAt);

  await waitForRefund(environment, sale, refund);
  await reportResultSource(environment, sale, refund);
  const sent = await listCallsAtWechat(environment, payment.outTradeNo, 'refund');
  assertThat(
    sent.length === 1,
    `The service must query before it sends the refund again, but it sent it ${sent.length} times`,
  );
  await assertRefunded(environment, sale, { refundStatus: 'FULL', refundedFen: order.payableFen, refunds: 1 });
  narrator.checkPassed(
    `exactly one refund in WeChat's ledger: ${formatYuan(order.payableFen)} with the number ${out_refund_no}`,
  );
}
