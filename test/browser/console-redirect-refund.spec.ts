import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { type AdminRefundJson, RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

const CARD = '6225880137000000';

describe('console: where the money of an abnormal refund goes', () => {
  let browser: Browser;
  let fixture: RefundFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await RefundFixture.open({ environment: { WECHAT_PAY_PROTOCOL: 'v3' } }); // v2 has no such call
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
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
  const button = (name: string) => boss.page.getByRole('button', { name });
  const tile = (name: string) => boss.page.locator('.tile', { hasText: name }).first();
  const expectFits = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };
  const openAbnormalRefund = async (): Promise<AdminRefundJson> => {
    const refund = await fixture.createApprovedRefund(await fixture.createPaidOrder(), 4000);
    await fixture.runJobsAfter({ minutes: 15 });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await button('选择退款去向').click();
    return refund;
  };
  const fillCard = async (): Promise<void> => {
    await dialog().getByText('退到买家的银行卡').click();
    await dialog().getByLabel('开户银行').click();
    await boss.page.getByText('招商银行', { exact: true }).last().click();
    // While it disappears, the list would count as too wide for a phone.
    await boss.page.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    await dialog().getByLabel('银行卡号').fill(CARD);
    await dialog().getByLabel('持卡人姓名').fill('张三');
  };

  it("to the merchant's account: staff pay the buyer in another way and confirm it", async () => {
    const refund = await openAbnormalRefund();
    expect(await dialog().getByRole('button', { name: '确认退出 ¥40.00' }).isDisabled()).toBe(true);
    await dialog().getByText('退到商户账户').click();
    await dialog().getByText('买家不会收到钱').waitFor();
    await expectFits('redirect-to-merchant');
    await dialog().getByRole('button', { name: '确认退出 ¥40.00' }).click();
    await boss.page.getByText('已选择退到商户账户').waitFor();

    await fixture.runJobsAfter({ hours: 24 });
    await boss.goTo('/admin');
    await tile('待另行付款给买家').getByText('¥40.00').waitFor();
    await expectFits('to-do-pay-otherwise');
    await tile('待另行付款给买家').click();
    await boss.page.getByText('钱已退回商户，待另行付款').waitFor(); // the filter
    await boss.page.getByText('已退款 · 退回商户').first().click();
    await boss.page.getByText('买家没有收到钱').first().waitFor();
    await expectFits('refund-to-pay-otherwise');
    await button('English').click();
    await boss.page.getByText('the buyer has received nothing').first().waitFor();
    await button('中文').click();
    await button('确认已另行付款').click();
    await dialog().getByLabel('付款方式与时间').fill('银行转账，11 月 30 日');
    await dialog().getByRole('button', { name: '确认买家已收到钱' }).click();
    await boss.page.getByText('员工已确认用其他方式付款给买家').waitFor();
    await boss.page.getByText('银行转账，11 月 30 日').first().waitFor();
    expect(await button('确认已另行付款').count()).toBe(0);
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ paidOtherwiseNote: '银行转账，11 月 30 日' });
    await boss.goTo('/admin');
    await tile('待另行付款给买家').getByText('暂无待办').waitFor();
  });

  it("to the buyer's bank card: the card is required, and shown nowhere afterwards", async () => {
    const refund = await openAbnormalRefund();
    await dialog().getByText('退到买家的银行卡').click();
    await dialog().getByRole('button', { name: '确认退出 ¥40.00' }).click();
    await dialog().getByText('请选择银行').waitFor();
    await dialog().getByText('请输入 8 至 32 位数字').waitFor();
    await fillCard();
    await expectFits('redirect-to-card');
    await dialog().getByRole('button', { name: '确认退出 ¥40.00' }).click();
    await boss.page.getByText('已选择退到买家的银行卡').waitFor();
    await fixture.runJobsAfter({ hours: 24 });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await boss.page.getByText('退到买家的银行卡').waitFor();
    expect(await boss.page.content()).not.toMatch(/6225880137000000|张三/);
    expect(await button('确认已另行付款').count()).toBe(0);
  });

  it('a refused call leaves the dialog open with the reason, and the other destination can be chosen', async () => {
    const refund = await openAbnormalRefund();
    const fault = { kind: 'err_code', errCode: 'INVALID_REQUEST', errCodeDes: '银行卡信息有误' };
    await fixture.shop.wechat.failNext({ endpoint: 'abnormal_refund', ...fault });
    await fillCard();
    await dialog().getByRole('button', { name: '确认退出 ¥40.00' }).click();
    await boss.page.getByText('银行卡信息有误').first().waitFor();
    expect(boss.errors.splice(0)).toEqual([expect.stringContaining('status of 502')]);
    expect(await dialog().getByLabel('银行卡号').inputValue()).toBe(CARD);

    // Another member of staff is faster.
    await fixture.boss.call('POST', `refunds/${refund.refundNo}/redirect`, { to: 'MERCHANT' });
    await dialog().getByRole('button', { name: '确认退出 ¥40.00' }).click();
    await boss.page.getByText('已经或可能已经退往另一个去向').first().waitFor();
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ redirectTo: 'MERCHANT' });
  });

  it('is not offered for a refund that WeChat does not have', async () => {
    await fixture.shop.wechat.failNext({ endpoint: 'refund', kind: 'err_code', errCode: 'PARAM_ERROR' });
    const refund = await fixture.createApprovedRefund(await fixture.createPaidOrder());
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL', canRedirect: false });
    await boss.goTo(`/admin/refunds/${refund.refundNo}`);
    await button('放弃退款').waitFor();
    expect(await button('选择退款去向').count()).toBe(0);
  });
});
