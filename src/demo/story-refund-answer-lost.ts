import { assertThat } from './assertions.js';
import {
  requestRefund,
  callsAtWechat,
  assertRefunded,
  approveRefund,
  reportResultSource,
  waitForRefund,
} from './refund-steps.js';
import { createPaidSale, type DemoEnvironment } from './demo-environment.js';
import { formatYuan } from './narrator.js';

/** WeChat refunds, and neither its answer nor its notice arrives: unknown is not no, and no second refund is made. */
export async function refundWithLostAnswer(stage: DemoEnvironment): Promise<void> {
  const { wechat, narrator: teller } = stage;
  teller.startStory(
    6,
    'WeChat gives the money back, and its answer is lost',
    '微信已受理退款，应答和通知都丢失：查单补上，只退一次',
  );
  const sale = await createPaidSale(stage);
  const { order, payment } = sale;
  const refund = await requestRefund(stage, sale, { amountFen: order.payableFen, reason: '拍错了' });
  const { refundNo: out_refund_no } = refund;
  await wechat.injectFault({ endpoint: 'refund', kind: 'reset', when: 'after', out_refund_no });
  await wechat.injectFault({ endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no });

  const decided = await approveRefund(stage, refund);
  assertThat(
    decided.waitReason === 'UNKNOWN_OUTCOME',
    `The outcome must be unknown, it is ${decided.waitReason ?? 'known'}`,
  );
  teller.userAction(
    'WeChat has done it, but the connection breaks before the answer; the shop knows neither yes nor no',
  );
  await wechat.advanceUntil(decided.nextCheckAt);

  await waitForRefund(stage, sale, refund);
  await reportResultSource(stage, sale, refund);
  const sent = await callsAtWechat(stage, payment.outTradeNo, 'refund');
  assertThat(sent.length === 1, `The shop should ask before it sends again, but it has sent ${sent.length} times`);
  await assertRefunded(stage, sale, { refundStatus: 'FULL', refundedFen: order.payableFen, refunds: 1 });
  teller.checkPassed(
    `exactly one refund in WeChat's books: ${formatYuan(order.payableFen)} under the number ${out_refund_no}`,
  );
}
