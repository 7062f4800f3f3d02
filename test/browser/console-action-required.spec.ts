import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { OrderJson } from '../support/test-buyer.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../support/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

interface PageOf<T> {
  items: T[];
}

describe('console: money that needs a person', () => {
  let browser: Browser;
  let world: RefundFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    world = await RefundFixture.open();
    await world.boss.call('PATCH', `products/${world.tea}`, { stock: 1000 });
  });
  afterAll(async () => {
    await browser.close();
    await world.shop.close();
  });

  beforeEach(async () => {
    boss = await BrowserUser.logInAt(browser, world.shop.url, '/admin');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const dialog = () => boss.page.getByRole('dialog');
  const tile = (name: string) => boss.page.locator('.tile', { hasText: name }).first();
  const isFit = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };
  const refuses = (errCode: string): Promise<unknown> =>
    world.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });

  it('shows a refund that failed on To do until another one takes its place', async () => {
    const order = await world.createPaidOrder();
    const refund = await world.alice.requestRefund(order, { amountFen: 3_000, reason: '不喜欢' });
    await refuses('USER_ACCOUNT_ABNORMAL');
    await world.approveRefund(refund);
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
    await boss.goTo('/admin');
    await tile('退款失败').getByText('¥30.00').waitFor();
    await isFit('to-do-failed');
    await tile('退款失败').click();
    await boss.page.getByText('不喜欢').first().click();
    await boss.page.getByText('买家的微信账户异常或已注销').first().waitFor();
    await isFit('failed-refund');
    await boss.page.getByRole('button', { name: '换一种方式退' }).click();
    expect(await dialog().getByLabel('退款金额（元）').inputValue()).toBe('30.00');
    await dialog().getByLabel('退款原因').fill('原路退回失败，重新退款');
    await dialog().getByRole('button', { name: '确认退款 ¥30.00' }).click();
    await boss.page.getByText('原路退回失败，重新退款').first().waitFor();
    const { body } = await world.boss.call<{ failed: object }>('GET', 'to-do');
    expect(body.failed).toEqual({ count: 0, amountFen: 0 });
    const listed = async (query: string): Promise<string[]> =>
      (await world.boss.call<PageOf<AdminRefundJson>>('GET', `refunds?status=FAILED${query}`)).body.items.map(
        ({ refundNo }) => refundNo,
      );
    expect(await listed('&unresolved=true')).toEqual([]);
    expect(await listed('')).toEqual([refund.refundNo]);
    await boss.goTo('/admin/refunds?queue=FAILED');
    await boss.page.getByText('不喜欢').first().waitFor();
  });

  it('shows an order whose notice names another amount on To do, with a link to it', async () => {
    const order = await world.alice.createOrder({ productId: world.tea });
    const { outTradeNo } = await world.alice.pay(order);
    await world.shop.wechat.sendPaymentNotice(outTradeNo, { forge: 'lower-fee' });
    await boss.goTo('/admin');
    await tile('金额不符').getByText('请核对订单').waitFor();
    await tile('金额不符').click();
    await boss.page.getByRole('heading', { name: order.orderNo }).waitFor();
    await boss.goTo('/admin/orders?problem=contradiction');
    await boss.page.getByRole('link', { name: order.orderNo }).waitFor();
    const { body } = await world.boss.call<PageOf<OrderJson>>('GET', 'orders?problem=contradiction');
    expect(body.items.map(({ orderNo }) => orderNo)).toEqual([order.orderNo]);
  });

  it('says what became of money that came after the close, in red only when a person must act', async () => {
    const late = async (): Promise<OrderJson> => {
      const order = await world.alice.createOrder({ productId: world.tea });
      const pay = await world.alice.pay(order, { notify: 'lost' });
      await world.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', closed_at = created_at, next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', closed_at = created_at, next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
      );
      await world.shop.wechat.sendPaymentNotice(pay.outTradeNo);
      return order;
    };
    const says = async ({ orderNo }: OrderJson, words: string): Promise<string | null> => {
      await boss.goTo(`/admin/orders/${orderNo}`);
      const line = boss.page.getByText(words);
      await line.waitFor();
      return line.getAttribute('class');
    };
    const returned = await late();
    expect(await says(returned, '自动退回中')).toBe('quiet');
    await world.runJobsAfter({ minutes: 30 });
    await world.runJobsAfter({ minutes: 30 });
    expect(await says(returned, '已自动退回')).toBe('quiet');
    expect(await boss.page.getByText('应退回').count()).toBe(0);
    await isFit('late-payment-refunded');

    const failed = await late();
    await refuses('TRADE_OVERDUE');
    await world.runJobsAfter({ minutes: 1 });
    expect(await says(failed, `应退回 ¥${PRICE_FEN / 100}.00`)).toBe('bad');
    await isFit('late-payment-failed');
  });
});
