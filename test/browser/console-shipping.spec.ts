import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createStaff } from '../contract/support/test-staff.js';
import type { OrderJson } from '../support/test-buyer.js';
import { ShippingFixture } from '../support/shipping-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('shipping in the console', () => {
  let browser: Browser;
  let world: ShippingFixture;
  let boss: BrowserUser;
  let order: OrderJson;

  beforeAll(async () => {
    browser = await launchChromium();
    world = await ShippingFixture.open();
  });
  afterAll(async () => {
    await browser.close();
    await world.shop.close();
  });

  beforeEach(async () => {
    order = await world.createShippableOrder();
    boss = await BrowserUser.logInAt(browser, world.shop.url, `/admin/orders/${order.orderNo}`);
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = () => boss.page.getByRole('dialog');
  const button = (name: string) => boss.page.getByRole('button', { name, exact: true });
  const confirms = (name: string) => dialog().getByRole('button', { name }).click();
  const isFit = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };

  it('reports two parcels, and shows that WeChat has them', async () => {
    await button('发货').click();
    await confirms('确认发货');
    await dialog().getByText('必填', { exact: true }).first().waitFor();
    await dialog().getByLabel('快递公司').fill('中通');
    await boss.page.getByText('中通快递 · ZTO').click();
    await dialog().getByLabel('快递单号').fill('ZT0000000001');
    await dialog().getByLabel('还有包裹待发').check();
    // The list fades out, and antd gives an open one no name.
    await boss.page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    expect(await seriousViolations(boss.page)).toEqual([]);
    await takeScreenshots(boss.page, 'console-ship');
    await confirms('确认发货');
    await boss.page.getByText('待上传微信').waitFor();

    await button('再发一个包裹').click();
    await dialog().getByLabel('快递公司').fill('SF');
    await dialog().getByLabel('快递单号').fill('SF0000000002');
    await confirms('确认发货');
    await dialog().getByText('必填', { exact: true }).first().waitFor(); // SF wants the receiver's telephone
    await dialog().getByLabel('收件人电话').fill('13800138000');
    await confirms('确认发货');
    await boss.page.getByText('138****8000').waitFor();
    await world.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByText('已上传微信', { exact: true }).nth(1).waitFor();
    expect(await button('再发一个包裹').count()).toBe(0);
    await isFit('order-shipped');
    expect(await world.listShipments(order)).toMatchObject([
      { carrier: 'ZTO', isLast: false, state: 'UPLOADED' },
      { carrier: 'SF', isLast: true, state: 'UPLOADED' },
    ]);
  });

  it('uses the one re-ship to mend a number, and offers it no second time', async () => {
    await world.createShipment(order);
    await world.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await button('修改（重新发货）').click();
    await dialog().getByText('微信对每笔支付只允许重新发货一次').waitFor();
    await dialog().getByLabel('快递单号').fill('ZT0000000009');
    await confirms('使用唯一一次重新发货');
    await boss.page.getByText('ZT0000000009').first().waitFor();
    await world.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByText('已上传微信', { exact: true }).waitFor();
    expect(await button('修改（重新发货）').count()).toBe(0);
    expect(await world.listShipments(order)).toMatchObject([{ trackingNo: 'ZT0000000009', isReship: true }]);
  });

  it('says on To do what is unshipped and refused, and leads to where it is mended', async () => {
    await world.shop.wechat.failNext({ endpoint: 'upload_shipping_info', kind: 'err_code', errCode: '40097' });
    await world.createShipment(order);
    await world.shop.runJobs();
    const unshipped = await world.createShippableOrder();
    await boss.goTo('/admin');
    await boss.page.getByText('资金仍被冻结，请查看订单').waitFor();
    await boss.page.getByText(unshipped.orderNo).waitFor();
    await boss.page.getByText('剩余 47 小时').waitFor();
    await isFit('to-do-shipping');
    await boss.page.getByText('发货信息被微信拒绝').click();
    await boss.page.getByRole('paragraph').filter({ hasText: '微信不接受其中某项' }).waitFor();
    await button('修改并重新上传').click();
    await dialog().getByLabel('快递单号').fill('ZT0000000003');
    await confirms('修改并重新上传');
    await boss.page.getByText('待上传微信').waitFor();
    await world.runJobsUntilIdle(order);
    expect(await world.listShipmentStates(order)).toEqual(['UPLOADED']);

    await boss.goTo('/admin/orders?shipping=unshipped');
    await boss.page.getByText(unshipped.orderNo).waitFor();
    expect(await boss.page.getByText(order.orderNo).count()).toBe(0);
    await isFit('orders-unshipped');
  });

  it('is only looked at by whoever may not ship', async () => {
    const viewer = await createStaff(world.shop, 'VIEWER');
    const visitor = await BrowserUser.logInAt(browser, world.shop.url, `/admin/orders/${order.orderNo}`, {
      username: viewer.username,
    });
    await visitor.page.getByText('尚未发货').waitFor();
    expect(await visitor.page.getByRole('button', { name: '发货', exact: true }).count()).toBe(0);
    await visitor.close();
  });
});
