import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { Clock } from '../../src/common/time/clock.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: search, tabs and filters', () => {
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

  const list = (): Locator => boss.page.getByRole('region', { name: '退款列表' });
  const row = (text: string): Locator => list().getByText(text);
  const chip = (text: string): Locator => boss.page.getByLabel('筛选条件', { exact: true }).getByText(text);
  const expectFits = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, name);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };

  /** Creates a refund with insufficient balance and one with an unknown result. */
  async function createTwoRefundsInProgress(): Promise<void> {
    for (const [errCode, reason] of [
      ['NOTENOUGH', '余额不足的'],
      ['BIZERR_NEED_RETRY', '结果未知的'],
    ] as const) {
      const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), {
        amountFen: 500,
        reason,
      });
      await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });
      await fixture.approveRefund(refund);
    }
  }

  it('orders: shows the quantity of the first product and counts the others', async () => {
    const [board, cup] = [
      await fixture.shop.createProduct({ name: '茶盘' }),
      await fixture.shop.createProduct({ name: '盖碗' }),
    ];
    await fixture.alice.createOrder(
      { productId: board, quantity: 3 },
      { productId: cup, quantity: 2 },
      { productId: fixture.tea, quantity: 2 },
    );
    await boss.goTo('/admin/orders');
    const goods = boss.page.locator('.order-items-summary').first();
    await goods.waitFor();
    expect(await goods.innerText()).toMatch(/茶盘 \S+ ×3 等 3 种共 7 件$/);
    await expectFits('console-orders-goods');
    await boss.page.getByRole('button', { name: 'English' }).click();
    expect(await goods.innerText()).toMatch(/×3 \+2 more/);
    await boss.page.getByRole('button', { name: '中文' }).click();
  });

  it('refunds: a search covers all refunds, regardless of the tab', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), {
      amountFen: 700,
      reason: '已经拒绝的',
    });
    await fixture.rejectRefund(refund);
    await boss.goTo('/admin/refunds?tab=PROCESSING&wait=UNKNOWN_OUTCOME');
    await chip('结果未知').waitFor();
    const search = boss.page.getByRole('searchbox').or(boss.page.getByPlaceholder('退款单号'));
    await search.first().fill(refund.refundNo);
    await search.first().press('Enter');
    await row('已经拒绝的').waitFor();
    await boss.page.getByText('在全部退款中搜索').waitFor();
    await expectFits('console-refund-search');
  });

  it('refunds: shows active filters, removes one by its button, and clears all with another tab', async () => {
    await createTwoRefundsInProgress();
    await boss.goTo('/admin/refunds?tab=PROCESSING&wait=NOT_ENOUGH_FUNDS');
    await row('余额不足的').waitFor();
    expect(await row('结果未知的').count()).toBe(0);
    await expectFits('console-refund-chips');
    await boss.page.getByRole('button', { name: '移除筛选：余额不足' }).click();
    await row('结果未知的').waitFor();

    await boss.goTo('/admin/refunds?tab=PROCESSING&wait=NOT_ENOUGH_FUNDS');
    await row('余额不足的').waitFor();
    await list().getByText('待审批', { exact: true }).first().click();
    await chip('余额不足').waitFor({ state: 'hidden' });
    await list().getByText('退款中', { exact: true }).first().click();
    await row('结果未知的').waitFor();
    expect(new URL(boss.page.url()).search).toBe('?tab=PROCESSING');
  });

  it("to do: links to the automatic refunds of today's day in Beijing", async () => {
    await boss.goTo('/admin');
    await boss.page.getByText('今日自动退款').click();
    await boss.page.waitForURL(/kind=AUTOMATIC/);
    const now = fixture.shop.firstInstance.app.get(Clock).now();
    const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(new URL(boss.page.url()).searchParams.get('from')).toBe(today);
    await chip(`${today} 起申请（北京时间）`).waitFor();
    await chip('系统自动').waitFor();
  });

  it.each([
    ['products', '/admin/products?q=没有这个', '没有符合条件的记录', '清除筛选条件'],
    ['coupons', '/admin/coupons?q=没有这个', '没有符合条件的记录', '清除筛选条件'],
    ['staff', '/admin/staff?q=没有这个', '没有符合条件的记录', '清除筛选条件'],
    ['audit log', '/admin/audit?q=boss&action=coupon.grant', '没有符合条件的记录', '清除其他筛选，在全部中搜索'],
  ])('%s: tells that the filters hide all rows, and clears them', async (_page, path, text, button) => {
    await boss.goTo(path);
    await boss.page.getByText(text).waitFor();
    await boss.page.getByRole('button', { name: button }).click();
    await boss.page.getByText(text).waitFor({ state: 'hidden' });
  });

  it('orders: offers to clear the other filters when they hide the order', async () => {
    const order = await fixture.createPaidOrder();
    await boss.goTo(`/admin/orders?status=CLOSED&q=${order.orderNo}`);
    await boss.page.getByRole('button', { name: '清除其他筛选，在全部中搜索' }).click();
    await boss.page.getByRole('link', { name: order.orderNo }).waitFor();
    expect(new URL(boss.page.url()).search).toBe(`?q=${order.orderNo}`);
  });

  describe('back link', () => {
    let order: OrderJson;

    beforeAll(async () => {
      order = await fixture.createPaidOrder();
      await fixture.alice.requestRefund(order, { amountFen: 900, reason: '从退款台来' });
    });

    const goBack = async (): Promise<string> => {
      await boss.page.getByRole('link', { name: '← 返回' }).click();
      await boss.page.getByRole('link', { name: '← 返回' }).waitFor({ state: 'hidden' });
      const { pathname, search } = new URL(boss.page.url());
      return pathname + search;
    };

    it('returns from an order to the list with its filters and scroll position', async () => {
      for (let count = 0; count < 12; count++) await fixture.alice.createOrder({ productId: fixture.tea });
      await boss.page.setViewportSize({ width: 1280, height: 500 });
      await boss.goTo(`/admin/orders?status=PAID`);
      const link = boss.page.getByRole('link', { name: order.orderNo });
      await link.scrollIntoViewIfNeeded();
      const scrolled = await boss.page.evaluate<number>('window.scrollY');
      await link.click();
      await boss.page.getByText('时间线').waitFor();
      expect(await goBack()).toBe('/admin/orders?status=PAID');
      await link.waitFor();
      await boss.page.waitForFunction(`Math.abs(window.scrollY - ${scrolled}) < 40`);
    });

    it('returns from an order to the refund that linked to it', async () => {
      await boss.goTo('/admin/refunds?tab=ALL');
      await row('从退款台来').click();
      await boss.page.getByRole('link', { name: order.orderNo }).click();
      await boss.page.getByText('时间线').waitFor();
      expect(await goBack()).toMatch(/^\/admin\/refunds\/RF\w+\?tab=ALL$/);
    });

    it('leads to the list of orders if the console was opened at the order', async () => {
      await boss.goTo(`/admin/orders/${order.orderNo}`);
      await boss.page.getByText('时间线').waitFor();
      expect(await goBack()).toBe('/admin/orders');
    });
  });
});
