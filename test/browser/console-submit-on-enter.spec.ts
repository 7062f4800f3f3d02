import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { createStaff, PASSWORD } from '../contract/support/test-staff.js';
import type { OrderJson } from '../support/test-buyer.js';
import { ShippingFixture } from '../support/shipping-fixture.js';
import { RefundFixture } from '../support/refund-fixture.js';
import { launchChromium } from './support/chromium.js';
import { BrowserUser } from './support/browser-user.js';

describe('the console: Enter in a dialog', () => {
  let browser: Browser;
  let desk: RefundFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    desk = await RefundFixture.open();
    await desk.boss.call('PATCH', `products/${desk.tea}`, { stock: 1000 });
  });
  afterAll(async () => {
    await browser.close();
    await desk.shop.close();
  });

  beforeEach(async () => {
    boss = await BrowserUser.logInAt(browser, desk.shop.url, '/admin');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = (): Locator => boss.page.getByRole('dialog');
  // An icon before the words is a part of a button's name.
  const click = (name: string): Promise<void> =>
    boss.page.getByRole('button', { name: new RegExp(`(^| )${name.replaceAll(/[()]/g, '\\$&')}$`) }).click();
  const says = (text: string): Promise<void> => boss.page.getByText(text).first().waitFor();
  const fill = (fields: Record<string, string>): Promise<void> =>
    Object.entries(fields).reduce<Promise<void>>(
      (before, [label, text]) => before.then(() => dialog().getByLabel(label).fill(text)),
      Promise.resolve(),
    );
  const enterIn = (label: string): Promise<void> => dialog().getByLabel(label).press('Enter');

  it('approves a refund from its amount', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByRole('button', { name: '同意 (A)' }).waitFor();
    await boss.page.keyboard.press('a');
    await dialog().getByLabel('退款金额（元）').waitFor();
    await boss.page.keyboard.press('Enter');
    await says('微信已受理');
    expect(await desk.getAdminRefund(refund)).toMatchObject({ status: 'PROCESSING' });
    expect(await desk.countRefundCalls(refund.refundNo)).toBe(1);
  });

  it('approves from the note by Ctrl + Enter, where Enter alone begins a new line', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await click('同意 (A)');
    const note = dialog().getByLabel('内部备注');
    await note.fill('第一行');
    await note.press('Enter');
    expect(await note.inputValue()).toBe('第一行\n');
    await note.press('Control+Enter');
    await says('微信已受理');
  });

  it('takes a number of pieces over before it can send the amount', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await click('同意 (A)');
    await dialog().getByText('按商品计算金额').click();
    await dialog().getByRole('spinbutton').last().fill('9');
    await dialog().getByRole('spinbutton').last().press('Enter');
    expect(await dialog().getByLabel('退款金额（元）').inputValue()).toBe('100.00');
    expect(await desk.getAdminRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('rejects from the reason, but not while Chinese is being composed', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder());
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await click('拒绝 (R)');
    const reason = dialog().getByLabel('拒绝理由');
    await reason.fill('已发货');
    await reason.dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    await reason.dispatchEvent('compositionend', { bubbles: true });
    await reason.dispatchEvent('keydown', { key: 'Enter', bubbles: true });
    await reason.dispatchEvent('keyup', { key: 'Enter', bubbles: true });
    expect(await desk.getAdminRefund(refund)).toMatchObject({ status: 'REQUESTED' });
    await reason.press('Enter');
    await says('已拒绝');
    expect(await desk.alice.getRefund(refund)).toMatchObject({ status: 'REJECTED', rejectReason: '已发货' });
  });

  it('decides several refunds at once, and closes what came of them', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 100 });
    const other = await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 200 });
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
    await enterIn('拒绝理由');
    await dialog().getByText('成功 1 笔').waitFor();
    expect(await desk.getAdminRefund(other)).toMatchObject({ status: 'REJECTED' });
  });

  it('gives a refund from its reason and from its amount', async () => {
    const order = await desk.createPaidOrder();
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await click('退款给买家');
    await fill({ '退款金额（元）': '1', 退款原因: '补偿一' });
    await enterIn('退款金额（元）');
    await dialog().waitFor({ state: 'hidden' });
    await desk.runJobsAfter({ minutes: 2 });
    await click('退款给买家');
    await fill({ '退款金额（元）': '2', 退款原因: '补偿二' });
    await enterIn('退款原因');
    await dialog().waitFor({ state: 'hidden' });
    expect(await desk.alice.listRefunds(order)).toMatchObject([{ amountFen: 200 }, { amountFen: 100 }]);
  });

  it('makes products, coupons, accounts and keys, and grants a coupon', async () => {
    await boss.goTo('/admin/products');
    await click('新增商品');
    await fill({ 名称: '回车盖碗', '价格（元）': '12' });
    await enterIn('价格（元）');
    await says('回车盖碗');

    await boss.goTo('/admin/coupons');
    await click('新增优惠券');
    await fill({ 名称: '回车券', '优惠金额（元）': '5', 有效期至: '2036-12-31T23:59' });
    await enterIn('优惠金额（元）');
    await says('回车券');
    await click('发放: 回车券');
    await fill({ 订单号或用户编号: desk.alice.id });
    await enterIn('订单号或用户编号');
    await says('已发放给用户');

    await boss.goTo('/admin/staff');
    await click('新增员工');
    await fill({ 用户名: 'enter-clerk', 初始密码: PASSWORD });
    await enterIn('初始密码');
    await says('enter-clerk');
    await click('重置密码: enter-clerk');
    await fill({ 重置密码: `${PASSWORD} 2` });
    await enterIn('重置密码');
    await dialog().waitFor({ state: 'hidden' });

    await boss.goTo('/admin/api-keys');
    await click('新建密钥');
    await fill({ 用途: 'ERP' });
    await enterIn('用途');
    await says('密钥只显示这一次');
  });

  it('changes a password', async () => {
    const { username } = await createStaff(desk.shop, 'VIEWER');
    const visitor = await BrowserUser.logInAt(browser, desk.shop.url, '/admin', { username });
    await visitor.page.getByRole('button', { name: `我的账号: ${username}` }).click();
    await visitor.page.getByText('修改密码').click();
    await visitor.page.getByLabel('原密码').fill(PASSWORD);
    await visitor.page.getByLabel('新密码（至少 8 个字符）').fill('another horse battery');
    await visitor.page.keyboard.press('Enter');
    await visitor.page.getByText('密码已修改').waitFor();
    await visitor.close();
  });
});

