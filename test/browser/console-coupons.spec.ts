import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import {
  type AdminCouponJson,
  grantCoupon,
  createOrderWithCoupon,
  getCouponStatuses,
} from '../support/fixtures/coupons.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: coupons', () => {
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
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin/coupons');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = () => boss.page.getByRole('dialog');
  const button = (name: string) => boss.page.getByRole('button', { name });
  const coupons = async (): Promise<AdminCouponJson[]> =>
    (await fixture.boss.call<{ items: AdminCouponJson[] }>('GET', 'coupons')).body.items;

  it('creates a coupon in yuan, grants it to the buyer of an order number, and changes it', async () => {
    const order = await fixture.createPaidOrder();
    await boss.page.getByText('还没有优惠券').waitFor();
    await button('新增优惠券').click();
    await dialog().getByLabel('名称').fill('满 20 减 5');
    await dialog().getByLabel('优惠金额（元）').fill('0');
    await dialog().getByText('请输入大于 0 的金额').waitFor();
    await dialog().getByLabel('优惠金额（元）').fill('5.05');
    await dialog().getByLabel('最低消费（元，选填）').fill('20');
    await dialog().getByLabel('有效期至').fill('2036-11-21T18:04');
    expect(await seriousViolations(boss.page)).toEqual([]);
    await takeScreenshots(boss.page, 'console-coupon-new');
    await dialog().getByRole('button', { name: '保存' }).click();
    await boss.page.getByText('满 ¥20.00').waitFor();
    const expected = { name: '满 20 减 5', discountFen: 505, minSpendFen: 2000, expiresAt: '2036-11-21T10:04:00.000Z' };
    expect(await coupons()).toMatchObject([expected]);

    await button('发放: 满 20 减 5').click();
    await dialog().getByLabel('订单号或用户编号').fill('UNKNOWN');
    await dialog().getByRole('button', { name: '发放' }).click();
    await boss.page.getByText('用户 UNKNOWN 不存在').waitFor();
    await dialog()
      .getByLabel('订单号或用户编号')
      .fill(order.transactionId ?? '');
    await dialog().getByRole('button', { name: '发放' }).dblclick();
    await boss.page.getByText(`已发放给用户 ${fixture.alice.id}`).waitFor();
    await boss.page.getByText('0 / 1').waitFor();
    expect(Object.values(await getCouponStatuses(fixture.alice))).toEqual(['AVAILABLE']);

    await button('编辑: 满 20 减 5').click();
    await dialog().getByText('已发放且未被订单占用').waitFor();
    await dialog().getByLabel('最低消费（元，选填）').fill('');
    await dialog().getByRole('button', { name: '保存' }).click();
    await boss.page.getByText('无门槛').waitFor();
    expect(await coupons()).toMatchObject([{ ...expected, minSpendFen: 0 }]);
    await boss.page.waitForLoadState('networkidle');
    expect((await takeScreenshots(boss.page, 'console-coupons')).overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  });

  it('order: shows the coupon and refunds single items exact to the fen', async () => {
    const pen = await fixture.shop.createProduct({ name: '签字笔', priceFen: 333, stock: 10 });
    const coupon = await grantCoupon(fixture.boss, fixture.alice, { discountFen: 1000 });
    const lines = [{ productId: fixture.tea }, { productId: pen, quantity: 3 }];
    const order = await createOrderWithCoupon(fixture.alice, coupon, ...lines);
    await fixture.alice.pay(order);
    await fixture.alice.syncOrder(order);
    const penFen = order.items[1]?.payableFen ?? NaN;
    const third = (before: number): number =>
      Math.floor((penFen * (before + 1)) / 3) - Math.floor((penFen * before) / 3);
    const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;

    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByText(coupon.id).waitFor();
    await boss.page.getByText('优惠后金额').waitFor();
    await button('发起退款').click();
    await dialog().getByText('按商品选择').click();
    await dialog()
      .getByLabel(/^本次退件数: 签字笔/)
      .fill('1');
    await dialog()
      .getByRole('button', { name: `确认退款 ${yuan(third(0))}` })
      .waitFor();
    await dialog()
      .getByLabel(/^本次退件数: 签字笔/)
      .fill('3');
    await dialog()
      .getByRole('button', { name: `确认退款 ${yuan(penFen)}` })
      .waitFor();
    await dialog()
      .getByLabel(/^本次退件数: 签字笔/)
      .fill('1');
    await dialog().getByLabel('退款原因（买家会看到）').fill('少发一支');
    await takeScreenshots(boss.page, 'console-refund-by-line');
    expect(await seriousViolations(boss.page)).toEqual([]);
    await dialog()
      .getByRole('button', { name: `确认退款 ${yuan(third(0))}` })
      .click();
    await dialog().waitFor({ state: 'hidden' });
    expect((await fixture.alice.listRefunds(order)).map(({ amountFen }) => amountFen)).toEqual([third(0)]);

    await button('发起退款').click();
    await dialog().getByText('按商品选择').click();
    await dialog()
      .getByLabel(/^之前已退件数: 签字笔/)
      .fill('1');
    await dialog()
      .getByLabel(/^本次退件数: 签字笔/)
      .fill('2');
    await dialog()
      .getByRole('button', { name: `确认退款 ${yuan(penFen - third(0))}` })
      .waitFor();
  });
});
