import { ServiceClient, type Refund } from '../../tools/client/service-client.ts';
import { expectOk } from '../../tools/client/typed-client.ts';
import { assertThat } from '../assertions.ts';
import { logInAs } from '../connect.ts';
import {
  confirmPayment,
  createPaidSale,
  createSale,
  readOrder,
  waitUntilPaid,
  type DemoEnvironment,
  type Sale,
} from '../demo-environment.ts';
import { formatYuan } from '../narrator.ts';
import { approveRefund, assertRefunded, reportResultSource, requestRefund, waitForRefund } from '../refund-steps.ts';
import { SecondShop, type OpenCounts } from '../second-shop.ts';

/** The sales of the shop at the time of the switch. */
interface SalesOfV2 {
  open: Sale;
  paid: Sale;
  refunding: Sale;
  refund: Refund;
}

/** A shop of API v2 gets the keys of API v3, switches, and removes the key of API v2. Nothing is lost or refunded twice. */
export async function moveToV3({ narrator }: DemoEnvironment): Promise<void> {
  narrator.startStory(12, 'a shop moves from API v2 to API v3', '商家从 APIv2 切换到 APIv3：旧的支付和退款照常完成');
  const shop = await SecondShop.open();
  try {
    await shop.restart({ keys: ['v2'], newPayments: 'v2' });
    narrator.userAction(
      `The demo starts a second shop with its own database and WeChat, by settings of API v2: ${shop.url}`,
    );
    const service = new ServiceClient(shop.url);
    const { wechat, credentials } = shop;
    const environment = { service, wechat, narrator, staff: await logInAs(service, credentials) };
    const sales = await sellWithV2(environment);
    await assertOpen(environment, shop, { payments: 1, refunds: 1 });

    await shop.restart({ keys: ['v2', 'v3'], newPayments: 'v3' });
    narrator.userAction('The shop restarts with both keys and WECHAT_PAY_PROTOCOL=v3');
    await finishWithV2(environment, sales);
    const newSale = await sellWithV3(environment);
    await refund(environment, sales.paid, 'v2');
    await assertOpen(environment, shop, { payments: 0, refunds: 0 });

    await shop.restart({ keys: ['v3'], newPayments: 'v3' });
    narrator.userAction('The shop restarts without the key of API v2');
    await refund(environment, sales.open, 'v3');
    const { open, paid, refunding } = sales;
    await assertMoney(environment, { sold: [open, paid, refunding, newSale], kept: newSale });
    await shop.verify();
    narrator.checkPassed('npm run verify: all invariants hold');
  } finally {
    await shop.close();
  }
}

/** One open payment, one paid, and one with a refund that WeChat does not finish before the switch. */
async function sellWithV2(environment: DemoEnvironment): Promise<SalesOfV2> {
  const { narrator, wechat } = environment;
  const open = await createSale({ ...environment, narrator: narrator.silent() });
  narrator.userAction(
    `A user opens the payment sheet of order ${open.order.orderNo}, ${formatYuan(open.order.payableFen)}`,
  );
  const [paid, refunding] = [await createPaidSale(environment), await createPaidSale(environment)];
  const request = { amountFen: refunding.order.payableFen, reason: '不想要了' };
  const refund = await requestRefund(environment, refunding, request);
  await wechat.setBehaviours({ refundEnds: 'PROCESSING' });
  const { status } = await approveRefund(environment, refund);
  assertThat(status === 'PROCESSING', `The refund must be PROCESSING at the switch, but it is ${status}`);
  for (const sale of [open, paid, refunding]) await assertCallsOf(environment, sale, 'v2');
  return { open, paid, refunding, refund };
}

/** The open payment is paid, and the refund ends: both with API v2. */
async function finishWithV2(environment: DemoEnvironment, { open, refunding, refund }: SalesOfV2): Promise<void> {
  const { narrator, wechat } = environment;
  await payByNotice(environment, open, 'v2');
  narrator.checkPassed('the payment that was open is PAID, by its notice of API v2');

  const payOut = { path: { out_refund_no: refund.refundNo }, body: { state: 'SUCCESS' } } as const;
  expectOk('the payout', await wechat.request('POST', '/_control/refunds/{out_refund_no}/state', payOut));
  await wechat.setBehaviours({ refundEnds: 'SUCCESS' });
  await waitForRefund(environment, refunding, refund);
  await reportResultSource(environment, refunding, refund);
  await assertRefunded(environment, refunding, {
    refundStatus: 'FULL',
    refundedFen: refunding.order.payableFen,
    refunds: 1,
  });
  await assertCallsOf(environment, refunding, 'v2');
  narrator.checkPassed(`the refund that was under way has SUCCEEDED, by API v2, under its number ${refund.refundNo}`);
}

async function sellWithV3(environment: DemoEnvironment): Promise<Sale> {
  const { narrator } = environment;
  const sale = await createSale({ ...environment, narrator: narrator.silent() });
  narrator.userAction(`Another user orders: order ${sale.order.orderNo}, ${formatYuan(sale.order.payableFen)}`);
  await payByNotice(environment, sale, 'v3');
  await assertCallsOf(environment, sale, 'v3');
  narrator.checkPassed('a new payment is made with API v3, and PAID by its notice');
  return sale;
}