describe('the console: Enter in a dialog about a parcel', () => {
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

  const field = (label: string): Locator => boss.page.getByRole('dialog').getByLabel(label);
  const opensDialog = (): Promise<void> => boss.page.getByRole('button', { name: '发货', exact: true }).click();
  const hasShipped = (): Promise<void> => boss.page.getByText('待上传微信').waitFor();

  it('closes the open list of carriers first, and ships from the tracking number', async () => {
    await opensDialog();
    await field('快递单号').fill('ZT0000000001');
    await field('快递公司').fill('中通');
    await boss.page.getByText('中通快递 · ZTO').waitFor();
    await field('快递公司').press('Enter');
    await boss.page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    expect(await world.listShipments(order)).toEqual([]);
    await field('快递单号').press('Enter');
    await hasShipped();
    expect(await world.listShipments(order)).toMatchObject([{ carrier: 'ZTO', trackingNo: 'ZT0000000001' }]);
  });

  it('corrects a parcel from its number', async () => {
    await world.createShipment(order);
    await world.runJobsUntilIdle(order);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '修改（重新发货）' }).click();
    await field('快递单号').fill('ZT0000000009');
    await field('快递单号').press('Enter');
    await hasShipped();
    expect(await world.listShipments(order)).toMatchObject([{ trackingNo: 'ZT0000000009', isReship: true }]);
  });
});
