import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: refund amounts', () => {
  let browser: Browser;
  let fixture: RefundFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await RefundFixture.open();
    await fixture.boss.call('PATCH', `products/${fixture.tea}`, { stock: 1000, priceFen: 12_491_600 });
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
  const expectConfirmButton = ({ disabled }: { disabled: boolean }): Promise<void> =>
    dialog().getByRole('button', { name: '确认退款', disabled }).waitFor();

  it('order: limits a merchant refund to what is neither refunded nor reserved, and suggests no amount', async () => {
    const order = await fixture.createPaidOrder();
    await fixture.alice.requestRefund(order, { amountFen: 2_560_000 });
    await boss.goTo(`/admin/orders/${order.orderNo}`);
    await boss.page.getByText('¥99,316.00').first().waitFor();
    await boss.page.getByRole('button', { name: '发起退款' }).click();
    await dialog().getByText('最多可退 ¥99,316.00（另有 ¥25,600.00 被尚未完成的退款占用）').waitFor();
    const amount = dialog().getByLabel('退款金额（元）');
    expect(await amount.inputValue()).toBe('');
    await expectConfirmButton({ disabled: true });
    await amount.fill('99316.01');
    await dialog().getByText('最多可退 ¥99,316.00', { exact: true }).waitFor();
    await expectConfirmButton({ disabled: true });
    const { overflow } = await takeScreenshots(boss.page, 'console-merchant-refund-too-much');
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
    await amount.fill('99316');
    await dialog().getByLabel('退款原因').fill('协商退款');
    await dialog().getByRole('button', { name: '确认退款 ¥99,316.00' }).click();
    await boss.page.getByText('协商退款').first().waitFor();
    await boss.page.getByRole('button', { name: '发起退款' }).waitFor({ state: 'hidden' });
  });

  it('refund: disables the approve button while the amount is invalid', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 4_350 });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByRole('button', { name: '同意 (A)' }).click();
    const amount = dialog().getByLabel('退款金额（元）');
    for (const invalid of ['999999', '43.51', '0', '', 'abc']) {
      await amount.fill(invalid);
      await expectConfirmButton({ disabled: true });
      await amount.press('Enter');
    }
    await amount.fill('43.50');
    await expectConfirmButton({ disabled: false });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('approve: asks for the quantities refunded before as soon as the order has one other refund', async () => {
    const order = await fixture.createPaidOrder();
    const openApproval = async ({ refundNo }: { refundNo: string }): Promise<void> => {
      await boss.goTo(`/admin/refunds/${refundNo}`);
      await boss.page.getByRole('button', { name: '同意 (A)' }).click();
      await dialog().getByText('按商品选择').click();
      await dialog().getByRole('columnheader', { name: '本次退件数' }).waitFor();
    };
    const countColumn = () => dialog().getByRole('columnheader', { name: '之前已退件数' }).count();
    await openApproval(await fixture.alice.requestRefund(order, { amountFen: 100 }));
    expect(await countColumn()).toBe(0);
    await openApproval(await fixture.alice.requestRefund(order, { amountFen: 200 }));
    expect(await countColumn()).toBe(1);
  });

  it('refund: shows no refund count for a payment without refunds', async () => {
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 100 });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByText('共 1 次退款（最多 50 次）').waitFor();
    await fixture.rejectRefund(refund);
    await boss.page.reload();
    await boss.page.getByText('已拒绝').first().waitFor();
    expect(await boss.page.getByText('次退款（').count()).toBe(0);
  });
});
