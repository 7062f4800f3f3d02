import { assertThat, retryUntil } from './assertions.js';
import type { AdminRefund } from './merchant-client.js';
import type { Order, Refund } from './buyer-client.js';
import type { Sale, DemoEnvironment } from './demo-environment.js';
import { formatYuan } from './narrator.js';
import { describeCall } from './simulator-control-client.js';

/** Real seconds: several job ticks. */
const TIMEOUT_SECONDS = 30;
/** Simulated seconds in which WeChat pays out a refund by default. */
const WECHAT_PAYOUT_SECONDS = 3;

/** The amount and the reason of a refund request. */
interface RefundInput {
  amountFen: number;
  reason: string;
}

/** The buyer requests a refund in the mini-program. The amount is reserved; nothing is sent to WeChat yet. */
export async function requestRefund(
  { narrator }: DemoEnvironment,
  sale: Sale,
  { amountFen, reason }: RefundInput,
): Promise<Refund> {
  const { buyer, order } = sale;
  const refund = await buyer.requestRefund(order, amountFen, reason);
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
export async function approveRefund({ narrator, merchant }: DemoEnvironment, refund: Refund): Promise<AdminRefund> {
  const decided = await merchant.approveRefund(refund);
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
  return retryUntil({ description, timeoutSeconds: TIMEOUT_SECONDS }, async () => {
    last = await buyer.getRefund(refund);
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
      ? `WeChat sends the refund notice; the service answers SUCCESS after ${accepted.latencyMs} ms`
      : `the service queries WeChat: ${(await callsAtWechat(environment, payment.outTradeNo, 'refundquery')).map(describeCall).join(', ')}`,
  );
}

/** The calls of one kind that WeChat received for a payment and its refunds. */
export async function callsAtWechat(
  { wechat }: DemoEnvironment,
  outTradeNo: string,
  kind: string,
): ReturnType<typeof wechat.listMessages> {
  const messages = await wechat.listMessages(outTradeNo);
  return messages.filter(({ direction, path }) => direction === 'received' && path.endsWith(`/${kind}`));
}

/** The expected refund totals, in the order and at WeChat. */
interface ExpectedRefunds {
  refundStatus: Order['refundStatus'];
  refundedFen: number;
  refunds: number;
}

/** @throws DemoFailedError unless the order and WeChat's ledger have the expected refunds. */
export async function assertRefunded(
  environment: DemoEnvironment,
  { buyer, order, payment }: Sale,
  end: ExpectedRefunds,
): Promise<Order> {
  const seen = await buyer.getOrder(order);
  const theirs = await environment.wechat.getLedgerLine(payment.outTradeNo);
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
