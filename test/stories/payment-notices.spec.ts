import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestBuyer, OrderJson, PayJson } from '../support/test-buyer.js';
import { eventually } from '../support/eventually.js';
import { call } from '../support/http.js';
import { buildPaidNotice } from '../support/paid-notice.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';

const SUCCESS_REPLY =
  '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';
const FAIL_REPLY =
  /^<xml><return_code><!\[CDATA\[FAIL\]\]><\/return_code><return_msg><!\[CDATA\[[A-Z_]{1,32}\]\]><\/return_msg><\/xml>$/;

describe('payment notices', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop({ instances: 2, environment: { SESSION_TTL_SECONDS: '2592000' } });
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 1000 });
  });
  afterAll(() => shop.close());

  async function startPayment(): Promise<{ order: OrderJson; pay: PayJson }> {
    const order = await alice.createOrder({ productId: tea });
    return { order, pay: await alice.startPayment(order) };
  }

  async function getLastResult(outTradeNo: string | null): Promise<string | undefined> {
    return (await shop.getEvents(outTradeNo)).filter((event) => event.type === 'NOTICE').at(-1)?.result;
  }

  it.each([
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
  ])('a notice with the forgery %s is rejected, and the order stays PENDING', async (forge, result, recordedAs) => {
    const { order, pay } = await startPayment();
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge });
    expect(reply).toMatchObject({ status: 200, reply: expect.stringMatching(FAIL_REPLY), isAccepted: false });
    expect(reply?.reply).toContain(result);
    expect(await getLastResult(pay.outTradeNo)).toBe(recordedAs === 'counted' ? undefined : result);
    const counted = recordedAs === 'counted' ? { [`payment ${result}`]: 1 } : {};
    expect(await shop.countRefusedNotices(pay.outTradeNo)).toEqual(counted);
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
  });

  /** Counts the refused notices that name no payment. */
  const countUnnamed = async (): Promise<number> =>
    Object.values(await shop.countRefusedNotices('')).reduce((sum, notices) => sum + notices, 0);

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
  ])('a notice with the defect %s is answered FAIL with HTTP 200, and counted', async (forge) => {
    const { order, pay } = await startPayment();
    const before = await countUnnamed();
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge });
    expect(reply).toMatchObject({ status: 200, reply: expect.stringMatching(FAIL_REPLY) });
    expect(await countUnnamed()).toBe(before + 1);
    expect(await shop.getEvents(null)).toEqual([]);
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });

  it('a notice of a failed payment is acknowledged and recorded', async () => {
    const { order, pay } = await startPayment();
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'failed-result' });
    expect(reply?.reply).toBe(SUCCESS_REPLY);
    expect(await getLastResult(pay.outTradeNo)).toBe('FAILED');
    expect(await alice.getOrder(order)).toMatchObject({ status: 'PENDING' });
  });

  it('a notice of an unknown payment is answered FAIL, so that WeChat sends it again', async () => {
    const { pay } = await startPayment();
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'unknown-order' });
    expect(reply).toMatchObject({ status: 200, reply: expect.stringContaining('PAYMENT_UNKNOWN') });
  });

  it('a replayed notice of another order does not pay this order', async () => {
    const paid = await startPayment();
    await alice.confirmPayment(paid.pay);
    await eventually(async () => expect(await alice.getOrder(paid.order)).toMatchObject({ status: 'PAID' }));
    const unpaid = await startPayment();
    const [reply] = await shop.wechat.sendPaymentNotice(unpaid.pay.outTradeNo, { forge: 'other-order' });
    expect(reply?.reply).toBe(SUCCESS_REPLY);
    expect(await alice.getOrder(unpaid.order)).toMatchObject({ status: 'PENDING', paidFen: 0 });
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

  it('the content type of a notice does not change the answer', async () => {
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

  it('a notice for an order that was closed here is acknowledged, and its amount is recorded as due for refund', async () => {
    const { order, pay } = await startPayment();
    await alice.confirmPayment(pay, { notify: 'lost' });
    const notice = await buildNoticeOf(pay.outTradeNo);
    await closeOrderHere(order, pay);
    expect(await post(shop.url, notice)).toMatchObject({ status: 200, body: SUCCESS_REPLY });
    expect(await post(shop.url, notice)).toMatchObject({ status: 200, body: SUCCESS_REPLY });
    expect(await alice.getOrder(order)).toMatchObject({ status: 'CLOSED', paidFen: 1500, refundedFen: 0 });
    expect(await shop.getPayments(order.orderNo)).toMatchObject([{ status: 'PAID', refundDueFen: 1500 }]);
  });

  it('a notice that is repeated hours later is acknowledged and changes nothing', async () => {
    const { order, pay } = await startPayment();
    await alice.confirmPayment(pay);
    await eventually(async () => expect(await alice.getOrder(order)).toMatchObject({ status: 'PAID' }));
    await shop.wechat.advanceTime({ hours: 20 });
    const [reply] = await shop.wechat.sendPaymentNotice(pay.outTradeNo);
    expect(reply?.reply).toBe(SUCCESS_REPLY);
    expect(await getLastResult(pay.outTradeNo)).toBe('REPEATED');
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

  /** Closes the order here although WeChat has the money. No sequence of calls leads there. */
  async function closeOrderHere(order: OrderJson, pay: PayJson): Promise<void> {
    await shop.rawUpdate(
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
    );
  }

  function post(url: string, xml: string, type = 'text/xml'): ReturnType<typeof call<string>> {
    return call<string>(`${url}/wechat/notify/payment`, {
      method: 'POST',
      body: xml,
      headers: { 'content-type': type },
    });
  }
});
