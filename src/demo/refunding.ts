import { insist, until } from './checks.js';
import type { DeskRefund } from './clerk.js';
import type { Order, Refund } from './customer.js';
import type { Sale, Stage } from './stage.js';
import { yuan } from './teller.js';
import { told } from './wechat.js';

/** Real seconds: several ticks of the jobs. */
const PATIENCE_SECONDS = 30;
/** Virtual seconds in which WeChat pays out, unless it has been told to take longer. */
const WECHAT_WORKS_SECONDS = 3;

/** What the buyer asks for, and why. */
interface Wish {
  amountFen: number;
  reason: string;
}

/** The buyer asks in the mini-program: written down and reserved, and nothing more yet. */
export async function asksForMoney({ teller }: Stage, sale: Sale, { amountFen, reason }: Wish): Promise<Refund> {
  const { customer, order } = sale;
  const refund = await customer.wantsBack(order, amountFen, reason);
  insist(refund.status === 'REQUESTED', `A new refund must be REQUESTED, it is ${refund.status}`);
  insist(refund.amountFen === amountFen, `${yuan(amountFen)} were asked for, not ${yuan(refund.amountFen)}`);
  teller.asks(
    'POST /api/orders/{orderNo}/refunds',
    `${refund.refundNo}, ${refund.status}, ${yuan(amountFen)}: ${reason}`,
  );
  return refund;
}

/** The staff say yes, and WeChat takes it on or lets it wait. */
export async function isApproved({ teller, clerk }: Stage, refund: Refund): Promise<DeskRefund> {
  const decided = await clerk.approves(refund);
  const wait = decided.waitReason === null ? '' : `, ${decided.waitReason}`;
  const sent = decided.sendCount === 0 ? 'not sent yet' : 'sent to WeChat';
  teller.staff('POST …/refunds/{refundNo}/approve', `${decided.status}${wait}: ${sent}`);
  return decided;
}

/** Waits until the buyer sees that the money is back. */
export async function untilBack({ wechat }: Stage, { customer }: Sale, refund: Refund): Promise<Refund> {
  await wechat.passes(WECHAT_WORKS_SECONDS);
  let last = refund;
  const what = (): string => `Refund ${refund.refundNo} should have SUCCEEDED (it is ${last.status})`;
  return until({ what, seconds: PATIENCE_SECONDS }, async () => {
    last = await customer.seesRefund(refund);
    return last.status === 'SUCCEEDED' ? last : null;
  });
}

/** How the shop has heard of the end of a refund, in WeChat's own record. */
export async function tellHowItWasHeard(stage: Stage, { payment }: Sale, { refundNo }: Refund): Promise<void> {
  const notices = (await stage.wechat.notices(payment.outTradeNo)).filter((each) => each.out_refund_no === refundNo);
  const accepted = notices.flatMap(({ attempts }) => attempts).find(({ isAccepted }) => isAccepted);
  stage.teller.wechat(
    accepted
      ? `WeChat sends its refund notice; the shop answers SUCCESS after ${accepted.latencyMs} ms`
      : `the shop asks WeChat: ${(await calls(stage, payment.outTradeNo, 'refundquery')).map(told).join(', ')}`,
  );
}

/** The calls of one kind that WeChat has received about a payment and its refunds. */
export async function calls({ wechat }: Stage, outTradeNo: string, kind: string): ReturnType<typeof wechat.messages> {
  const messages = await wechat.messages(outTradeNo);
  return messages.filter(({ direction, path }) => direction === 'received' && path.endsWith(`/${kind}`));
}

/** What must be back in the end, here and at WeChat. */
interface End {
  refundStatus: Order['refundStatus'];
  refundedFen: number;
  refunds: number;
}

/** @throws NotAsItShouldBe unless order and WeChat's books agree on what went back, and in how many refunds. */
export async function insistOnBack(stage: Stage, { customer, order, payment }: Sale, end: End): Promise<Order> {
  const seen = await customer.sees(order);
  const theirs = await stage.wechat.booked(payment.outTradeNo);
  const ours = `${seen.refundStatus}, ${yuan(seen.refundedFen)}`;
  const isRight = seen.refundStatus === end.refundStatus && seen.refundedFen === end.refundedFen;
  insist(isRight, `The order must show ${end.refundStatus}, ${yuan(end.refundedFen)} given back; it shows ${ours}`);
  const count = theirs?.refunds.length ?? 0;
  const isBooked = theirs?.refundedFen === end.refundedFen && count === end.refunds;
  insist(isBooked, `WeChat's books have ${count} refunds, ${yuan(theirs?.refundedFen ?? 0)}; the order shows ${ours}`);
  stage.teller.asks('GET  /api/orders/{orderNo}', `${seen.status}; given back: ${ours}`);
  return seen;
}
