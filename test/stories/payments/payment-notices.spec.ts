import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, OrderJson, PayJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest } from '../../../tools/client/http.js';
import { ACCEPTED_REPLY, rejectedReply } from '../../support/wechat/notice-replies.js';
import { buildPaidNotice } from '../../support/wechat/paid-notice.js';
import { logInStaff } from '../../contract/support/test-staff.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';

let shop: TestShop;
let alice: TestBuyer;
let tea: string;

/** Opens one shop with two instances for all tests of a `describe`. */
function useSharedShop(environment: Record<string, string> = {}): void {
  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: { SESSION_TTL_SECONDS: '2592000', ...environment } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 1000 });
  });
  afterAll(() => shop.close());
}

async function startPayment(): Promise<{ order: OrderJson; pay: PayJson }> {
  const order = await alice.createOrder({ productId: tea });
  return { order, pay: await alice.startPayment(order) };
}
const expectPaid = (order: OrderJson): Promise<void> =>
  eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));

async function getLastResult(outTradeNo: string | null): Promise<string | undefined> {
  return (await shop.getEvents(outTradeNo)).filter((event) => event.type === 'NOTICE').at(-1)?.result;
}

/** Counts the rejected notices that name no payment. */
const countUnnamed = async (): Promise<number> =>
  Object.values(await shop.countRefusedNotices('')).reduce((sum, notices) => sum + notices, 0);

type Recorded = 'an event' | 'counted' | 'counted without a payment';
type Forgery = [forge: string, result: string, recordedAs: Recorded];

/** v3 verifies and decrypts before it reads a number, so a wrong signature names no payment. */
const FORGERIES = byProtocol<Forgery[]>({
  v2: [
    ['no-sign', 'BAD_SIGNATURE', 'counted'],
    ['empty-sign', 'BAD_SIGNATURE', 'counted'],
    ['wrong-sign', 'BAD_SIGNATURE', 'counted'],
    ['tampered-fee', 'BAD_SIGNATURE', 'counted'],
    ['other-appid', 'FOREIGN_MERCHANT', 'an event'],
    ['other-mch', 'FOREIGN_MERCHANT', 'counted'],
    ['lower-fee', 'AMOUNT_MISMATCH', 'an event'],
    ['higher-fee', 'AMOUNT_MISMATCH', 'an event'],
    ['foreign-currency', 'FOREIGN_CURRENCY', 'counted'],
    ['missing-fee', 'MALFORMED', 'counted'],
  ],
  v3: [
    ['no-sign', 'BAD_SIGNATURE', 'counted without a payment'],
    ['empty-sign', 'BAD_SIGNATURE', 'counted without a payment'],
    ['wrong-sign', 'BAD_SIGNATURE', 'counted without a payment'],
    ['tampered-fee', 'BAD_SIGNATURE', 'counted without a payment'],
    ['altered-body', 'BAD_SIGNATURE', 'counted without a payment'],
    ['probe', 'SIGNATURE_PROBE', 'counted without a payment'],
    ['wrong-serial', 'UNKNOWN_KEY', 'counted without a payment'],
    ['stale-timestamp', 'STALE', 'counted without a payment'],
    ['other-key', 'UNDECRYPTABLE', 'counted without a payment'],
    ['wrong-aad', 'UNDECRYPTABLE', 'counted without a payment'],
    ['other-appid', 'FOREIGN_MERCHANT', 'an event'],
    ['other-mch', 'FOREIGN_MERCHANT', 'counted'],
    ['lower-fee', 'AMOUNT_MISMATCH', 'an event'],
    ['higher-fee', 'AMOUNT_MISMATCH', 'an event'],
    ['foreign-currency', 'FOREIGN_CURRENCY', 'counted'],
    ['missing-fee', 'MALFORMED', 'counted'],
    ['failed-result', 'MALFORMED', 'counted'],
  ],
});

