import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { createStaff, PASSWORD } from '../contract/support/test-staff.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { ShippingFixture } from '../support/fixtures/shipping-fixture.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { launchChromium } from './support/chromium.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: submit on Enter', () => {
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
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = (): Locator => boss.page.getByRole('dialog');
  // The accessible name of a button may start with its icon's name.
  const click = (name: string): Promise<void> =>
    boss.page.getByRole('button', { name: new RegExp(`(^| )${name.replaceAll(/[()]/g, '\\$&')}$`) }).click();
  const expectText = (text: string): Promise<void> => boss.page.getByText(text).first().waitFor();
  const fill = (fields: Record<string, string>): Promise<void> =>
    Object.entries(fields).reduce<Promise<void>>(
      (before, [label, text]) => before.then(() => dialog().getByLabel(label).fill(text)),
      Promise.resolve(),
    );
  const pressEnterIn = (label: string): Promise<void> => dialog().getByLabel(label).press('Enter');

  it('approve: Enter in the amount submits', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByRole('button', { name: '同意 (A)' }).waitFor();
    await boss.page.keyboard.press('a');
    await dialog().getByLabel('退款金额（元）').waitFor();
    await boss.page.keyboard.press('Enter');
    await expectText('微信已受理');
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING' });
    expect(await fixture.countRefundCalls(refund.refundNo)).toBe(1);
  });

  it('approve: Ctrl + Enter in the note submits, Enter starts a new line', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await click('同意 (A)');
    const note = dialog().getByLabel('内部备注');
    await note.fill('第一行');
    await note.press('Enter');
    expect(await note.inputValue()).toBe('第一行\n');
    await note.press('Control+Enter');
    await expectText('微信已受理');
  });

  it('approve: Enter in a quantity only updates the amount', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await click('同意 (A)');
    await dialog().getByText('按商品选择').click();
    await dialog().getByRole('spinbutton').last().fill('9');
    await dialog().getByRole('spinbutton').last().press('Enter');
    expect(await dialog().getByLabel('退款金额（元）').inputValue()).toBe('100.00');
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('reject: Enter in the reason submits, except while an input method is composing', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await click('拒绝 (R)');
    const reason = dialog().getByLabel('拒绝理由');
    await reason.fill('已发货');
    await reason.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    await reason.dispatchEvent('compositionend', { bubbles: true });
    await reason.dispatchEvent('keydown', { key: 'Enter', bubbles: true });
    await reason.dispatchEvent('keyup', { key: 'Enter', bubbles: true });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'REQUESTED' });
    await reason.press('Enter');
    await expectText('已拒绝');
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'REJECTED', rejectReason: '已发货' });
  });

  it('batch: Enter submits the decision and then closes the results', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 100 });
    const other = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 200 });
    await boss.goTo('/admin/refunds');
    await boss.page.getByLabel(`选择退款 ${refund.refundNo}`).check();
    await click('批量同意');
    await dialog().getByText('将处理 1 笔').waitFor();
    await boss.page.keyboard.press('Enter');
    await dialog().getByText('成功 1 笔').waitFor();
    await boss.page.keyboard.press('Enter');
    await dialog().waitFor({ state: 'hidden' });
    await boss.page.getByLabel(`选择退款 ${other.refundNo}`).check();
    await click('批量拒绝');
    await fill({ 拒绝理由: '已签收' });
    await pressEnterIn('拒绝理由');
    await dialog().getByText('成功 1 笔').waitFor();
    expect(await fixture.getAdminRefund(other)).toMatchObject({ status: 'REJECTED' });
  });

  it('merchant refund: Enter in the amount and in the reason submits', async () => {
    const order = await fixture.createPaidOrder();
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await click('发起退款');
    await fill({ '退款金额（元）': '1', 退款原因: '补偿一' });
    await pressEnterIn('退款金额（元）');
    await dialog().waitFor({ state: 'hidden' });
    await fixture.runJobsAfter({ minutes: 2 });
    await click('发起退款');
    await fill({ '退款金额（元）': '2', 退款原因: '补偿二' });
    await pressEnterIn('退款原因');
    await dialog().waitFor({ state: 'hidden' });
    expect(await fixture.alice.listRefunds(order)).toMatchObject([{ amountFen: 200 }, { amountFen: 100 }]);
  });

  it('products, coupons, staff, API keys: Enter submits the dialogs', async () => {
    await boss.goTo('/admin/products');
    await click('新增商品');
    await fill({ 名称: '回车盖碗', '价格（元）': '12' });
    await pressEnterIn('价格（元）');
    await expectText('回车盖碗');

    await boss.goTo('/admin/coupons');
    await click('新增优惠券');
    await fill({ 名称: '回车券', '优惠金额（元）': '5', 有效期至: '2036-12-31T23:59' });
    await pressEnterIn('优惠金额（元）');
    await expectText('回车券');
    await click('发放: 回车券');
    await fill({ 订单号或用户编号: fixture.alice.id });
    await pressEnterIn('订单号或用户编号');
    await expectText('已发放给用户');

    await boss.goTo('/admin/staff');
    await click('新增员工');
    await fill({ 用户名: 'enter-clerk', 初始密码: PASSWORD });
    await pressEnterIn('初始密码');
    await expectText('enter-clerk');
    await click('重置密码: enter-clerk');
    await fill({ 重置密码: `${PASSWORD} 2` });
    await pressEnterIn('重置密码');
    await dialog().waitFor({ state: 'hidden' });

    await boss.goTo('/admin/api-keys');
    await click('新建密钥');
    await fill({ 名称: 'ERP' });
    await pressEnterIn('名称');
    await expectText('密钥只显示这一次');
  });

  it('password: Enter submits the change', async () => {
    const { username } = await createStaff(fixture.shop, 'VIEWER');
    const user = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin', { username });
    await user.page.getByRole('button', { name: `我的账号: ${username}` }).click();
    await user.page.getByText('修改密码').click();
    await user.page.getByLabel('原密码').fill(PASSWORD);
    await user.page.getByLabel('新密码（至少 8 个字符）').fill('another horse battery');
    await user.page.keyboard.press('Enter');
    await user.page.getByText('密码已修改').waitFor();
    await user.close();
  });
});

describe('console: submit on Enter in shipping dialogs', () => {
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

  const field = (label: string): Locator => boss.page.getByRole('dialog').getByLabel(label);
  const openShipDialog = (): Promise<void> => boss.page.getByRole('button', { name: '发货', exact: true }).click();
  const expectWaitingForUpload = (): Promise<void> => boss.page.getByText('待上传微信').waitFor();

  it('ship: Enter closes the open list of carriers first, and submits from the tracking number', async () => {
    await openShipDialog();
    await field('快递单号').fill('ZT0000000001');
    await field('快递公司').fill('中通');
    await boss.page.getByText('中通快递 · ZTO').waitFor();
    await field('快递公司').press('Enter');
    await boss.page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    expect(await fixture.listShipments(order)).toEqual([]);
    await field('快递单号').press('Enter');
    await expectWaitingForUpload();
    expect(await fixture.listShipments(order)).toMatchObject([{ carrier: 'ZTO', trackingNo: 'ZT0000000001' }]);
  });

  it('re-ship: Enter in the tracking number submits', async () => {
    await fixture.createShipment(order);
    await fixture.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '修改发货信息（仅限 1 次）' }).click();
    await field('快递单号').fill('ZT0000000009');
    await field('快递单号').press('Enter');
    await expectWaitingForUpload();
    expect(await fixture.listShipments(order)).toMatchObject([{ trackingNo: 'ZT0000000009', isReship: true }]);
  });
});
