import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createStaff } from '../contract/support/test-staff.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: buyers and unpaid orders', () => {
  let browser: Browser;
  let fixture: RefundFixture;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await RefundFixture.open();
  });
  afterAll(async () => {
    await browser.close();
    await fixture.shop.close();
  });

  it('order: an operator closes an unpaid order, blocks its buyer and unblocks them', async () => {
    const alice = await fixture.shop.createUser('alice');
    const order = await alice.createOrder({ productId: fixture.tea });
    const { username } = await createStaff(fixture.shop, 'OPERATOR');
    const user = await BrowserUser.logInAt(browser, fixture.shop.url, `/admin/orders/${order.orderNo}`, {
      username,
    });
    const page = user.page;
    const press = async (name: string): Promise<void> => {
      await page.locator('#content').getByRole('button', { name }).click();
      await page.getByRole('tooltip').getByRole('button', { name }).click();
    };

    await press('关闭订单');
    await page.getByText('已关闭').first().waitFor();
    await page.getByText(username).first().waitFor();
    expect((await alice.getOrder(order)).status).toBe('CLOSED');
    expect(await page.locator('#content').getByRole('button', { name: '关闭订单' }).count()).toBe(0);

    await press('停用买家');
    await page.getByText('已停用：').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await takeScreenshots(page, 'console-order-blocked-buyer');
    expect((await alice.call('GET', 'auth/me')).status).toBe(401);

    await press('恢复买家');
    await page.getByText('已停用：').waitFor({ state: 'detached' });
    expect(user.errors).toEqual([]);
    await user.close();
  });

  it('order: a viewer can neither close the order nor block the buyer', async () => {
    const order = await (await fixture.shop.createUser('alice')).createOrder({ productId: fixture.tea });
    const { username } = await createStaff(fixture.shop, 'VIEWER');
    const user = await BrowserUser.logInAt(browser, fixture.shop.url, `/admin/orders/${order.orderNo}`, {
      username,
    });
    await user.page.getByRole('heading', { name: '时间线' }).waitFor();
    for (const name of ['关闭订单', '停用买家'])
      expect(await user.page.locator('#content').getByRole('button', { name }).count()).toBe(0);
    await user.close();
  });
});
