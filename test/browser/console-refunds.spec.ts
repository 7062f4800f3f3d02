import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { grantCoupon, createOrderWithCoupon, getCouponStatuses } from '../support/coupons.js';
import { eventually } from '../support/eventually.js';
import { PRICE_FEN, RefundFixture } from '../support/refund-fixture.js';
import { launchChromium } from './support/chromium.js';
import { seriousViolations } from './support/serious-violations.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('the refund desk', () => {
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
    boss = await BrowserUser.logInAt(browser, desk.shop.url, '/admin/refunds');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = () => boss.page.getByRole('dialog');

  it('approves what was asked for over the API, and the buyer sees it', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder(), { reason: '杯子碎了' });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByRole('button', { name: '同意 (A)' }).click();
    await dialog().getByLabel('内部备注').fill('看过照片');
    await takeScreenshots(boss.page, 'console-approve');
    expect(await seriousViolations(boss.page)).toEqual([]);
    await dialog().getByRole('button', { name: '确认退款 ¥100.00' }).click();
    await boss.page.getByText('微信已受理').waitFor();
    expect(await desk.getAdminRefund(refund)).toMatchObject({
      status: 'PROCESSING',
      note: '看过照片',
      amountFen: PRICE_FEN,
    });
    await desk.runJobsAfter({ minutes: 1 });
    expect(await desk.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    await boss.page.getByText('已退款').first().waitFor(); // the page asks again by itself
  });

  it('takes yuan to the fen, refuses what is more than was asked for, and sends a double click once', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 4_350 });
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
    expect(await desk.getAdminRefund(refund)).toMatchObject({ amountFen: 435, requestedFen: 4_350 });
    expect(await desk.countRefundCalls(refund.refundNo)).toBe(1);
    expect(await boss.page.locator('.ant-message-error').count()).toBe(0);
  });

  it('is worked by keys alone: down the queue, reject, and why', async () => {
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder(), {
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
    await dialog().getByLabel('拒绝理由').fill('已经发货，请拒收'); // its letters are no keys of the page
    await dialog().getByRole('button', { name: '确认拒绝' }).click();
    await boss.page.getByText('已拒绝').first().waitFor();
    expect(await desk.alice.getRefund(refund)).toMatchObject({ status: 'REJECTED', rejectReason: '已经发货，请拒收' });
  });

  it('decides several at once: first the sum, then what came of each', async () => {
    const [good, gone, fine] = [
      await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 1_100, reason: '批量一' }),
      await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 1_200, reason: '批量二' }),
      await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 1_300, reason: '批量三' }),
    ];
    await boss.goTo('/admin/refunds');
    for (const { refundNo } of [good, gone, fine]) await boss.page.getByLabel(`选择退款 ${refundNo}`).check();
    await boss.page.getByRole('button', { name: '批量同意' }).click();
    await dialog().getByText('将处理 3 笔，合计 ¥36.00').waitFor();
    await desk.alice.call('POST', `refunds/${gone.refundNo}/cancel`); // meanwhile
    await dialog().getByRole('button', { name: '确认处理 3 笔' }).click();
    await dialog().getByText('成功 2 笔，失败 1 笔').waitFor();
    await takeScreenshots(boss.page, 'console-batch');
    expect(await seriousViolations(boss.page)).toEqual([]);
    const row = (refundNo: string) => dialog().locator(`[data-refund="${refundNo}"]`);
    expect(await row(good.refundNo).innerText()).toContain('成功');
    expect(await row(gone.refundNo).innerText()).toContain('已被处理，或买家已撤销');
    expect(await desk.getAdminRefund(gone)).toMatchObject({ status: 'CANCELLED' });
    expect(await desk.getAdminRefund(fine)).toMatchObject({ status: 'PROCESSING' });
  });

  it('says in words what an empty account and an unknown outcome mean', async () => {
    const say = async (errCode: string, words: string): Promise<void> => {
      const refund = await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 500 });
      await desk.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
      await desk.approveRefund(refund);
      await boss.goTo(`/admin/refunds/${refund.refundNo}`);
      await boss.page.getByText(words).waitFor();
      await takeScreenshots(boss.page, `console-${errCode.toLowerCase()}`);
    };
    await say('NOTENOUGH', '请在微信支付商户平台充值');
    await say('BIZERR_NEED_RETRY', '因此绝不会退两次');
  });

  it('returns the pieces that staff name, and no others, with an amount of its own', async () => {
    const pen = await desk.shop.createProduct({ name: '钢笔', priceFen: 1000, stock: 10 });
    const placed = await desk.alice.createOrder({ productId: desk.tea }, { productId: pen, quantity: 2 });
    await desk.alice.pay(placed);
    const { body: order } = await desk.alice.syncOrder(placed);
    const teaBefore = await desk.shop.getStock(desk.tea);
    const refund = await desk.alice.requestRefund(order, { amountFen: 1_000, reason: '钢笔漏墨' });
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
    expect(await desk.getAdminRefund(refund)).toMatchObject({
      ...{ amountFen: 1_000, returnStock: false, returnItems: [{ productId: pen, quantity: 1 }] },
    });
    await desk.runJobsAfter({ minutes: 5 });
    await eventually(async () => expect(await desk.shop.getStock(pen)).toBe(9));
    expect(await desk.shop.getStock(desk.tea)).toBe(teaBefore);
    await boss.page.getByText('随本退款入库').waitFor();
  });

  it('keeps goods and coupon of a shipped order, unless staff say otherwise', async () => {
    const coupon = await grantCoupon(desk.boss, desk.alice, { discountFen: 500 });
    const placed = await createOrderWithCoupon(desk.alice, coupon, { productId: desk.tea });
    await desk.alice.pay(placed);
    const { body: order } = await desk.alice.syncOrder(placed);
    const parcel = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZT${order.orderNo}` };
    await desk.boss.call('POST', `orders/${order.orderNo}/shipments`, parcel);
    const stock = await desk.shop.getStock(desk.tea);
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '退款给买家' }).click();
    await dialog().getByText('已发货，不入库（默认）').waitFor();
    await dialog().getByText('已发货，不退回（默认）').waitFor();
    await dialog().getByLabel('退款金额（元）').fill('95');
    await dialog().getByLabel('退回', { exact: true }).check();
    await dialog().getByLabel('退款原因').fill('拒收退回');
    await dialog().getByRole('button', { name: '确认退款 ¥95.00' }).click();
    await boss.page.getByText('拒收退回').waitFor();
    await desk.runJobsAfter({ minutes: 5 });
    await eventually(async () => expect((await getCouponStatuses(desk.alice))[coupon.id]).toBe('AVAILABLE'));
    expect(await desk.shop.getStock(desk.tea)).toBe(stock);
    const [refund] = await desk.alice.listRefunds(order);
    await boss.goTo(`/admin/refunds/${refund?.refundNo ?? ''}`);
    await boss.page.getByText('已发货 1 个包裹').waitFor();
    await boss.page.getByText('已退回买家').waitFor();
  });

  it('takes a product off sale by a switch, and leaves its stock alone', async () => {
    const id = await desk.shop.createProduct({ name: '下架测试', stock: 7 });
    await boss.goTo('/admin/products?q=下架测试');
    const toggle = boss.page.getByRole('switch', { name: /^在售: 下架测试/ });
    await toggle.click();
    await boss.page.getByText('已下架').waitFor();
    expect((await desk.boss.call('GET', `products/${id}`)).body).toMatchObject({ onSale: false, stock: 7 });
    await eventually(async () => expect(await toggle.getAttribute('aria-checked')).toBe('false'));
    expect(await seriousViolations(boss.page)).toEqual([]);
    await toggle.click();
    await boss.page.getByText('已上架').waitFor();
    expect((await desk.boss.call('GET', `products/${id}`)).body).toMatchObject({ onSale: true, stock: 7 });
  });

  it('gives money back of the shop’s own accord, once', async () => {
    const order = await desk.createPaidOrder();
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '退款给买家' }).click();
    await dialog().getByLabel('退款金额（元）').fill('12.5');
    await dialog().getByLabel('退款原因').fill('补偿运费');
    await dialog().getByRole('button', { name: '确认退款 ¥12.50' }).dblclick();
    await boss.page.getByText('补偿运费').waitFor();
    await eventually(async () => {
      const refunds = await desk.alice.listRefunds(order);
      expect(refunds).toMatchObject([{ kind: 'MERCHANT', amountFen: 1_250 }]);
    });
  });
});
