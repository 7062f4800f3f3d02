import { assertThat, retryUntil } from '../assertions.ts';
import { createSale, readOrder, type DemoEnvironment, type Sale } from '../demo-environment.ts';
import { payWhileWechatFails, waitForAutomaticRefund, waitUntilClosedLocally } from '../late-payment-steps.ts';
import { formatYuan } from '../narrator.ts';
import { assertRefunded, waitForRefund } from '../refund-steps.ts';
import { expectOk } from '../../tools/client/typed-client.ts';

const DAY_MS = 86_400_000;
const BEIJING_AHEAD_MS = 8 * 3600_000;
/** 10:31 in Beijing: later than the time when the service downloads bills, with its longest delay. */
const MORNING_MS = (10 * 60 + 31) * 60_000;

/** A payment whose notice and queries all failed is found on WeChat's bill the next morning. */
export async function findPaymentOnBill(environment: DemoEnvironment): Promise<void> {
  const { wechat, narrator } = environment;
  narrator.startStory(13, 'a payment that only the bill reports', '支付通知和查单全部失败的付款：次日由对账单找回');
  const sale = await createSale({ ...environment, narrator: narrator.silent() });
  narrator.userAction(
    `A user orders and opens the payment sheet: order ${sale.order.orderNo}, ${formatYuan(sale.order.payableFen)}`,
  );
  try {
    await payWhileWechatFails(environment, sale, { kind: 'lose_forever' });
    narrator.userAction(
      'The user pays, but WeChat responds to queries with "no such order" and never sends the notice',
    );
    await waitUntilClosedLocally(environment, sale);
  } finally {
    await wechat.clearFaults();
  }
  const day = await waitForMorningAfterPayment(environment, sale);
  await waitUntilHealed(environment, sale, day);

  const refund = await waitForAutomaticRefund(environment, sale);
  if (!refund) return;
  await waitForRefund(environment, sale, refund);
  const end = { refundStatus: 'FULL', refundedFen: sale.order.payableFen, refunds: 1 } as const;
  const seen = await assertRefunded(environment, sale, end);
  assertThat(seen.status === 'CLOSED', `The order must stay CLOSED, but it is ${seen.status}`);
  narrator.checkPassed(`${formatYuan(end.refundedFen)} were refunded automatically, exactly once: ${refund.refundNo}`);
}

/** @returns the Beijing day of the payment. */
async function waitForMorningAfterPayment(environment: DemoEnvironment, sale: Sale): Promise<string> {
  const { wechat, narrator } = environment;
  const { outTradeNo } = sale.payment;
  const paidAt = new Date((await wechat.getLedgerLine(outTradeNo))?.paidAt ?? '');
  const day = new Date(paidAt.getTime() + BEIJING_AHEAD_MS).toISOString().slice(0, 10);
  const before = await readOrder(sale);
  assertThat(before.paidFen === 0, `Nothing must be known of the payment, but ${formatYuan(before.paidFen)} are paid`);
  narrator.checkPassed(
    'the service knows of no payment: no notice came, and a closed payment is not queried any longer',
  );
  const morning = new Date(Date.parse(`${day}T00:00:00+08:00`) + DAY_MS + MORNING_MS);
  await wechat.advanceUntil(morning.toISOString());
  narrator.userAction(`The next morning, 10:31 in Beijing: WeChat has the bill of ${day}`);
  return day;
}

/** Staff ask for what the scheduled job does at this time too. A day on which the job works is busy. */
async function waitUntilHealed({ staff, narrator }: DemoEnvironment, sale: Sale, day: string): Promise<void> {
  const { outTradeNo } = sale.payment;
  const found = await retryUntil(`The bill of ${day} must report the payment ${outTradeNo}`, async () => {
    const reply = await staff.reconcileBill(day);
    if (!reply.isOk) return null;
    const { items } = expectOk('the differences', await staff.listBillDifferences(day));
    const difference = items.find((each) => each.outTradeNo === outTradeNo && each.status === 'RESOLVED');
    return difference === undefined ? null : { bill: reply.body, difference };
  });
  const { bill, difference } = found;
  narrator.wechatExchange(
    `the service downloads the bill of ${day}: ${bill.payments.count} payments, ${formatYuan(bill.payments.fen)}`,
  );
  narrator.staffCall(
    'GET  …/bills/{date}/differences',
    `${difference.kind} ${outTradeNo}: ${difference.status}, ${difference.resolution ?? ''}`,
  );
  assertThat(
    difference.kind === 'MISSING_HERE',
    `The payment must be missing here at first, but the difference is ${difference.kind}`,
  );
  narrator.checkPassed(
    'the payment was on the bill and missing here; the service queried it at WeChat and recorded it',
  );
}
