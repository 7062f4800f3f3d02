import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { createStaff, PASSWORD } from '../contract/support/test-staff.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { ShippingFixture } from '../support/fixtures/shipping-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: validation errors in forms', () => {
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

  const dialog = (): Locator => boss.page.getByRole('dialog');
  const field = (label: string): Locator => dialog().getByLabel(label);
  /** The error text below a field. */
  const expectFieldError = (text: string): Promise<void> =>
    dialog().locator('.ant-form-item-explain-error', { hasText: text }).waitFor();
  const openShipDialog = (): Promise<void> => boss.page.getByRole('button', { name: '发货', exact: true }).click();
  const confirm = (): Promise<void> => dialog().getByRole('button', { name: '确认发货' }).click();
  const toasts = (): Promise<number> => boss.page.locator('.ant-message-error').count();

  it('ship: accepts the name of a carrier instead of its code', async () => {
    await openShipDialog();
    await field('快递公司').fill('圆通');
    await field('快递单号').fill('YT0000000002');
    await confirm();
    await boss.page.getByText('待上传微信').waitFor();
    expect(await fixture.listShipments(order)).toMatchObject([{ carrier: 'YTO', trackingNo: 'YT0000000002' }]);
  });

  it('ship: shows errors at their fields, in the language of the page', async () => {
    await openShipDialog();
    await field('快递公司').fill('达达');
    await field('快递单号').fill('1');
    await confirm();
    await expectFieldError('没有找到这家快递公司');
    await field('快递公司').fill('SF');
    await field('收件人电话').fill('12');
    await field('快递单号').fill('单号');
    await confirm();
    await expectFieldError('请输入电话号码，须包含最后四位');
    await expectFieldError('请输入 1 至 128 个字母、数字或符号');
    expect(await toasts()).toBe(0);
    expect(await seriousViolations(boss.page)).toEqual([]);
    await takeScreenshots(boss.page, 'console-ship-refused');
    await boss.page.reload();
    await boss.page.getByRole('button', { name: 'English' }).click();
    await boss.page.getByRole('button', { name: 'Ship', exact: true }).click();
    await field('Carrier').fill('ZTO');
    await field('Tracking number').fill('单号');
    await dialog().getByRole('button', { name: 'Confirm' }).click();
    await expectFieldError('Enter 1 to 128 letters');
    expect(await toasts()).toBe(0);
    await takeScreenshots(boss.page, 'console-ship-refused-english');
  });

  it('ship: accepts the Chinese name of a local delivery company and uploads the parcel to WeChat', async () => {
    await openShipDialog();
    await dialog().getByText('同城配送').click();
    await field('配送公司').fill('达达');
    await confirm();
    await boss.page.getByText('待上传微信').waitFor();
    await fixture.runJobsUntilIdle(order);
    expect(await fixture.listShipments(order)).toMatchObject([
      { carrier: '达达', kind: 'SAME_CITY', state: 'UPLOADED' },
    ]);
  });

  it('order: shows at the amount, in yuan, that the refundable amount is lower now', async () => {
    await boss.page.getByRole('button', { name: '发起退款' }).click();
    await field('退款金额（元）').fill('199.99');
    await field('退款原因').fill('协商退款');
    const body = { reason: '同时', amountFen: 500 };
    await fixture.alice.call('POST', `orders/${order.orderNo}/refunds`, body);
    await dialog().getByRole('button', { name: '确认退款 ¥199.99' }).click();
    await expectFieldError('退款金额 ¥199.99 超出可退的 ¥195.00');
    expect(await toasts()).toBe(0);
  });

  it('staff: shows a taken username and a wrong current password at their fields', async () => {
    const { username } = await createStaff(fixture.shop, 'VIEWER');
    await boss.goTo('/admin/staff');
    await boss.page.getByRole('button', { name: '新增员工' }).click();
    await field('用户名').fill(username);
    await field('初始密码').fill(PASSWORD);
    await field('初始密码').press('Enter');
    await expectFieldError(`用户名 ${username} 已存在`);
    await boss.page.reload();
    await boss.page.getByRole('button', { name: '我的账号' }).click();
    await boss.page.getByText('修改密码').click();
    await field('原密码').fill('something else');
    await field('新密码').fill('another horse battery');
    await field('新密码').press('Enter');
    await expectFieldError('原密码错误');
    expect(await toasts()).toBe(0);
  });
});
