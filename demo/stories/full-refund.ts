import { expectOk } from '../../tools/client/typed-client.ts';
import { assertThat } from '../assertions.ts';
import { requestRefund, assertRefunded, approveRefund, reportResultSource, waitForRefund } from '../refund-steps.ts';
import { assertStockReturned, createPaidSale, readOrder, type DemoEnvironment } from '../demo-environment.ts';
import { formatYuan } from '../narrator.ts';

/** A refund is requested, approved and sent with the merchant certificate. It succeeds when WeChat reports it. */
export async function refundInFull(environment: DemoEnvironment): Promise<void> {
  const { narrator, staff } = environment;
  narrator.startStory(4, 'a full refund', '买家申请退款，商家同意，款项原路退回，库存退回');
  const sale = await createPaidSale(environment);
  const amountFen = sale.order.payableFen;

  const refund = await requestRefund(environment, sale, { amountFen, reason: '不想要了' });
  const waiting = await readOrder(sale);
  const isWaiting = waiting.refundStatus === 'REQUESTED' && waiting.refundedFen === 0;
  assertThat(isWaiting, `The order must show REQUESTED and no refunded amount, but it shows ${waiting.refundStatus}`);
  const queue = expectOk('the refunds', await staff.listPendingRefunds()).items;
  assertThat(
    queue.some(({ refundNo }) => refundNo === refund.refundNo),
    'The refund request is missing in the admin list',
  );
  narrator.staffCall('GET  /admin/api/refunds', `${queue.length} to decide, one with the reason 不想要了`);
  const { facts } = expectOk('the refund', await staff.getRefund(refund.refundNo));
  narrator.staffCall(
    'GET  …/refunds/{refundNo}',
    `paid ${formatYuan(facts.paidFen)}, refunded ${formatYuan(facts.refundedFen)}, refundable after this ${formatYuan(facts.remainingFen)}`,
  );
  await approveRefund(environment, refund);

  await waitForRefund(environment, sale, refund);
  await reportResultSource(environment, sale, refund);
  await assertRefunded(environment, sale, { refundStatus: 'FULL', refundedFen: amountFen, refunds: 1 });
  narrator.checkPassed(`${formatYuan(amountFen)} are refunded, in WeChat's ledger and in the order`);
  await assertStockReturned(environment, sale);
}
