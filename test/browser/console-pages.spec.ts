import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { PASSWORD } from '../contract/support/test-staff.js';
import { grantCoupon } from '../support/fixtures/coupons.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { ApiKeyClient } from '../support/clients/api-key-client.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

/** Opens a shop with orders, refunds, products, coupons and API keys in many states. */
async function openShopWithSampleData(): Promise<{ fixture: RefundFixture; order: OrderJson; refundNo: string }> {
  const fixture = await RefundFixture.open();
  const { alice, shop, boss } = fixture;
  await boss.call('PATCH', `products/${fixture.tea}`, {
    name: '明前龙井茶 250 克礼盒装',
    description: '杭州西湖产区，2026 年明前采摘',
    priceFen: 10_000,
    stock: 500,
  });
  await ApiKeyClient.create(shop, boss, { name: '仓库系统', expiresAt: '2036-11-21T00:00:00Z' });
  await grantCoupon(boss, alice);
  await shop.createProduct({ name: '白瓷盖碗', priceFen: 6_880, stock: 0 });
  const orders: OrderJson[] = [];
  for (let count = 0; count < 6; count++) orders.push(await fixture.createPaidOrder());
  const [first, second, third, fourth, fifth] = orders as [OrderJson, OrderJson, OrderJson, OrderJson, OrderJson];
  await fixture.createApprovedRefund(first, 2_550);
  await fixture.runJobsAfter({ minutes: 2 });
  await shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode: 'BIZERR_NEED_RETRY', errCodeDes: '…' });
  await fixture.createApprovedRefund(second, 1_200);
  await fixture.rejectRefund(await alice.requestRefund(third, { amountFen: 800 }), '商品已拆封，不支持无理由退货');
  const request = { reason: '收到的茶叶有异味，和描述不一致，希望尽快退款，谢谢', reasonCode: 'NOT_AS_DESCRIBED' };
  const { body } = await alice.call<{ refundNo: string }>('POST', `orders/${fourth.orderNo}/refunds`, request);
  await alice.requestRefund(fifth, { amountFen: 3_000, reason: '少发了一罐' });
  await alice.requestRefund(third, { amountFen: 999, reason: '不想要了' });
  await alice.startPayment(await alice.createOrder({ productId: fixture.tea, quantity: 2 }));
  const late = await alice.createOrder({ productId: fixture.tea });
  const { outTradeNo } = await alice.pay(late, { notify: 'lost' });
  await shop.wechat.sendPaymentNotice(outTradeNo, { forge: 'lower-fee' });
  await fixture.runJobsAfter({ seconds: 30 });
  return { fixture, order: late, refundNo: body.refundNo };
}

describe('console: pages', () => {
  let browser: Browser;
  let boss: BrowserUser;
  let fixture: RefundFixture;
  let order: OrderJson;
  let refundNo: string;

  beforeAll(async () => {
    ({ fixture, order, refundNo } = await openShopWithSampleData());
    browser = await launchChromium();
    boss = await BrowserUser.create(browser, fixture.shop.url);
  });
  afterAll(async () => {
    await browser.close();
    await fixture.shop.close();
  });

  /** Checks a loaded page at both sizes: no overflow, no serious axe violation, no browser error. */
  const expectFits = async (name: string, path: string, text: string): Promise<void> => {
    await boss.goTo(path);
    await boss.page.getByText(text).first().waitFor();
    await boss.page.waitForLoadState('networkidle');
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
    expect(boss.errors).toEqual([]);
  };

  it('login: is required at every URL and returns to it', async () => {
    await expectFits('login', '/admin/refunds', '用户名');
    await boss.logIn('boss', PASSWORD);
    expect(new URL(boss.page.url()).pathname).toBe('/admin/refunds');
  });

  it.each([
    ['to-do', '/admin', '待审批退款'],
    ['refunds', '/admin/refunds', '少发了一罐'],
    ['orders', '/admin/orders', '明前龙井茶'],
    ['products', '/admin/products', '白瓷盖碗'],
    ['coupons', '/admin/coupons', '满减券'],
    ['dashboard', '/admin/dashboard', '每日收款与退款'],
    ['staff', '/admin/staff', '本人'],
    ['api-keys', '/admin/api-keys', '仓库系统'],
    ['audit', '/admin/audit', '同意退款'],
  ])('%s: fits both sizes without serious accessibility violations', (name, path, text) =>
    expectFits(name, path, text),
  );

  it('refund: shows the details of one refund', () =>
    expectFits('refund', `/admin/refunds/${refundNo}`, '收到的茶叶有异味，和描述不一致，希望尽快退款，谢谢'));

  it('order: shows one order with its timeline', () => expectFits('order', `/admin/orders/${order.orderNo}`, '时间线'));

  it('language: switches to English and stores the choice', async () => {
    await boss.goTo('/admin');
    await boss.page.getByRole('button', { name: 'English' }).click();
    await boss.page.getByRole('heading', { name: 'To do' }).waitFor();
    await expectFits('to-do-english', '/admin', 'Refunds to approve');
    await expectFits('refund-english', `/admin/refunds/${refundNo}`, 'Payment summary');
    await boss.page.getByRole('button', { name: '中文' }).click();
  });

  it("footer: shows the browser's time zone", async () => {
    const abroad = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin', {
      timezoneId: 'America/New_York',
    });
    await abroad.page.getByText('America/New_York').waitFor();
    await abroad.close();
  });
});