/** The user pays, and the service accepts the notice of this protocol. */
async function payByNotice(environment: DemoEnvironment, sale: Sale, protocol: 'v2' | 'v3'): Promise<void> {
  const { wechat, narrator } = environment;
  const errMsg = await confirmPayment(environment, sale);
  assertThat(errMsg === 'requestPayment:ok', `The payment returned ${errMsg}`);
  await waitUntilPaid(environment, sale);
  const { protocol: theirs } = await wechat.getOrder(sale.payment.outTradeNo);
  const notice = (await wechat.listNotices(sale.payment.outTradeNo)).find(({ attempts }) =>
    attempts.some(({ isAccepted }) => isAccepted),
  );
  const isRight = theirs === protocol && notice?.url.includes('/v3/') === (protocol === 'v3');
  assertThat(
    isRight,
    `The payment must be of ${protocol}, but it is of ${theirs}, with the notice ${notice?.url ?? ''}`,
  );
  narrator.wechatExchange(`the user pays; the service accepts the notice at ${new URL(notice.url).pathname}`);
}

/** A full refund, made with this protocol. */
async function refund(environment: DemoEnvironment, sale: Sale, protocol: 'v2' | 'v3'): Promise<void> {
  const { narrator } = environment;
  const amountFen = sale.order.payableFen;
  const requested = await requestRefund(environment, sale, { amountFen, reason: '拍错了' });
  await approveRefund(environment, requested);
  await waitForRefund(environment, sale, requested);
  await assertRefunded(environment, sale, { refundStatus: 'FULL', refundedFen: amountFen, refunds: 1 });
  const calls = await listRefundPaths(environment, sale);
  const expected = protocol === 'v2' ? '/secapi/pay/refund' : '/v3/refund/domestic/refunds';
  assertThat(
    calls.length === 1 && calls[0] === expected,
    `WeChat must get one refund at ${expected}, but it got ${calls.join(', ')}`,
  );
  narrator.wechatExchange(`one refund call: POST ${expected}`);
  narrator.checkPassed(`the payment of API v2 is refunded with API ${protocol}: ${formatYuan(amountFen)}`);
}

/** The paths of the calls that made refunds of a payment, in both protocols. */
async function listRefundPaths({ wechat }: DemoEnvironment, { payment }: Sale): Promise<string[]> {
  const messages = await wechat.listMessages({ out_trade_no: payment.outTradeNo });
  const posts = messages.filter(({ direction, method }) => direction === 'received' && method === 'POST');
  return posts
    .map(({ path }) => path)
    .filter((path) => /^\/(secapi\/pay\/refund|v3\/refund\/domestic\/refunds)$/.test(path));
}

/** WeChat received every call about this payment and its refunds with this protocol. */
async function assertCallsOf({ wechat }: DemoEnvironment, { payment }: Sale, protocol: 'v2' | 'v3'): Promise<void> {
  const messages = await wechat.listMessages({ out_trade_no: payment.outTradeNo });
  const paths = messages.filter(({ direction }) => direction === 'received').map(({ path }) => path);
  const others = paths.filter((path) => path.startsWith('/v3/') !== (protocol === 'v3'));
  assertThat(
    paths.length > 0 && others.length === 0,
    `All calls for ${payment.outTradeNo} must be of ${protocol}, but WeChat received ${paths.join(', ')}`,
  );
}

/** What still needs the key of API v2, as both ways to find out report it. With none, the key may be removed. */
async function assertOpen({ narrator }: DemoEnvironment, shop: SecondShop, expected: OpenCounts): Promise<void> {
  const textOf = ({ payments, refunds }: OpenCounts): string =>
    `open with API v2: ${payments} payments, ${refunds} refunds`;
  for (const [source, open] of [
    ['npm run verify', await shop.verify()],
    ['wx_checkout_open_at_wechat', await shop.readMetric()],
  ] as const) {
    assertThat(
      textOf(open) === textOf(expected),
      `${source} must show ${textOf(expected)}, but it shows ${textOf(open)}`,
    );
    narrator.checkPassed(`${source}: ${textOf(open)}`);
  }
}

/** The orders and WeChat's ledger show the same money; the shop keeps only one payment. */
async function assertMoney(environment: DemoEnvironment, { sold, kept }: { sold: Sale[]; kept: Sale }): Promise<void> {
  const { wechat, narrator } = environment;
  const theirs = totalsOf(await wechat.getLedger());
  const ours = totalsOf(await Promise.all(sold.map(readOrder)));
  assertThat(ours === theirs, `WeChat's ledger has ${theirs}, but the orders ${ours}`);
  const { payableFen } = kept.order;
  const refundedFen = sold.reduce((sum, { order }) => sum + order.payableFen, -payableFen);
  const expected = totalsOf([{ paidFen: refundedFen + payableFen, refundedFen }]);
  assertThat(ours === expected, `${expected} were due, but the orders have ${ours}`);
  narrator.checkPassed(`${sold.length} orders: ${ours}, in WeChat's ledger and in the orders`);
}

function totalsOf(lines: { paidFen: number; refundedFen: number }[]): string {
  const paidFen = lines.reduce((sum, line) => sum + line.paidFen, 0);
  const refundedFen = lines.reduce((sum, line) => sum + line.refundedFen, 0);
  return `${formatYuan(paidFen)} paid and ${formatYuan(refundedFen)} refunded`;
}