describe('payment notices', () => {
  useSharedShop();

  it.each(FORGERIES)(
    'a notice with the forgery %s is rejected, and the order stays PENDING',
    async (forge, result, recordedAs) => {
      const { order, pay } = await startPayment();
      const before = await countUnnamed();
      const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge });
      expect(reply).toMatchObject(rejectedReply(result));
      expect(await getLastResult(pay.outTradeNo)).toBe(recordedAs === 'an event' ? result : undefined);
      const counted = recordedAs === 'counted' ? { [`payment ${result}`]: 1 } : {};
      expect(await shop.countRefusedNotices(pay.outTradeNo)).toEqual(counted);
      expect(await countUnnamed()).toBe(before + (recordedAs === 'counted without a payment' ? 1 : 0));
      expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
    },
  );

  it.each([
    'doctype',
    'external-entity',
    'entity-bomb',
    'duplicate-element',
    'truncated',
    'empty',
    'garbage',
    'json',
    'huge',
  ])('a notice with the defect %s is rejected and counted', async (forge) => {
    const { order, pay } = await startPayment();
    const before = await countUnnamed();
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge });
    expect(reply).toMatchObject(rejectedReply());
    expect(await countUnnamed()).toBe(before + 1);
    expect(await shop.getEvents(null)).toEqual([]);
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });

  it('a notice of an unknown payment is rejected, so that WeChat sends it again', async () => {
    const { pay } = await startPayment();
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'unknown-order' });
    expect(reply).toMatchObject(rejectedReply('PAYMENT_UNKNOWN'));
  });

  it('a replayed notice of another order does not pay this order', async () => {
    const paid = await startPayment();
    await alice.confirmPayment(paid.pay);
    await expectPaid(paid.order);
    const unpaid = await startPayment();
    const [reply] = await shop.wechat.sendPaymentNotice(unpaid.pay.outTradeNo, { forge: 'other-order' });
    expect(reply).toMatchObject(ACCEPTED_REPLY);
    expect(await alice.getOrder(unpaid.order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
  });

  it('a notice for an order that was closed here is acknowledged, and its amount is recorded as due for refund', async () => {
    const { order, pay } = await startPayment();
    await alice.confirmPayment(pay, { notify: 'lost' });
    await closeOrderHere(order, pay);
    for (let copy = 0; copy < 2; copy++)
      expect(await shop.wechat.sendPaymentNotice(pay.outTradeNo)).toMatchObject([ACCEPTED_REPLY]);
    expect(await alice.getOrder(order)).toMatchObject({ status: 'CLOSED', paidFen: 1500, refundedFen: 0 });
    expect(await shop.getPayments(order.orderNo)).toMatchObject([{ status: 'PAID', refundDueFen: 1500 }]);
  });

  it('a notice that is repeated hours later is acknowledged and changes nothing', async () => {
    const { order, pay } = await startPayment();
    await alice.confirmPayment(pay);
    await expectPaid(order);
    await shop.wechat.advanceTime({ hours: 20 });
    expect(await shop.wechat.sendPaymentNotice(pay.outTradeNo)).toMatchObject([ACCEPTED_REPLY]);
    expect(await getLastResult(pay.outTradeNo)).toBe('REPEATED');
  });

  /** Closes the order here although WeChat has the money. No sequence of calls leads there. */
  async function closeOrderHere(order: OrderJson, pay: PayJson): Promise<void> {
    await shop.rawUpdate(
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
    );
  }
});

