import { insist } from './checks.js';
import { asksForMoney, calls, insistOnBack, isApproved, tellHowItWasHeard, untilBack } from './refunding.js';
import { beginPaidSale, type Stage } from './stage.js';
import { yuan } from './teller.js';

/** WeChat refunds, and neither its answer nor its notice arrives: unknown is not no, and no second refund is made. */
export async function theAnswerIsLost(stage: Stage): Promise<void> {
  const { wechat, teller } = stage;
  teller.story(
    6,
    'WeChat gives the money back, and its answer is lost',
    '微信已受理退款，应答和通知都丢失：查单补上，只退一次',
  );
  const sale = await beginPaidSale(stage);
  const { order, payment } = sale;
  const refund = await asksForMoney(stage, sale, { amountFen: order.payableFen, reason: '拍错了' });
  const { refundNo: out_refund_no } = refund;
  await wechat.fails({ endpoint: 'refund', kind: 'reset', when: 'after', out_refund_no });
  await wechat.fails({ endpoint: 'refund-notice', kind: 'lose_forever', out_refund_no });

  const decided = await isApproved(stage, refund);
  insist(
    decided.waitReason === 'UNKNOWN_OUTCOME',
    `The outcome must be unknown, it is ${decided.waitReason ?? 'known'}`,
  );
  teller.people('WeChat has done it, but the connection breaks before the answer; the shop knows neither yes nor no');
  await wechat.passesUntil(decided.nextCheckAt);

  await untilBack(stage, sale, refund);
  await tellHowItWasHeard(stage, sale, refund);
  const sent = await calls(stage, payment.outTradeNo, 'refund');
  insist(sent.length === 1, `The shop should ask before it sends again, but it has sent ${sent.length} times`);
  await insistOnBack(stage, sale, { refundStatus: 'FULL', refundedFen: order.payableFen, refunds: 1 });
  teller.right(`exactly one refund in WeChat's books: ${yuan(order.payableFen)} under the number ${out_refund_no}`);
}
