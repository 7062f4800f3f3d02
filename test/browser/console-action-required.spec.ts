import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { type AdminRefundJson, PRICE_FEN, RefundFixture } from '../support/fixtures/refund-fixture.js';
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
    await boss.page.getByRole('button', { name: 'English' }).click();
    await boss.page.getByText("The buyer's WeChat account is closed or restricted").first().waitFor();
    await boss.page.getByRole('button', { name: '中文' }).click();
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
    await boss.goTo('/admin/refunds?tab=FAILED');
    await boss.page.getByText('不喜欢').first().waitFor();
  });

  it('refund: offers another refund of an abandoned refund, but not of one replaced in the merchant platform', async () => {
    const createRejectedRefund = async (order: OrderJson): Promise<AdminRefundJson> => {
      await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误' });
      return fixture.createApprovedRefund(order);
    };
    const refundAnotherWay = boss.page.getByRole('button', { name: '换一种方式退' });
    const abandoned = await createRejectedRefund(await fixture.createPaidOrder());
    await fixture.boss.call('POST', `refunds/${abandoned.refundNo}/abandon`, { note: '已与买家联系' });
    await boss.goTo(`/admin/refunds/${abandoned.refundNo}`);
    await boss.page.getByText('员工已放弃这笔退款').waitFor();
    await refundAnotherWay.waitFor();

    const order = await fixture.createPaidOrder();
    const replaced = await createRejectedRefund(order);
    const [payment] = await fixture.shop.getPayments(order.orderNo);
    const notifyUrl = `${fixture.shop.environment['PUBLIC_BASE_URL'] ?? ''}/wechat/notify/refund`;
    const manualRefund = { refundFen: PRICE_FEN, out_refund_no: 'BYHANDALL0001', notify_url: notifyUrl };
    await fixture.shop.wechat.control('POST', `orders/${payment?.outTradeNo ?? ''}/vendor-refund`, manualRefund);
    await fixture.runJobsAfter({ minutes: 1 });
    await eventually(async () => {
      expect(await fixture.getAdminRefund(replaced)).toMatchObject({ status: 'FAILED', errorCode: 'REPLACED' });
    });
    await boss.goTo(`/admin/refunds/${replaced.refundNo}`);
    await boss.page.getByText('请勿重复退款').waitFor();
    expect(await refundAnotherWay.count()).toBe(0);
  });

  it('to do: links to an order whose payment notice has another amount', async () => {
    const order = await fixture.alice.createOrder({ productId: fixture.tea });
    const { outTradeNo } = await fixture.alice.pay(order);
    await fixture.shop.wechat.sendPaymentNotice(outTradeNo, { forge: 'lower-fee' });
    await boss.goTo('/admin');
    await tile('与微信结果矛盾').getByText('请核对订单').waitFor();
    await tile('与微信结果矛盾').click();
    await boss.page.getByRole('heading', { name: order.orderNo }).waitFor();
    await boss.goTo('/admin/orders?problem=contradiction');
    await boss.page.getByRole('link', { name: order.orderNo }).waitFor();
    const { body } = await fixture.boss.call<PageOf<OrderJson>>('GET', 'orders?problem=contradiction');
    expect(body.items.map(({ orderNo }) => orderNo)).toEqual([order.orderNo]);
  });

  it('order: reports a check with WeChat only if there is a payment to check', async () => {
    const order = await fixture.alice.createOrder({ productId: fixture.tea });
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '同步微信状态' }).click();
    await boss.page.getByText('该订单还没有发起支付，无需同步').waitFor();
    expect(await boss.page.getByText('已同步微信状态').count()).toBe(0);
    await fixture.alice.pay(order, { notify: 'lost' });
    await boss.page.getByRole('button', { name: '同步微信状态' }).click();
    await boss.page.getByText('已同步微信状态').waitFor();
    expect(await fixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
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

  it('order: selects the duplicate payment whose refund has failed, and refunds it', async () => {
    const { alice, shop } = fixture;
    const order = await alice.createOrder({ productId: fixture.tea });
    const { outTradeNo: duplicate } = await alice.pay(order, { notify: 'lost' });
    await shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', closed_at = created_at, next_check_at = NULL WHERE out_trade_no = '${duplicate}'`,
    );
    const own = await alice.startPayment(order, 'NATIVE');
    await alice.confirmPayment(own, { notify: 'lost' });
    for (const outTradeNo of [own.outTradeNo, duplicate]) await shop.wechat.sendPaymentNotice(outTradeNo);
    await failNextRefund('USER_ACCOUNT_ABNORMAL');
    await fixture.runJobsAfter({ minutes: 1 });
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByRole('button', { name: '发起退款' }).click();
    await dialog().getByText(`迟到或重复的支付 ${duplicate} · 最多可退 ¥100.00`).waitFor();
    expect(await dialog().getByText('退货入库').count()).toBe(0); // the duplicate payment has no goods
    await expectFits('merchant-refund-payment');
    await dialog().getByLabel('退款金额（元）').fill('100');
    await dialog().getByLabel('退款原因').fill('退回重复支付');
    await dialog().getByRole('button', { name: '确认退款 ¥100.00' }).click();
    await boss.page.getByText('退回重复支付').first().waitFor();
    const { body } = await fixture.boss.call<PageOf<{ outTradeNo: string }>>(
      'GET',
      `refunds?orderNo=${order.orderNo}&kind=MERCHANT`,
    );
    expect(body.items.map(({ outTradeNo }) => outTradeNo)).toEqual([duplicate]);
  });
});
