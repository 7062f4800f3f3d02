import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { PaymentOrderFixture } from '../support/fixtures/payment-order-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: payment orders of the merchant’s own system', () => {
  let browser: Browser;
  let fixture: PaymentOrderFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await PaymentOrderFixture.open();
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin');
  });
  afterAll(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
    await browser.close();
    await fixture.shop.close();
  });

  const expectFits = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };

  it('are marked in the list, found by their number, and shown with their data', async () => {
    const merchantOrderNo = `M-${'2026'.repeat(12)}`;
    const metadata = { seat: '12A', note: 'https://shop.example/orders/1' };
    const order = await fixture.createPaid({ merchantOrderNo, metadata, description: '报名费' });
    await boss.goTo(`/admin/orders?q=${merchantOrderNo}`);
    await boss.page.getByText('外部', { exact: true }).waitFor();
    await expectFits('payment-orders');
    await boss.page.getByRole('link', { name: order.orderNo }).click();
    for (const text of [merchantOrderNo, '报名费', fixture.openid, 'seat: 12A; note: https://shop.example/orders/1'])
      await boss.page.getByText(text).first().waitFor();
    await expectFits('payment-order');
  });

  it('the refund of one shows its number in the merchant’s system', async () => {
    const order = await fixture.createPaid();
    const { body } = await fixture.tryRefund(order, { amountFen: 1, merchantRefundNo: 'RMA-0815' });
    await boss.goTo(`/admin/refunds/${body.refundNo}`);
    await boss.page.getByText('RMA-0815').waitFor();
  });
});
