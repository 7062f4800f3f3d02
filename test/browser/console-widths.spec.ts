import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { grantCoupon } from '../support/fixtures/coupons.js';
import { ApiKeyClient } from '../support/clients/api-key-client.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { launchChromium } from './support/chromium.js';
import { BrowserUser } from './support/browser-user.js';

const WIDTHS = [768, 820, 900, 1024, 1180, 1280, 1360, 1366];

describe('console: page widths from 768 to 1366 px', () => {
  let browser: Browser;
  let fixture: RefundFixture;
  let boss: BrowserUser;
  const numbers = { order: '', refund: '' };

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    const name = '明前龙井茶 250 克礼盒装，杭州西湖产区手工炒制';
    await fixture.boss.call('PATCH', `products/${fixture.tea}`, { name, stock: 100, priceFen: 12_491_600 });
    await ApiKeyClient.create(fixture.shop, fixture.boss, {
      name: '仓库系统与客服系统',
      expiresAt: '2036-11-21T00:00:00Z',
    });
    await grantCoupon(fixture.boss, fixture.alice);
    const order = await fixture.createPaidOrder();
    const refund = await fixture.alice.requestRefund(order, {
      amountFen: 2_560_000,
      reason: '少发了一罐，希望尽快退款',
    });
    const { status } = await fixture.boss.call('POST', 'event-endpoints', {
      url: 'https://erp.example.com/integrations/wx-checkout/events?tenant=0123456789',
      description: '仓库系统与客服系统',
      types: ['order.late_payment', 'shipment.created', 'shipment.synced', 'shipment.updated'], // none of them happens
    });
    expect(status).toBe(201);
    numbers.order = order.orderNo;
    numbers.refund = refund.refundNo;
    browser = await launchChromium();
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin');
  });
  afterAll(async () => {
    await browser.close();
    await fixture.shop.close();
  });

  /** The widths at which the page is wider than the window. */
  const overflowOf = async (path: string, text: string): Promise<string[]> => {
    await boss.goTo(path);
    await boss.page.getByText(text).first().waitFor();
    await boss.page.waitForLoadState('networkidle');
    const overflow: string[] = [];
    for (const width of WIDTHS) {
      await boss.page.setViewportSize({ width, height: 768 });
      const actual = await boss.page.evaluate<number>('document.documentElement.scrollWidth');
      if (actual > width) overflow.push(`${path} is ${actual} px wide in a window of ${width}`);
    }
    return overflow;
  };

  it.each([
    ['/admin', '待审批退款'],
    ['/admin/refunds', '少发了一罐'],
    ['/admin/orders', '明前龙井茶'],
    ['/admin/products', '明前龙井茶'],
    ['/admin/coupons', '满减券'],
    ['/admin/dashboard', '每日收款与退款'],
    ['/admin/staff', '本人'],
    ['/admin/api-keys', '仓库系统'],
    ['/admin/events', '仓库系统'],
    ['/admin/audit', '新增优惠券'],
  ])('%s does not scroll horizontally', async (path, text) => {
    expect(await overflowOf(path, text)).toEqual([]);
  });

  it('an order and a refund do not scroll horizontally', async () => {
    expect(await overflowOf(`/admin/orders/${numbers.order}`, '时间线')).toEqual([]);
    expect(await overflowOf(`/admin/refunds/${numbers.refund}`, '商品明细')).toEqual([]);
  });

  it('the English pages do not scroll horizontally', async () => {
    await boss.goTo('/admin');
    await boss.page.getByRole('button', { name: 'English' }).click();
    for (const [path, text] of [
      ['/admin/refunds', '少发了一罐'],
      ['/admin/orders', '明前龙井茶'],
      ['/admin/api-keys', '仓库系统'],
      ['/admin/events', '仓库系统'],
      ['/admin/audit', 'boss'],
    ] as const)
      expect(await overflowOf(path, text)).toEqual([]);
  });
});