/** Notices that this test builds itself. Those of v3 are in v3-notices.spec.ts. */
describe('payment notices of v2', () => {
  const SUCCESS_REPLY =
    '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

  useSharedShop({ WECHAT_PAY_PROTOCOL: 'v2' });

  async function listContradictedOrderNos(): Promise<string[]> {
    const boss = await logInStaff(shop, 'boss');
    const { body } = await boss.call<{ items: OrderJson[] }>('GET', 'orders?problem=contradiction');
    return body.items.map(({ orderNo }) => orderNo);
  }

  it('a notice of a failed payment is acknowledged and recorded', async () => {
    const { order, pay } = await startPayment();
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'failed-result' });
    expect(reply?.reply).toBe(SUCCESS_REPLY);
    expect(await getLastResult(pay.outTradeNo)).toBe('FAILED');
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });

  it('a notice with the transaction of another payment is rejected, and its order is listed as contradicted', async () => {
    const paid = await startPayment();
    await alice.confirmPayment(paid.pay);
    await expectPaid(paid.order);
    const { transaction } = await shop.wechat.getOrder(paid.pay.outTradeNo);
    const { order, pay } = await startPayment();
    const { transaction_id: transactionId = '', openid = '' } = transaction ?? {};
    const notice = buildPaidNotice({ outTradeNo: pay.outTradeNo, transactionId, totalFee: 1500, openid });
    expect((await post(shop.url, notice)).body).toContain('TRANSACTION_MISMATCH');
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
    expect(await listContradictedOrderNos()).toContain(order.orderNo);
    expect(await listContradictedOrderNos()).not.toContain(paid.order.orderNo);
  });

  it('thirty concurrent copies on two instances are applied once', async () => {
    const { order, pay } = await startPayment();
    await alice.confirmPayment(pay, { notify: 'lost' });
    const notice = await buildNoticeOf(pay.outTradeNo);
    const urls = Array.from({ length: 30 }, (_, n) => shop.instances[n % 2]?.url ?? '');
    const replies = await Promise.all(urls.map((url) => post(url, notice)));
    expect(replies.map(({ status, body }) => ({ status, body }))).toEqual(
      urls.map(() => ({ status: 200, body: SUCCESS_REPLY })),
    );

    const events = (await shop.getEvents(pay.outTradeNo))
      .filter(({ type }) => type === 'NOTICE')
      .map(({ result }) => result);
    expect(events.filter((result) => result === 'APPLIED')).toHaveLength(1);
    expect(events.filter((result) => result === 'REPEATED').length).toBeGreaterThanOrEqual(29);
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 1500 });
    expect(
      (await shop.getPayments(order.orderNo)).map(({ status, refundDueFen }) => ({ status, refundDueFen })),
    ).toEqual([{ status: 'PAID', refundDueFen: 0 }]);
  });

  it('the content type of a notice does not change the response', async () => {
    const { pay } = await startPayment();
    await alice.confirmPayment(pay, { notify: 'lost' });
    const notice = await buildNoticeOf(pay.outTradeNo);
    for (const type of [
      'text/xml',
      'application/xml',
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
    ]) {
      expect(await post(shop.url, notice, type)).toMatchObject({ status: 200, body: SUCCESS_REPLY });
    }
    expect((await post(shop.url, notice)).headers.get('content-type')).toMatch(/^text\/xml/);
  });

  it('a notice that is signed with HMAC-SHA256 is accepted', async () => {
    const { order, pay } = await startPayment();
    await alice.confirmPayment(pay, { notify: 'lost' });
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { signType: 'HMAC-SHA256' });
    expect(reply?.reply).toBe(SUCCESS_REPLY);
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });

  async function buildNoticeOf(outTradeNo: string): Promise<string> {
    const { transaction } = await shop.wechat.getOrder(outTradeNo);
    if (!transaction) throw new Error('The simulator has no transaction for this payment: pay it first.');
    const { transaction_id: transactionId, total_fee: totalFee, openid } = transaction;
    return buildPaidNotice({ outTradeNo, transactionId, totalFee, openid });
  }

  function post(url: string, xml: string, type = 'text/xml'): ReturnType<typeof sendRequest<string>> {
    return sendRequest<string>(`${url}/wechat/notify/payment`, {
      method: 'POST',
      body: xml,
      headers: { 'content-type': type },
    });
  }
});
