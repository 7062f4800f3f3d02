import { assertThat } from './assertions.js';
import { requestRefund, assertRefunded, approveRefund, reportResultSource, waitForRefund } from './refund-steps.js';
import { createPaidSale, type DemoEnvironment } from './demo-environment.js';
import { formatYuan } from './narrator.js';

/** A refund is requested, approved and sent with the merchant certificate. It succeeds when WeChat reports it. */
export async function refundInFull(environment: DemoEnvironment): Promise<void> {
  const { narrator, merchant } = environment;
  narrator.startStory(4, 'a full refund', '买家申请退款，商家同意，款项原路退回，库存退回');
  const sale = await createPaidSale(environment);
  const { buyer, order, product, stockBefore } = sale;
  const amountFen = order.payableFen;

  const refund = await requestRefund(environment, sale, { amountFen, reason: '不想要了' });
  const waiting = await buyer.getOrder(order);
  const isWaiting = waiting.refundStatus === 'REQUESTED' && waiting.refundedFen === 0;
  assertThat(isWaiting, `The order must show REQUESTED and no refunded amount, but it shows ${waiting.refundStatus}`);
  const queue = await merchant.listPendingRefunds();
  assertThat(
    queue.some(({ refundNo }) => refundNo === refund.refundNo),
    'The refund request is missing in the admin list',
  );
  narrator.staffCall('GET  /admin/api/refunds', `${queue.length} to decide, one with the reason 不想要了`);
  const { facts } = await merchant.getRefund(refund);
  narrator.staffCall(
    'GET  …/refunds/{refundNo}',
    `paid ${formatYuan(facts.paidFen)}, refunded ${formatYuan(facts.refundedFen)}, refundable after this ${formatYuan(facts.remainingFen)}`,
  );
  await approveRefund(environment, refund);

  await waitForRefund(environment, sale, refund);
  await reportResultSource(environment, sale, refund);
  await assertRefunded(environment, sale, { refundStatus: 'FULL', refundedFen: amountFen, refunds: 1 });
  narrator.checkPassed(`${formatYuan(amountFen)} are refunded, in WeChat's ledger and in the order`);
  const stock = await buyer.getStock(product);
  assertThat(stock >= stockBefore, `The stock must be ${stockBefore} again, but it is ${stock}`);
  narrator.checkPassed(`the stock is restored: ${stockBefore} before the order, ${stock} now`);
}
