import { assertThat } from './assertions.js';
import { requestRefund, assertRefunded, approveRefund, reportResultSource, waitForRefund } from './refund-steps.js';
import { createPaidSale, type DemoEnvironment } from './demo-environment.js';
import { formatYuan } from './narrator.js';

/** Asked for, approved, sent with the merchant's certificate, and back only when WeChat says so. */
export async function refundInFull(stage: DemoEnvironment): Promise<void> {
  const { narrator: teller, merchant: clerk } = stage;
  teller.startStory(4, 'somebody wants their money back', '买家申请退款，商家同意，款项原路退回，库存退回');
  const sale = await createPaidSale(stage);
  const { buyer: customer, order, product, stockBefore } = sale;
  const amountFen = order.payableFen;

  const refund = await requestRefund(stage, sale, { amountFen, reason: '不想要了' });
  const waiting = await customer.getOrder(order);
  const isWaiting = waiting.refundStatus === 'REQUESTED' && waiting.refundedFen === 0;
  assertThat(isWaiting, `The order must show REQUESTED and nothing given back, it shows ${waiting.refundStatus}`);
  const queue = await clerk.listPendingRefunds();
  assertThat(
    queue.some(({ refundNo }) => refundNo === refund.refundNo),
    'The staff do not see what was asked for',
  );
  teller.staffCall('GET  /admin/api/refunds', `${queue.length} to decide, with the reason 不想要了`);
  const { facts } = await clerk.getRefund(refund);
  teller.staffCall(
    'GET  …/refunds/{refundNo}',
    `paid ${formatYuan(facts.paidFen)}, given back ${formatYuan(facts.refundedFen)}, left after this ${formatYuan(facts.remainingFen)}`,
  );
  await approveRefund(stage, refund);

  await waitForRefund(stage, sale, refund);
  await reportResultSource(stage, sale, refund);
  await assertRefunded(stage, sale, { refundStatus: 'FULL', refundedFen: amountFen, refunds: 1 });
  teller.checkPassed(`${formatYuan(amountFen)} are back, in WeChat's books as in the shop's`);
  const stock = await customer.getStock(product);
  assertThat(stock >= stockBefore, `The stock should be ${stockBefore} again, it is ${stock}`);
  teller.checkPassed(`the goods are on the shelf again: ${stockBefore} before the order, ${stock} now`);
}
