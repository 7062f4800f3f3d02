import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { clerk } from '../contract/support/clerk.js';
import { RefundShop } from '../support/refund-shop.js';
import { seriousFaults } from './support/axe.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { Visitor } from './support/visitor.js';

describe('buyers and unpaid orders in the console', () => {
  let browser: Browser;
  let desk: RefundShop;

  beforeAll(async () => {
    browser = await launchChromium();
    desk = await RefundShop.opens();
  });
  afterAll(async () => {
    await browser.close();
    await desk.shop.closes();
  });

  it('order page: an operator closes the unpaid order, blocks its buyer and unblocks them', async () => {
    const alice = await desk.shop.welcomes('alice');
    const order = await alice.orders({ productId: desk.tea });
    const { username } = await clerk(desk.shop, 'OPERATOR');
    const visitor = await Visitor.logsInAt(browser, desk.shop.url, `/admin/orders/${order.orderNo}`, { username });
    const page = visitor.page;
    const press = async (name: string): Promise<void> => {
      await page.locator('#content').getByRole('button', { name }).click();
      await page.getByRole('tooltip').getByRole('button', { name }).click();
    };

    await press('关闭订单');
    await page.getByText('已关闭').first().waitFor();
    await page.getByText(username).first().waitFor();
    expect((await alice.sees(order)).status).toBe('CLOSED');
    expect(await page.locator('#content').getByRole('button', { name: '关闭订单' }).count()).toBe(0);

    await press('停用买家');
    await page.getByText('已停用：').waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    await takeScreenshots(page, 'console-order-blocked-buyer');
    expect((await alice.asks('GET', 'auth/me')).status).toBe(401);

    await press('恢复买家');
    await page.getByText('已停用：').waitFor({ state: 'detached' });
    expect(visitor.complaints).toEqual([]);
    await visitor.leaves();
  });

  it('order page: a viewer has neither button', async () => {
    const order = await (await desk.shop.welcomes('alice')).orders({ productId: desk.tea });
    const { username } = await clerk(desk.shop, 'VIEWER');
    const visitor = await Visitor.logsInAt(browser, desk.shop.url, `/admin/orders/${order.orderNo}`, { username });
    await visitor.page.getByRole('heading', { name: '时间线' }).waitFor();
    for (const name of ['关闭订单', '停用买家'])
      expect(await visitor.page.locator('#content').getByRole('button', { name }).count()).toBe(0);
    await visitor.leaves();
  });
});
