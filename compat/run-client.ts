import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatorClient } from '../tools/client/simulator-client.ts';
import type { CompatClient, Merchant, NoticeReading, Reading } from './client.ts';
import type { NoticeServer } from './notice-server.ts';

/** One row of the table each, in the order of a sale. */
export const OPERATIONS = [
  'create an order',
  'sign the payment',
  'payment notice',
  'query the order',
  'refund',
  'query the refund',
  'refund notice',
  'close an order',
  'download the bill',
] as const;
export type Operation = (typeof OPERATIONS)[number];
export const PASS = 'pass';
export const NOT_OFFERED = 'not offered';

/** A user who exists in the simulator from the start. */
const OPENID = 'oDemo5pQ0x7Rk2Jw9YtVb3Lz8NcA';
const PAID_FEN = 1280;
const REFUND_FEN = 680;
/** The payment on the bill. */
const BILLED_NO = 'COMPATBILL0001';
const DAY_MS = 86_400_000;
const BEIJING_AHEAD_MS = 8 * 3_600_000;
/** Longer than the time in which the simulator pays out a refund. */
const PAYOUT_SECONDS = 5;
const NOTICE_TIMEOUT_MS = 10_000;

interface Surroundings {
  wechat: SimulatorClient;
  merchant: Merchant;
  server: NoticeServer;
}

/** A sale with a partial refund, and an order that is closed. @returns for each operation `pass`, `not offered` or the error */
export async function runClient(client: CompatClient, { wechat, merchant, server }: Surroundings) {
  const results = {} as Record<Operation, string>;
  await wechat.setBehaviours({ v3Keys: 'public-key', v3Certificates: 'none', ...client.behaviours });
  const methods = client.create(merchant);
  const prefix = `${client.api.slice(0, 2)}${client.name.replaceAll(/\W/g, '')}`.slice(0, 20);
  const [outTradeNo, outRefundNo, closedNo] = [`${prefix}-paid`, `${prefix}-back`, `${prefix}-closed`];
  const urls = server.listenFor(prefix, methods);
  const purchase = { outTradeNo, amountFen: PAID_FEN, openid: OPENID, notifyUrl: urls.payment };
  const attempt = async (operation: Operation, isOffered: boolean, work: () => Promise<unknown>): Promise<void> => {
    results[operation] = isOffered ? await withUncaughtErrors(work).then(() => PASS, describeError) : NOT_OFFERED;
  };

  let prepayId = '';
  await attempt('create an order', true, async () => {
    prepayId = await methods.createOrder(purchase);
    if (prepayId === '') throw new Error('no prepay_id');
  });
  await attempt('sign the payment', methods.signPayment !== undefined, async () => {
    const parameters = (await methods.signPayment?.(purchase, prepayId)) ?? {};
    const errMsg = await wechat.confirmPayment(OPENID, parameters);
    if (errMsg !== 'requestPayment:ok') throw new Error(`wx.requestPayment returned ${errMsg}`);
  });
  if (results['sign the payment'] !== PASS) await payWithoutPhone(wechat, outTradeNo);

  const paid = { state: 'SUCCESS', number: outTradeNo, amountFen: PAID_FEN };
  const refunded = { state: 'SUCCESS', number: outRefundNo, amountFen: REFUND_FEN };
  const expectNotice = async (kind: 'payment' | 'refund', reading: Promise<NoticeReading>, expected: Reading) => {
    assertReading(await reading, expected);
    await waitUntilAccepted(wechat, outTradeNo, kind);
  };
  await attempt('payment notice', methods.readPaymentNotice !== undefined, () =>
    expectNotice('payment', server.next(urls.payment), paid),
  );
  await attempt('query the order', methods.queryOrder !== undefined, async () => {
    assertReading(await methods.queryOrder?.(outTradeNo), paid);
  });
  await attempt('refund', methods.refund !== undefined, async () => {
    const input = { outTradeNo, outRefundNo, paidFen: PAID_FEN, refundFen: REFUND_FEN, notifyUrl: urls.refund };
    const number = await methods.refund?.(input);
    if (number !== outRefundNo) throw new Error(`the answer is about ${number ?? 'no refund'}`);
  });
  await wechat.advance(PAYOUT_SECONDS);
  await attempt('query the refund', methods.queryRefund !== undefined, async () => {
    assertReading(await methods.queryRefund?.(outRefundNo), refunded);
  });
  await attempt('refund notice', methods.readRefundNotice !== undefined, () =>
    expectNotice('refund', server.next(urls.refund), refunded),
  );
  await attempt('close an order', methods.closeOrder !== undefined, async () => {
    await methods.createOrder({ ...purchase, outTradeNo: closedNo });
    await methods.closeOrder?.(closedNo);
    const { trade_state: state } = await wechat.getOrder(closedNo);
    if (state !== 'CLOSED') throw new Error(`the order is ${state}`);
  });
  await attempt('download the bill', methods.downloadBill !== undefined, async () => {
    const text = (await methods.downloadBill?.(await prepareBill(wechat))) ?? '';
    const isWhole = text.includes(`\`${BILLED_NO},`) && text.trimEnd().endsWith('`0.00');
    if (!isWhole) throw new Error(`the bill is ${text}`);
  });
  return results;
}

/** A payment of yesterday stands on yesterday's bill, which is ready at once. @returns yesterday in Beijing */
async function prepareBill(wechat: SimulatorClient): Promise<string> {
  await wechat.setBehaviours({ billReadySeconds: 0 });
  const paidAt = new Date((await wechat.getTime()).getTime() - DAY_MS);
  const body = { out_trade_no: BILLED_NO, total_fee: PAID_FEN, paidAt: paidAt.toISOString() };
  // 409 for every client after the first one
  await wechat.request('POST', '/_control/bills/extra-payments', { body });
  return new Date(paidAt.getTime() + BEIJING_AHEAD_MS).toISOString().slice(0, 10);
}

/** Some clients throw in a callback, where nothing can catch it. @throws that error too */
async function withUncaughtErrors(work: () => Promise<unknown>): Promise<void> {
  const { promise: uncaught, reject } = Promise.withResolvers<never>();
  process.once('uncaughtException', reject);
  try {
    await Promise.race([work(), uncaught]);
  } finally {
    process.off('uncaughtException', reject);
  }
}

/** The payer pays, although the client could not sign the parameters. Nothing happens if there is no order. */
async function payWithoutPhone(wechat: SimulatorClient, outTradeNo: string): Promise<void> {
  const options = { path: { out_trade_no: outTradeNo }, body: {} };
  await wechat.request('POST', '/_control/orders/{out_trade_no}/pay', options);
}

async function waitUntilAccepted(wechat: SimulatorClient, outTradeNo: string, kind: 'payment' | 'refund') {
  const deadline = performance.now() + NOTICE_TIMEOUT_MS;
  for (;;) {
    const notice = (await wechat.listNotices(outTradeNo)).find((each) => each.kind === kind);
    if (notice?.state === 'accepted') return;
    if (performance.now() > deadline) throw new Error(`WeChat does not accept ${JSON.stringify(notice?.attempts)}`);
    await pause(50);
  }
}

function assertReading(reading: Reading | undefined, expected: Reading): void {
  for (const name of ['state', 'number', 'amountFen'] as const) {
    if (reading?.[name] !== expected[name])
      throw new Error(`${name} is ${reading?.[name] ?? 'missing'}, expected ${expected[name]}`);
  }
}

function describeError(error: unknown): string {
  return `fails: ${error instanceof Error ? error.message : JSON.stringify(error)}`.replaceAll(/\s+/g, ' ');
}
