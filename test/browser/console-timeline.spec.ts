import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { OrderJson } from '../support/test-buyer.js';
import { RefundFixture } from '../support/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: time line of an order', () => {
  let browser: Browser;
  let world: RefundFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    world = await RefundFixture.open();
    await world.boss.call('PATCH', `products/${world.tea}`, { stock: 1000 });
  });
  afterAll(async () => {
    await browser.close();
    await world.shop.close();
  });

  beforeEach(async () => {
    boss = await BrowserUser.logInAt(browser, world.shop.url, '/admin/orders');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const lines = async (order: OrderJson): Promise<string> => {
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.locator('.timeline li').first().waitFor();
    return boss.page.locator('.timeline').innerText();
  };
  const toneOf = (text: string) => boss.page.locator('.timeline li', { hasText: text }).first().getAttribute('class');
  const speaks = (language: string) => boss.page.getByRole('button', { name: language }).click();

  /** Refunded by staff after a broken connection, refused notices, and a parcel that WeChat does not accept. */
  const livesThrough = async (): Promise<OrderJson> => {
    const order = await world.alice.createOrder({ productId: world.tea, quantity: 1 });
    const pay = await world.alice.startPayment(order);
    await world.alice.confirmPayment(pay);
    await world.shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'lower-fee' });
    const parcel = { kind: 'EXPRESS', carrier: 'YTO', trackingNo: '8888001', isLast: true };
    await world.boss.call('POST', `orders/${order.orderNo}/shipments`, parcel);
    await world.shop.wechat.failNext({ endpoint: 'refund', kind: 'drop' });
    await world.boss.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: 500, reason: '补偿运费' });
    await world.runJobsAfter({ minutes: 2 });
    return order;
  };

  it('shows every event in Chinese, with facts instead of stored sentences, and bad news in red', async () => {
    const order = await livesThrough();
    const text = await lines(order);
    for (const expected of [
      '支付通知：支付成功',
      '商家主动退款',
      '¥5.00',
      '操作人 boss',
      '包裹 1',
      '圆通速递',
      '金额不符',
    ])
      expect(text).toContain(expected);
    const others = text.replaceAll(/[A-Z]?\w*\d\w*|boss|UND_ERR_SOCKET/g, ''); // numbers, a name and a code of the network
    expect(others).not.toMatch(/[A-Za-z]/);
    expect(text).not.toMatch(/GIVEN|parcel|fen\b|SUCCEEDED|ABSENT|undefined/);
    expect(await toneOf('金额不符')).toBe('bad');
    expect(await toneOf('商家主动退款')).toBe('good');
    const { overflow } = await takeScreenshots(boss.page, 'console-time-line');
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
    await speaks('English');
    await boss.page.getByText('Refund started by the shop').waitFor();
    const inEnglish = await boss.page.locator('.timeline').innerText();
    expect(inEnglish.replaceAll('补偿运费', '')).not.toMatch(/[一-鿿]/); // what the shop wrote stays as it is
    await takeScreenshots(boss.page, 'console-time-line-en');
  });

  it('shows rows from before there were facts in the language of the page too', async () => {
    const order = await world.createPaidOrder();
    const old = (type: string, result: string, detail: string): string =>
      `INSERT INTO payment_events (at, order_no, type, result, detail)
       SELECT created_at, order_no, '${type}', '${result}', '${detail}' FROM orders WHERE order_no = '${order.orderNo}'`;
    await world.shop.rawUpdate(
      old('REFUND_DECISION', 'GIVEN', 'R77: 1250 fen, by admin'),
      old('SHIPPING_CALL', '40097', 'parcel 1'),
      old('SHIPMENT', 'SHIPPED', 'parcel 1, the last: EXPRESS YTO 8888'),
      old('QUERY', 'UNKNOWN', 'orderquery: a sentence of 700 fen that no version has written'),
    );
    const text = await lines(order);
    expect(text).toContain('退款单 R77 · ¥12.50 · 操作人 admin');
    expect(text).toContain('微信不接受其中某项，请检查快递公司、单号和电话 (40097)');
    expect(await toneOf('发货信息被微信拒绝')).toBe('bad');
    expect(text).toContain('圆通速递 · 单号 8888');
    expect(text).toContain('a sentence of ¥7.00 that no version has written');
  });

  it('loads older lines of a long time line when asked to', async () => {
    const order = await world.createPaidOrder();
    const tens = '(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)';
    const event = `SELECT created_at, order_no, 'REFUND_REQUEST', 'CANCELLED' FROM orders`;
    await world.shop.rawUpdate(
      `INSERT INTO payment_events (at, order_no, type, result)
       ${event}, ${tens} a, ${tens} b, ${tens} c WHERE order_no = '${order.orderNo}'`,
    );
    expect(await lines(order)).not.toContain('支付成功');
    await boss.page.getByText('已显示 100 条').waitFor();
    await boss.page.getByRole('button', { name: '加载更多' }).click();
    await boss.page.locator('.timeline li', { hasText: '支付成功' }).waitFor();
    await speaks('English');
    await boss.page
      .getByText(/\d+ of \d+ shown/)
      .first()
      .waitFor();
  });
});
