import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createStaff } from '../contract/support/test-staff.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { ShippingFixture } from '../support/fixtures/shipping-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: shipping', () => {
  let browser: Browser;
  let fixture: ShippingFixture;
  let boss: BrowserUser;
  let order: OrderJson;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await ShippingFixture.open();
  });
  afterAll(async () => {
    await browser.close();
    await fixture.shop.close();
  });

  beforeEach(async () => {
    order = await fixture.createShippableOrder();
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, `/admin/orders/${order.orderNo}`);
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = () => boss.page.getByRole('dialog');
  const button = (name: string) => boss.page.getByRole('button', { name, exact: true });
  const confirm = (name: string) => dialog().getByRole('button', { name }).click();
  const expectFits = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };

  it('ship: adds two parcels and shows their upload to WeChat', async () => {
    await button('发货').click();
    await confirm('确认发货');
    await dialog().getByText('必填', { exact: true }).first().waitFor();
    await dialog().getByLabel('快递公司').fill('中通');
    await boss.page.getByText('中通快递 · ZTO').click();
    await dialog().getByLabel('快递单号').fill('ZT0000000001');
    await dialog().getByLabel('还有包裹待发').check();
    // Wait until the list has faded out: antd's open list has no accessible name.
    await boss.page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    expect(await seriousViolations(boss.page)).toEqual([]);
    await takeScreenshots(boss.page, 'console-ship');
    await confirm('确认发货');
    await boss.page.getByText('待上传微信').waitFor();

    await button('再发一个包裹').click();
    await dialog().getByLabel('快递公司').fill('SF');
    await dialog().getByLabel('快递单号').fill('SF0000000002');
    await confirm('确认发货');
    await dialog().getByText('必填', { exact: true }).first().waitFor(); // SF wants the receiver's telephone
    await dialog().getByLabel('收件人电话').fill('13800138000');
    await confirm('确认发货');
    await boss.page.getByText('138****8000').waitFor();
    await fixture.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByText('已上传微信', { exact: true }).nth(1).waitFor();
    expect(await button('再发一个包裹').count()).toBe(0);
    await expectFits('order-shipped');
    expect(await fixture.listShipments(order)).toMatchObject([
      { carrier: 'ZTO', isLast: false, state: 'UPLOADED' },
      { carrier: 'SF', isLast: true, state: 'UPLOADED' },
    ]);
  });

  it('re-ship: corrects a tracking number once and then offers no further re-ship', async () => {
    await fixture.createShipment(order);
    await fixture.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await button('修改发货信息（仅限 1 次）').click();
    await dialog().getByText('微信对每笔支付只允许重新发货一次').waitFor();
    await dialog().getByLabel('快递单号').fill('ZT0000000009');
    await confirm('使用唯一一次重新发货');
    await boss.page.getByText('ZT0000000009').first().waitFor();
    await fixture.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByText('已上传微信', { exact: true }).waitFor();
    expect(await button('修改发货信息（仅限 1 次）').count()).toBe(0);
    expect(await fixture.listShipments(order)).toMatchObject([{ trackingNo: 'ZT0000000009', isReship: true }]);
  });

  it('to do: shows unshipped orders and failed uploads, and links to the order to correct', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'err_code', errCode: '40097' });
    await fixture.createShipment(order);
    await fixture.shop.runJobs();
    const unshipped = await fixture.createShippableOrder();
    await boss.goTo('/admin');
    await boss.page.getByText('资金仍被冻结，请查看订单').waitFor();
    await boss.page.getByText(unshipped.orderNo).waitFor();
    await boss.page.getByText('剩余 47 小时').waitFor();
    await expectFits('to-do-shipping');
    await boss.page.getByText('发货信息上传失败').click();
    await boss.page.getByRole('paragraph').filter({ hasText: '微信不接受其中某项' }).waitFor();
    await button('修改并重新上传').click();
    await dialog().getByLabel('快递单号').fill('ZT0000000003');
    await confirm('修改并重新上传');
    await boss.page.getByText('待上传微信').waitFor();
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listShipmentStates(order)).toEqual(['UPLOADED']);

    await boss.goTo('/admin/orders?shipping=unshipped');
    await boss.page.getByText(unshipped.orderNo).waitFor();
    expect(await boss.page.getByText(order.orderNo).count()).toBe(0);
    await expectFits('orders-unshipped');
  });

  it('order: a viewer sees the shipping panel without the ship button', async () => {
    const viewer = await createStaff(fixture.shop, 'VIEWER');
    const user = await BrowserUser.logInAt(browser, fixture.shop.url, `/admin/orders/${order.orderNo}`, {
      username: viewer.username,
    });
    await user.page.getByText('尚未发货').waitFor();
    expect(await user.page.getByRole('button', { name: '发货', exact: true }).count()).toBe(0);
    await user.close();
  });
});
