import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: timeline of an order', () => {
  let browser: Browser;
  let fixture: RefundFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await RefundFixture.open();
    await fixture.boss.call('PATCH', `products/${fixture.tea}`, { stock: 1000 });
  });
  afterAll(async () => {
    await browser.close();
    await fixture.shop.close();
  });

  beforeEach(async () => {
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin/orders');
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
  const switchLanguage = (language: string) => boss.page.getByRole('button', { name: language }).click();

  /** An order with a forged notice, a parcel, and a merchant refund whose connection broke. */
  const createEventfulOrder = async (): Promise<OrderJson> => {
    const order = await fixture.alice.createOrder({ productId: fixture.tea, quantity: 1 });
    const pay = await fixture.alice.startPayment(order);
    await fixture.alice.confirmPayment(pay);
    await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo, { forge: 'lower-fee' });
    const parcel = { kind: 'EXPRESS', carrier: 'YTO', trackingNo: '8888001', isLast: true };
    await fixture.boss.call('POST', `orders/${order.orderNo}/shipments`, parcel);
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'drop' });
    await fixture.boss.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: 500, reason: '补偿运费' });
    await fixture.runJobsAfter({ minutes: 2 });
    return order;
  };

  it('shows every event in Chinese, with data instead of stored sentences, and failures in red', async () => {
    const order = await createEventfulOrder();
    const text = await lines(order);
    for (const expected of [
      '支付通知：支付成功',
      '商家发起退款',
      '¥5.00',
      '操作人 boss',
      '包裹 1',
      '圆通速递',
      '金额不符',
    ])
      expect(text).toContain(expected);
    const others = text.replaceAll(/[A-Z]?\w*\d\w*|boss|UND_ERR_SOCKET/g, ''); // numbers, a name and a code of the network
    expect(others).not.toMatch(/[A-Za-z]/);
    expect(text).not.toMatch(/CREATED|parcel|fen\b|SUCCEEDED|NOT_FOUND|undefined/);
    expect(await toneOf('金额不符')).toBe('bad');
    expect(await toneOf('商家发起退款')).toBe('good');
    const { overflow } = await takeScreenshots(boss.page, 'console-time-line');
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
    await switchLanguage('English');
    await boss.page.getByText('Refund created by the shop').waitFor();
    const inEnglish = await boss.page.locator('.timeline').innerText();
    expect(inEnglish.replaceAll('补偿运费', '')).not.toMatch(/[一-鿿]/); // what the shop wrote stays as it is
    await takeScreenshots(boss.page, 'console-time-line-en');
  });

  it('shows old events without data in the language of the page', async () => {
    const order = await fixture.createPaidOrder();
    const old = (type: string, result: string, detail: string): string =>
      `INSERT INTO order_events (at, order_no, type, result, detail)
       SELECT created_at, order_no, '${type}', '${result}', '${detail}' FROM orders WHERE order_no = '${order.orderNo}'`;
    await fixture.shop.rawUpdate(
      old('REFUND_DECISION', 'CREATED', 'R77: 1250 fen, by admin'),
      old('SHIPPING_CALL', '40097', 'parcel 1'),
      old('SHIPMENT', 'SHIPPED', 'parcel 1, the last: EXPRESS YTO 8888'),
      old('QUERY', 'UNKNOWN', 'orderquery: a sentence of 700 fen that no version has written'),
    );
    const text = await lines(order);
    expect(text).toContain('退款单 R77 · ¥12.50 · 操作人 admin');
    expect(text).toContain('微信不接受其中某项，请检查快递公司、单号和电话 (40097)');
    expect(await toneOf('上传发货信息失败')).toBe('bad');
    // The carriers' names are loaded separately.
    await boss.page.locator('.timeline li', { hasText: '圆通速递 · 单号 8888' }).waitFor();
    expect(text).toContain('a sentence of ¥7.00 that no version has written');
  });

  it('loads older events of a long timeline on demand', async () => {
    const order = await fixture.createPaidOrder();
    const tens = '(SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)';
    const event = `SELECT created_at, order_no, 'REFUND_REQUEST', 'CANCELLED' FROM orders`;
    await fixture.shop.rawUpdate(
      `INSERT INTO order_events (at, order_no, type, result)
       ${event}, ${tens} a, ${tens} b, ${tens} c WHERE order_no = '${order.orderNo}'`,
    );
    expect(await lines(order)).not.toContain('支付成功');
    await boss.page.getByText('已显示 100 条').waitFor();
    await boss.page.getByRole('button', { name: '加载更多' }).click();
    await boss.page.locator('.timeline li', { hasText: '支付成功' }).waitFor();
    await switchLanguage('English');
    await boss.page
      .getByText(/\d+ of \d+ shown/)
      .first()
      .waitFor();
  });
});
