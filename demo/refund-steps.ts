import { assertThat, retryUntil } from './assertions.ts';
import type { AdminRefund, Order, Refund } from '../tools/client/service-client.ts';
import { expectOk } from '../tools/client/typed-client.ts';
import { readOrder, type Sale, type DemoEnvironment } from './demo-environment.ts';
import { describeCall, formatYuan, isCall, type Call } from './narrator.ts';

/** Simulated seconds in which WeChat pays out a refund by default. */
const WECHAT_PAYOUT_SECONDS = 3;

/** The buyer requests a refund in the mini-program. The amount is reserved; nothing is sent to WeChat yet. */
export async function requestRefund(
  { narrator }: DemoEnvironment,
  sale: Sale,
  { amountFen, reason }: { amountFen: number; reason: string },
): Promise<Refund> {
  const { buyer, order } = sale;
  const key = { idempotencyKey: crypto.randomUUID() };
  const refund = expectOk('the refund', await buyer.requestRefund(order.orderNo, { amountFen, reason }, key));
  assertThat(refund.status === 'REQUESTED', `A new refund must be REQUESTED, but it is ${refund.status}`);
  assertThat(
    refund.amountFen === amountFen,
    `The refund must be ${formatYuan(amountFen)}, but it is ${formatYuan(refund.amountFen)}`,
  );
  narrator.buyerCall(
    'POST /api/orders/{orderNo}/refunds',
    `${refund.refundNo}, ${refund.status}, ${formatYuan(amountFen)}: ${reason}`,
  );
  return refund;
}

/** Staff approve the refund. It is sent to WeChat or waits. */
export async function approveRefund({ narrator, staff }: DemoEnvironment, refund: Refund): Promise<AdminRefund> {
  const decided = expectOk('approve', await staff.approveRefund(refund.refundNo));
  const wait = decided.waitReason === null ? '' : `, ${decided.waitReason}`;
  const sent = decided.sendCount === 0 ? 'not sent yet' : 'sent to WeChat';
  narrator.staffCall('POST …/refunds/{refundNo}/approve', `${decided.status}${wait}: ${sent}`);
  return decided;
}

/** Waits until the buyer sees the refund as succeeded. */
export async function waitForRefund({ wechat }: DemoEnvironment, { buyer }: Sale, refund: Refund): Promise<Refund> {
  await wechat.advance(WECHAT_PAYOUT_SECONDS);
  let last = refund;
  const description = (): string => `Refund ${refund.refundNo} must be SUCCEEDED, but it is ${last.status}`;
  return retryUntil(description, async () => {
    last = expectOk('the refund', await buyer.getRefund(refund.refundNo));
    return last.status === 'SUCCEEDED' ? last : null;
  });
}

/** Reports how the service received the result of a refund, according to WeChat's log. */
export async function reportResultSource(
  environment: DemoEnvironment,
  { payment }: Sale,
  { refundNo }: Refund,
): Promise<void> {
  const notices = (await environment.wechat.listNotices(payment.outTradeNo)).filter(
    (each) => each.out_refund_no === refundNo,
  );
  const accepted = notices.flatMap(({ attempts }) => attempts).find(({ isAccepted }) => isAccepted);
  environment.narrator.wechatExchange(
    accepted
      ? `WeChat sends the refund notice; the service accepts it after ${accepted.latencyMs} ms`
      : `the service queries WeChat: ${(await listCallsAtWechat(environment, payment.outTradeNo, 'refund query')).map(describeCall).join(', ')}`,
  );
}

/** The calls of one kind that WeChat received for a payment and its refunds. */
export async function listCallsAtWechat(
  { wechat }: DemoEnvironment,
  outTradeNo: string,
  call: Call,
): ReturnType<typeof wechat.listMessages> {
  return (await wechat.listMessages({ out_trade_no: outTradeNo })).filter((message) => isCall(message, call));
}

/** The expected refund totals, in the order and at WeChat. */
interface ExpectedRefunds {
  refundStatus: Order['refundStatus'];
  refundedFen: number;
  refunds: number;
}

/** @throws DemoFailedError unless the order and WeChat's ledger have the expected refunds. */
export async function assertRefunded(environment: DemoEnvironment, sale: Sale, end: ExpectedRefunds): Promise<Order> {
  const seen = await readOrder(sale);
  const theirs = await environment.wechat.getLedgerLine(sale.payment.outTradeNo);
  const ours = `${seen.refundStatus}, ${formatYuan(seen.refundedFen)}`;
  const isRight = seen.refundStatus === end.refundStatus && seen.refundedFen === end.refundedFen;
  assertThat(
    isRight,
    `The order must show ${end.refundStatus}, ${formatYuan(end.refundedFen)} refunded, but it shows ${ours}`,
  );
  const count = theirs?.refunds.length ?? 0;
  const isBooked = theirs?.refundedFen === end.refundedFen && count === end.refunds;
  assertThat(
    isBooked,
    `WeChat's ledger has ${count} refunds, ${formatYuan(theirs?.refundedFen ?? 0)}, but the order shows ${ours}`,
  );
  environment.narrator.buyerCall('GET  /api/orders/{orderNo}', `${seen.status}, refunds: ${ours}`);
  return seen;
}
