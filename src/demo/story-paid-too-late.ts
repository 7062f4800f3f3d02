import { insist, until } from './checks.js';
import type { DeskRefund } from './clerk.js';
import { calls, insistOnBack, tellHowItWasHeard, untilBack } from './refunding.js';
import { beginSale, type Sale, type Stage, untilSeen } from './stage.js';
import { yuan } from './teller.js';
import { told } from './wechat.js';

const HOUR_SECONDS = 3600;
/** Longer than a prepay_id lives: only then does the shop believe that there is no such order. */
const DENIED_SECONDS = 2 * HOUR_SECONDS;
/** Real seconds: several ticks of the jobs. */
const PATIENCE_SECONDS = 30;

/** Money for an order that is closed by then: the shop must not keep it, and gives it back by itself. */
export async function paidTooLate(stage: Stage): Promise<void> {
  const { wechat, teller } = stage;
  teller.story(7, 'a payment is heard of after the order was closed', '订单关闭后才得知的付款：自动原路退回');
  const sale = await beginSale({ ...stage, teller: teller.silently() });
  teller.people(`Somebody orders, and opens the cashier: order ${sale.order.orderNo}, ${yuan(sale.order.payableFen)}`);
  try {
    await paysOnABadDay(stage, sale);
    await isGivenUp(stage, sale);
  } finally {
    await wechat.recovers();
  }
  await isHeardOf(stage, sale);

  const refund = await goesBack(stage, sale);
  if (!refund) return;
  await untilBack(stage, sale, refund);
  await tellHowItWasHeard(stage, sale, refund);
  const end = { refundStatus: 'FULL', refundedFen: sale.order.payableFen, refunds: 1 } as const;
  const seen = await insistOnBack(stage, sale, end);
  insist(seen.status === 'CLOSED', `The order must stay CLOSED, it is ${seen.status}`);
  teller.right(`${yuan(end.refundedFen)} went back by themselves, once: ${refund.refundNo}, approved by nobody`);
}

/** WeChat's books have the money; whoever asks hears that there is no such order, and the notice is hours late. */
async function paysOnABadDay({ wechat, teller }: Stage, { customer, payment }: Sale): Promise<void> {
  const { outTradeNo: out_trade_no, requestPayment } = payment;
  const denial = { kind: 'err_code', errCode: 'ORDERNOTEXIST', times: -1, out_trade_no } as const;
  for (const endpoint of ['orderquery', 'closeorder'] as const) await wechat.fails({ endpoint, ...denial });
  await wechat.fails({ endpoint: 'notice', kind: 'delay', delayMs: 3 * HOUR_SECONDS * 1000, out_trade_no });
  const errMsg = await wechat.requestPayment(customer.openid, requestPayment);
  insist(errMsg === 'requestPayment:ok', `wx.requestPayment says ${errMsg}`);
  teller.people('The user pays, on a bad day of WeChat: it denies the order when asked, and its notice is hours late');
}

/** Held as long as somebody might be paying, then closed, with the stock. */
async function isGivenUp(stage: Stage, sale: Sale): Promise<void> {
  const { wechat, teller } = stage;
  const { customer, order, payment, product, stockBefore } = sale;
  await wechat.passesUntil(order.expiresAt);
  const what = 'The shop should ask WeChat when the time of the order is up';
  const closes = await until({ what, seconds: PATIENCE_SECONDS }, async () => {
    const seen = await calls(stage, payment.outTradeNo, 'closeorder');
    return seen.length > 0 ? seen : null;
  });
  const asked = (await calls(stage, payment.outTradeNo, 'orderquery')).at(-1);
  teller.wechat(
    `its time is up; the shop asks and closes: ${[asked, closes[0]].flatMap((m) => (m ? told(m) : [])).join(', ')}`,
  );
  const held = await customer.sees(order);
  insist(held.status === 'PENDING', `"No such order" is not to be believed yet, but the order is ${held.status}`);
  teller.right(`the order is still ${held.status}, its stock held: the user may hold an open cashier`);

  await wechat.passes(DENIED_SECONDS);
  const closed = await untilSeen(sale, 'CLOSED', PATIENCE_SECONDS);
  teller.people('Two hours later no cashier can be open any more');
  teller.asks(
    'GET  /api/orders/{orderNo}',
    `${closed.status}, ${closed.closeReason ?? ''}, paid ${yuan(closed.paidFen)}`,
  );
  const stock = await customer.stockOf(product);
  insist(stock >= stockBefore, `The stock should be ${stockBefore} again, it is ${stock}`);
  teller.right(`the stock is back: ${stockBefore} before the order, ${stock} now`);
}

/** The notice arrives after all. */
async function isHeardOf({ wechat, teller }: Stage, { payment }: Sale): Promise<void> {
  await wechat.passes(HOUR_SECONDS);
  const what = 'The shop should accept the late notice';
  const attempt = await until({ what, seconds: PATIENCE_SECONDS }, async () => {
    const attempts = (await wechat.notices(payment.outTradeNo)).flatMap((notice) => notice.attempts);
    return attempts.find(({ isAccepted }) => isAccepted) ?? null;
  });
  teller.wechat(`WeChat's notice is here, three hours late; the shop answers SUCCESS after ${attempt.latencyMs} ms`);
}

/** Null in a shop that delivers such an order after all, where its goods are still there. */
async function goesBack({ teller, clerk }: Stage, { customer, order }: Sale): Promise<DeskRefund | null> {
  const what = 'The money should be on its way back';
  const refund = await until({ what, seconds: PATIENCE_SECONDS }, async () => {
    const [begun] = await clerk.refundsOf(order);
    return begun ?? ((await customer.sees(order)).status === 'PAID' ? 'DELIVERED' : null);
  });
  if (refund === 'DELIVERED') {
    teller.right('this shop delivers late orders (LATE_PAYMENT_POLICY=deliver): PAID, its stock reserved again');
    return null;
  }
  insist(refund.kind === 'AUTOMATIC', `Nobody has asked for it, but its kind is ${refund.kind}`);
  teller.staff(
    'GET  …/orders/{orderNo}',
    `refund ${refund.refundNo}: ${refund.kind}, ${yuan(refund.amountFen)}, ${refund.reason}`,
  );
  return refund;
}
