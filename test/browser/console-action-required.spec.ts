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

describe('console: failed refunds, amount mismatches and late payments', () => {
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

  const dialog = () => boss.page.getByRole('dialog');
  const tile = (name: string) => boss.page.locator('.tile', { hasText: name }).first();
  const expectFits = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };
  const failNextRefund = (errCode: string): Promise<unknown> =>
    fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode, errCodeDes: '…' });

  it('to do: shows a failed refund until another refund replaces it', async () => {
    const order = await fixture.createPaidOrder();
    const refund = await fixture.alice.requestRefund(order, { amountFen: 3_000, reason: '不喜欢' });
    await failNextRefund('USER_ACCOUNT_ABNORMAL');
    await fixture.approveRefund(refund);
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'FAILED' });
    await boss.goTo('/admin');
    await tile('退款失败').getByText('¥30.00').waitFor();
    await expectFits('to-do-failed');
    await tile('退款失败').click();
    await boss.page.getByText('不喜欢').first().click();
    await boss.page.getByText('买家的微信账户异常或已注销').first().waitFor();
    await expectFits('failed-refund');
    await boss.page.getByRole('button', { name: '换一种方式退' }).click();
    expect(await dialog().getByLabel('退款金额（元）').inputValue()).toBe('30.00');
    await dialog().getByLabel('退款原因').fill('原路退回失败，重新退款');
    await dialog().getByRole('button', { name: '确认退款 ¥30.00' }).click();
    await boss.page.getByText('原路退回失败，重新退款').first().waitFor();
    const { body } = await fixture.boss.call<{ failed: object }>('GET', 'to-do');
    expect(body.failed).toEqual({ count: 0, amountFen: 0 });
    const listed = async (query: string): Promise<string[]> =>
      (await fixture.boss.call<PageOf<AdminRefundJson>>('GET', `refunds?status=FAILED${query}`)).body.items.map(
        ({ refundNo }) => refundNo,
      );
    expect(await listed('&unresolved=true')).toEqual([]);
    expect(await listed('')).toEqual([refund.refundNo]);
    await boss.goTo('/admin/refunds?queue=FAILED');
    await boss.page.getByText('不喜欢').first().waitFor();
  });

  it('to do: links to an order whose payment notice has another amount', async () => {
    const order = await fixture.alice.createOrder({ productId: fixture.tea });
    const { outTradeNo } = await fixture.alice.pay(order);
    await fixture.shop.wechat.sendPaymentNotice(outTradeNo, { forge: 'lower-fee' });
    await boss.goTo('/admin');
    await tile('金额不符').getByText('请核对订单').waitFor();
    await tile('金额不符').click();
    await boss.page.getByRole('heading', { name: order.orderNo }).waitFor();
    await boss.goTo('/admin/orders?problem=contradiction');
    await boss.page.getByRole('link', { name: order.orderNo }).waitFor();
    const { body } = await fixture.boss.call<PageOf<OrderJson>>('GET', 'orders?problem=contradiction');
    expect(body.items.map(({ orderNo }) => orderNo)).toEqual([order.orderNo]);
  });

  it('order: shows the refund of a payment after closing, in red only when staff must act', async () => {
    const payAfterClose = async (): Promise<OrderJson> => {
      const order = await fixture.alice.createOrder({ productId: fixture.tea });
      const pay = await fixture.alice.pay(order, { notify: 'lost' });
      await fixture.shop.rawUpdate(
        `UPDATE payments SET status = 'CLOSED', closed_at = created_at, next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
        `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', closed_at = created_at, next_check_at = NULL WHERE order_no = '${order.orderNo}'`,
      );
      await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
      return order;
    };
    const classOf = async ({ orderNo }: OrderJson, text: string): Promise<string | null> => {
      await boss.goTo(`/admin/orders/${orderNo}`);
      const line = boss.page.getByText(text);
      await line.waitFor();
      return line.getAttribute('class');
    };
    const returned = await payAfterClose();
    expect(await classOf(returned, '自动退回中')).toBe('quiet');
    await fixture.runJobsAfter({ minutes: 30 });
    await fixture.runJobsAfter({ minutes: 30 });
    expect(await classOf(returned, '已自动退回')).toBe('quiet');
    expect(await boss.page.getByText('应退回').count()).toBe(0);
    await expectFits('late-payment-refunded');

    const failed = await payAfterClose();
    await failNextRefund('TRADE_OVERDUE');
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await classOf(failed, `应退回 ¥${PRICE_FEN / 100}.00`)).toBe('bad');
    await expectFits('late-payment-failed');
  });
});
