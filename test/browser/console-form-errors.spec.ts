import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { createStaff, PASSWORD } from '../contract/support/test-staff.js';
import type { OrderJson } from '../support/test-buyer.js';
import { ShippingFixture } from '../support/shipping-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('the console: what the service refuses in a form', () => {
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

  const dialog = (): Locator => boss.page.getByRole('dialog');
  const field = (label: string): Locator => dialog().getByLabel(label);
  /** What is said in red below a field. */
  const complaint = (text: string): Promise<void> =>
    dialog().locator('.ant-form-item-explain-error', { hasText: text }).waitFor();
  const startsShipping = (): Promise<void> => boss.page.getByRole('button', { name: '发货', exact: true }).click();
  const ships = (): Promise<void> => dialog().getByRole('button', { name: '确认发货' }).click();
  const toasts = (): Promise<number> => boss.page.locator('.ant-message-error').count();

  it('ship: takes the name of a carrier for its code', async () => {
    await startsShipping();
    await field('快递公司').fill('圆通');
    await field('快递单号').fill('YT0000000002');
    await ships();
    await boss.page.getByText('待上传微信').waitFor();
    expect(await world.listShipments(order)).toMatchObject([{ carrier: 'YTO', trackingNo: 'YT0000000002' }]);
  });

  it('ship: says at the field what is wrong with it, in the language of the page', async () => {
    await startsShipping();
    await field('快递公司').fill('达达');
    await field('快递单号').fill('1');
    await ships();
    await complaint('没有找到这家快递公司');
    await field('快递公司').fill('SF');
    await field('收件人电话').fill('12');
    await field('快递单号').fill('单号');
    await ships();
    await complaint('请输入电话号码，须包含最后四位');
    await complaint('请输入 1 至 128 个字母、数字或符号');
    expect(await toasts()).toBe(0);
    expect(await seriousViolations(boss.page)).toEqual([]);
    await takeScreenshots(boss.page, 'console-ship-refused');
    await boss.page.reload();
    await boss.page.getByRole('button', { name: 'English' }).click();
    await boss.page.getByRole('button', { name: 'Ship', exact: true }).click();
    await field('Carrier').fill('ZTO');
    await field('Tracking number').fill('单号');
    await dialog().getByRole('button', { name: 'Report to WeChat' }).click();
    await complaint('Enter 1 to 128 letters');
    expect(await toasts()).toBe(0);
    await takeScreenshots(boss.page, 'console-ship-refused-english');
  });

  it('ship: takes the Chinese name of a service within the city, and WeChat gets the parcel', async () => {
    await startsShipping();
    await dialog().getByText('同城配送').click();
    await field('配送公司').fill('达达');
    await ships();
    await boss.page.getByText('待上传微信').waitFor();
    await world.runJobsUntilIdle(order);
    expect(await world.listShipments(order)).toMatchObject([{ carrier: '达达', kind: 'SAME_CITY', state: 'UPLOADED' }]);
  });

  it('order: says in yuan at the amount that less is left by now', async () => {
    await boss.page.getByRole('button', { name: '退款给买家' }).click();
    await field('退款金额（元）').fill('199.99');
    await field('退款原因').fill('协商退款');
    const body = { reason: '同时', amountFen: 500 };
    await world.alice.call('POST', `orders/${order.orderNo}/refunds`, body);
    await dialog().getByRole('button', { name: '确认退款 ¥199.99' }).click();
    await complaint('退款金额 ¥199.99 超出可退的 ¥195.00');
    expect(await toasts()).toBe(0);
  });

  it('staff: says at the name that it is taken, and at the old password that it is wrong', async () => {
    const { username } = await createStaff(world.shop, 'VIEWER');
    await boss.goTo('/admin/staff');
    await boss.page.getByRole('button', { name: '新增员工' }).click();
    await field('用户名').fill(username);
    await field('初始密码').fill(PASSWORD);
    await field('初始密码').press('Enter');
    await complaint(`用户名 ${username} 已存在`);
    await boss.page.reload();
    await boss.page.getByRole('button', { name: '我的账号' }).click();
    await boss.page.getByText('修改密码').click();
    await field('原密码').fill('something else');
    await field('新密码').fill('another horse battery');
    await field('新密码').press('Enter');
    await complaint('原密码不正确');
    expect(await toasts()).toBe(0);
  });
});
