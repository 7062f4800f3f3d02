import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { grantCoupon, createOrderWithCoupon, getCouponStatuses } from '../support/fixtures/coupons.js';
import { eventually } from '../support/eventually.js';
import { PRICE_FEN, RefundFixture } from '../support/fixtures/refund-fixture.js';
import { launchChromium } from './support/chromium.js';
import { seriousViolations } from './support/serious-violations.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: refunds', () => {
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
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin/refunds');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = () => boss.page.getByRole('dialog');

  it('approves a refund that the buyer requested through the API', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { reason: '杯子碎了' });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByRole('button', { name: '同意 (A)' }).click();
    await dialog().getByLabel('内部备注').fill('看过照片');
    await takeScreenshots(boss.page, 'console-approve');
    expect(await seriousViolations(boss.page)).toEqual([]);
    await dialog().getByRole('button', { name: '确认退款 ¥100.00' }).click();
    await boss.page.getByText('微信已受理').waitFor();
    expect(await fixture.getAdminRefund(refund)).toMatchObject({
      status: 'PROCESSING',
      note: '看过照片',
      amountFen: PRICE_FEN,
    });
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    await boss.page.getByText('已退款').first().waitFor(); // the page fetches the refund again
  });

  it('approve: accepts yuan exact to the fen, rejects more than requested, and sends a double click once', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 4_350 });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByText('¥43.50').first().waitFor();
    await boss.page.keyboard.press('a');
    const amount = dialog().getByLabel('退款金额（元）');
    await amount.fill('43.51');
    await dialog().getByText('不能超过申请的 ¥43.50').waitFor();
    await amount.fill('4.35');
    await dialog().getByText('少退 ¥39.15').waitFor();
    await dialog().getByRole('button', { name: '确认退款 ¥4.35' }).dblclick();
    await boss.page.getByText('微信已受理').waitFor();
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ amountFen: 435, requestedFen: 4_350 });
    expect(await fixture.countRefundCalls(refund.refundNo)).toBe(1);
    expect(await boss.page.locator('.ant-message-error').count()).toBe(0);
  });

  it('shortcuts: opens the next refund with J and rejects it with R', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), {
      amountFen: 700,
      reason: '按键盘处理',
    });
    await boss.goTo('/admin/refunds');
    await boss.page.getByText('按键盘处理').waitFor();
    await boss.page.keyboard.press('j');
    await boss.page.getByRole('button', { name: '拒绝 (R)' }).waitFor();
    expect(boss.page.url()).toContain(refund.refundNo);
    await boss.page.keyboard.press('r');
    await dialog().getByRole('button', { name: '确认拒绝' }).click();
    await dialog().getByText('请填写拒绝理由').waitFor();
    await dialog().getByLabel('拒绝理由').fill('已经发货，请拒收'); // shortcuts are off while typing
    await dialog().getByRole('button', { name: '确认拒绝' }).click();
    await boss.page.getByText('已拒绝').first().waitFor();
    expect(await fixture.alice.getRefund(refund)).toMatchObject({
      status: 'REJECTED',
      rejectReason: '已经发货，请拒收',
    });
  });

  it('batch: shows the total before the decision and the result of each refund after it', async () => {
    const [good, gone, fine] = [
      await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 1_100, reason: '批量一' }),
      await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 1_200, reason: '批量二' }),
      await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 1_300, reason: '批量三' }),
    ];
    await boss.goTo('/admin/refunds');
    for (const { refundNo } of [good, gone, fine]) await boss.page.getByLabel(`选择退款 ${refundNo}`).check();
    await boss.page.getByRole('button', { name: '批量同意' }).click();
    await dialog().getByText('将处理 3 笔，合计 ¥36.00').waitFor();
    await fixture.alice.call('POST', `refunds/${gone.refundNo}/cancel`); // meanwhile
    await dialog().getByRole('button', { name: '确认退款 3 笔，共 ¥36.00' }).click();
    await dialog().getByText('成功 2 笔，失败 1 笔').waitFor();
    await takeScreenshots(boss.page, 'console-batch');
    expect(await seriousViolations(boss.page)).toEqual([]);
    const row = (refundNo: string) => dialog().locator(`[data-refund="${refundNo}"]`);
    expect(await row(good.refundNo).innerText()).toContain('成功');
    expect(await row(gone.refundNo).innerText()).toContain('已被处理，或买家已撤销');
    expect(await fixture.getAdminRefund(gone)).toMatchObject({ status: 'CANCELLED' });
    expect(await fixture.getAdminRefund(fine)).toMatchObject({ status: 'PROCESSING' });
  });

  it('explains an insufficient balance and an unknown result', async () => {
    const expectExplanation = async (errCode: string, text: string): Promise<void> => {
      const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 500 });
      await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
      await fixture.approveRefund(refund);
      await boss.goTo(`/admin/refunds/${refund.refundNo}`);
      await boss.page.getByText(text).waitFor();
      await takeScreenshots(boss.page, `console-${errCode.toLowerCase()}`);
    };
    await expectExplanation('NOTENOUGH', '请在微信支付商户平台充值');
    await expectExplanation('BIZERR_NEED_RETRY', '因此绝不会退两次');
  });

  it('approve: returns only the entered quantities to stock, independent of the amount', async () => {
    const pen = await fixture.shop.createProduct({ name: '钢笔', priceFen: 1000, stock: 10 });
    const placed = await fixture.alice.createOrder({ productId: fixture.tea }, { productId: pen, quantity: 2 });
    await fixture.alice.pay(placed);
    const { body: order } = await fixture.alice.syncOrder(placed);
    const teaBefore = await fixture.shop.getStock(fixture.tea);
    const refund = await fixture.alice.requestRefund(order, { amountFen: 1_000, reason: '钢笔漏墨' });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByText('尚未录入发货').waitFor();
    await boss.page.keyboard.press('a');
    await dialog().getByLabel('逐件填写').check();
    await dialog()
      .getByLabel(/^入库件数: 钢笔/)
      .fill('1');
    expect(await seriousViolations(boss.page)).toEqual([]);
    await takeScreenshots(boss.page, 'console-return-pieces');
    await dialog().getByRole('button', { name: '确认退款 ¥10.00' }).click();
    await boss.page.getByText('微信已受理').waitFor();
    expect(await fixture.getAdminRefund(refund)).toMatchObject({
      amountFen: 1_000,
      returnStock: false,
      returnItems: [{ productId: pen, quantity: 1 }],
    });
    await fixture.runJobsAfter({ minutes: 5 });
    await eventually(async () => expect(await fixture.shop.getStock(pen)).toBe(9));
    expect(await fixture.shop.getStock(fixture.tea)).toBe(teaBefore);
    await boss.page.getByText('随本退款入库').waitFor();
  });

  it('merchant refund: does not return items and coupon of a shipped order unless staff choose it', async () => {
    const coupon = await grantCoupon(fixture.boss, fixture.alice, { discountFen: 500 });
    const placed = await createOrderWithCoupon(fixture.alice, coupon, { productId: fixture.tea });
    await fixture.alice.pay(placed);
    const { body: order } = await fixture.alice.syncOrder(placed);
    const parcel = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZT${order.orderNo}` };
    await fixture.boss.call('POST', `orders/${order.orderNo}/shipments`, parcel);
    const stock = await fixture.shop.getStock(fixture.tea);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '发起退款' }).click();
    await dialog().getByText('已发货，不入库（默认）').waitFor();
    await dialog().getByText('已发货，不退回（默认）').waitFor();
    await dialog().getByLabel('退款金额（元）').fill('95');
    await dialog().getByLabel('退回', { exact: true }).check();
    await dialog().getByLabel('退款原因').fill('拒收退回');
    await dialog().getByRole('button', { name: '确认退款 ¥95.00' }).click();
    await boss.page.getByText('拒收退回').waitFor();
    await fixture.runJobsAfter({ minutes: 5 });
    await eventually(async () => expect((await getCouponStatuses(fixture.alice))[coupon.id]).toBe('AVAILABLE'));
    expect(await fixture.shop.getStock(fixture.tea)).toBe(stock);
    const [refund] = await fixture.alice.listRefunds(order);
    await boss.goTo(`/admin/refunds/${refund?.refundNo ?? ''}`);
    await boss.page.getByText('已发货 1 个包裹').waitFor();
    await boss.page.getByText('已退回买家').waitFor();
  });

  it('products: takes a product off sale without changing its stock', async () => {
    const id = await fixture.shop.createProduct({ name: '下架测试', stock: 7 });
    await boss.goTo('/admin/products?q=下架测试');
    const toggle = boss.page.getByRole('switch', { name: /^在售: 下架测试/ });
    await toggle.click();
    await boss.page.getByText('已下架').waitFor();
    expect((await fixture.boss.call('GET', `products/${id}`)).body).toMatchObject({ onSale: false, stock: 7 });
    await eventually(async () => expect(await toggle.getAttribute('aria-checked')).toBe('false'));
    expect(await seriousViolations(boss.page)).toEqual([]);
    await toggle.click();
    await boss.page.getByText('已上架').waitFor();
    expect((await fixture.boss.call('GET', `products/${id}`)).body).toMatchObject({ onSale: true, stock: 7 });
  });

  it('merchant refund: creates one refund for a double click', async () => {
    const order = await fixture.createPaidOrder();
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '发起退款' }).click();
    await dialog().getByLabel('退款金额（元）').fill('12.5');
    await dialog().getByLabel('退款原因').fill('补偿运费');
    await dialog().getByRole('button', { name: '确认退款 ¥12.50' }).dblclick();
    await boss.page.getByText('补偿运费').waitFor();
    await eventually(async () => {
      const refunds = await fixture.alice.listRefunds(order);
      expect(refunds).toMatchObject([{ kind: 'MERCHANT', amountFen: 1_250 }]);
    });
  });
});
