import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Download, Locator } from 'playwright-core';
import { addDays } from '../../src/common/time/beijing-days.js';
import { createStaff } from '../contract/support/test-staff.js';
import { BillFixture, FEE_FEN } from '../support/fixtures/bill-fixture.js';
import { BrowserUser } from './support/browser-user.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { seriousViolations } from './support/serious-violations.js';

/** Besides those of the screenshots. */
const SIZES = [
  { width: 1366, height: 650 },
  { width: 768, height: 900 },
];
const FOREIGN_FEN = 700;

describe('console: reconciliation', () => {
  let browser: Browser;
  let fixture: BillFixture;
  let boss: BrowserUser;
  /** Three days: with differences, balanced, and with an incomplete file. */
  const days = { open: '', balanced: '', incomplete: '' };
  const numbers = { order: '', outTradeNo: '', refund: '' };

  /** A payment with another amount on the bill, its refund that the bill lacks, and a payment of another system. */
  const createDifferences = async (): Promise<void> => {
    const { order, outTradeNo } = await fixture.createPaidOrder();
    numbers.refund = await fixture.refund(order, 4000);
    await fixture.controlBills('POST', 'lines', { kind: 'other-amount', out_trade_no: outTradeNo, fen: 9000 });
    await fixture.controlBills('POST', 'lines', { kind: 'missing-line', out_refund_no: numbers.refund });
    await fixture.shop.wechat.control('POST', 'orders', { out_trade_no: 'ERP-0001', total_fee: FOREIGN_FEN });
    await fixture.shop.wechat.control('POST', 'orders/ERP-0001/pay', {});
    numbers.order = order.orderNo;
    numbers.outTradeNo = outTradeNo;
  };

  beforeAll(async () => {
    fixture = await BillFixture.open();
    days.open = fixture.date;
    days.balanced = addDays(fixture.date, 1);
    days.incomplete = addDays(fixture.date, 2);
    await createDifferences();
    await fixture.moveTo(days.balanced, 12);
    await fixture.createPaidOrder();
    await fixture.moveTo(days.incomplete, 12);
    await fixture.createPaidOrder();
    await fixture.moveTo(addDays(days.incomplete, 1), 13);
    await fixture.controlBills('PUT', days.incomplete, { kind: 'TRADE', damage: 'truncated' });
    await fixture.runBillJob(); // adds the days
    await fixture.shop.wechat.advanceTime({ seconds: 1 });
    await fixture.runBillJob();
    browser = await launchChromium();
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

  const text = (words: string | RegExp): Locator => boss.page.getByText(words).first();
  const dialog = (): Locator => boss.page.getByRole('dialog');
  const dayLink = (date: string): Locator => boss.page.getByRole('link', { name: new RegExp(`^${date}[：:]`) });
  const row = (table: string, name: string | RegExp): Locator =>
    boss.page.getByRole('table', { name: table }).getByRole('row', { name });
  const card = (words: string): Locator =>
    boss.page.getByRole('region', { name: '差异' }).getByRole('listitem').filter({ hasText: words });
  const save = async (click: () => Promise<void>): Promise<{ name: string; content: string }> => {
    const [download] = await Promise.all<[Promise<Download>, Promise<void>]>([
      boss.page.waitForEvent('download'),
      click(),
    ]);
    return { name: download.suggestedFilename(), content: readFileSync(await download.path(), 'utf8') };
  };
  const clickButton = (name: RegExp): Promise<void> => boss.page.getByRole('button', { name }).click();

  /** No size may scroll horizontally, and axe must find nothing serious. */
  const expectFits = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    for (const size of SIZES) {
      await boss.page.setViewportSize(size);
      const width = await boss.page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > size.width) overflow.push(`${name} is ${width} px wide in a window of ${size.width}`);
    }
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };

  it('the calendar shows the status of each day as text, counts and figures, and exports the month', async () => {
    await boss.page.getByRole('link', { name: /(^| )对账$/ }).click();
    await boss.goTo(`/admin/bills?month=${days.open.slice(0, 7)}`);
    await boss.page.getByRole('link', { name: `${days.open}：有差异，3 条待处理`, exact: true }).waitFor();
    await boss.page.getByRole('link', { name: `${days.balanced}：已对平`, exact: true }).waitFor();
    await boss.page.getByRole('link', { name: `${days.incomplete}：账单不完整`, exact: true }).waitFor();
    await expectFits('bills');
    await boss.page.getByRole('button', { name: '上个月' }).click();
    await text('本月已对账 0 天').waitFor();
    await boss.page.getByRole('button', { name: '下个月' }).click();
    await dayLink(days.open).waitFor();

    const { name, content } = await save(() => clickButton(/导出本月 CSV$/));
    expect(name).toBe(`bills-${days.open.slice(0, 7)}-incomplete.csv`);
    expect(content).toContain('ERP-0001');
    await text('已导出，但本月有日期尚未对账').waitFor();
  });

  it('a day leads from our total to that of the bill, and to the closing balance', async () => {
    await boss.goTo(`/admin/bills/${days.open}`);
    await row('从我方合计到微信合计', '我方合计 ¥60.00').waitFor();
    await row('从我方合计到微信合计', '金额不符（1 条） -¥10.00').waitFor();
    await row('从我方合计到微信合计', '我方缺失（1 条） ¥7.00').waitFor();
    await row('从我方合计到微信合计', '微信缺失（1 条） ¥40.00').waitFor();
    await row('从我方合计到微信合计', '微信账单合计 ¥97.00').waitFor();
    await row('商户账户', /期初余额/).waitFor();
    await row('商户账户', /期末余额/).waitFor();
    await expectFits('bill-day');
    await boss.page.getByRole('button', { name: 'English' }).click();
    await text("From our total to WeChat's").waitFor();
    await expectFits('bill-day-english');
    await boss.page.getByRole('button', { name: '中文' }).click();

    for (const [kind, button] of [
      ['trade', /下载交易账单$/],
      ['fund', /下载资金账单$/],
    ] as const) {
      const { name, content } = await save(() => clickButton(button));
      expect(name).toBe(`wechat-${kind}-${days.open}.csv`);
      expect(content).toContain(kind === 'trade' ? numbers.outTradeNo : '微信支付业务单号');
    }
    await card('金额不符').getByRole('link', { name: numbers.order }).click();
    await text('时间线').waitFor();
  });

  it('a refund that the bill lacks links to its page, and a payment of another system says what to do', async () => {
    await boss.goTo(`/admin/bills/${days.open}?status=OPEN`);
    await card('ERP-0001').getByText('使用同一商户号的其他系统').waitFor();
    expect(await card('ERP-0001').getByRole('link').count()).toBe(0); // it has neither an order nor a refund here
    await card('微信缺失').getByRole('link', { name: numbers.refund }).click();
    await text('支付与可退金额').waitFor();
    await boss.page.goBack();
    await card('ERP-0001').waitFor();
  });

  it('an incomplete bill says why and when the next attempt is, and is balanced by hand once WeChat has corrected it', async () => {
    await boss.goTo(`/admin/bills/${days.incomplete}`);
    await text('微信的账单文件不完整').waitFor();
    await text('原因（服务记录）').waitFor();
    await boss.page.locator('dt', { hasText: '下次自动对账' }).locator('xpath=../dd/time').waitFor();
    await expectFits('bill-incomplete');
    await fixture.controlBills('PUT', days.incomplete, { kind: 'TRADE', damage: 'none' });
    await clickButton(/^立即对账$|^重新对账$/);
    await text('对账完成：已对平').waitFor();
    await row('从我方合计到微信合计', '微信账单合计 ¥100.00').waitFor();
    await text('没有差异').waitFor();
  });

  it('viewers see the days without the buttons', async () => {
    const { username } = await createStaff(fixture.shop, 'VIEWER');
    const viewer = await BrowserUser.logInAt(browser, fixture.shop.url, `/admin/bills/${days.open}`, { username });
    await viewer.page.getByText('使用同一商户号的其他系统').first().waitFor();
    expect(await viewer.page.getByRole('button', { name: /对账|填写说明/ }).count()).toBe(0);
    await viewer.close();
  });

  it('the note of an explanation survives the end of the session; Enter submits it, and the day is balanced', async () => {
    await boss.page.locator('.tile', { hasText: '对账差异' }).click();
    await text('有 3 条差异待处理').waitFor();
    await boss.page.getByRole('button', { name: '填写说明: ERP-0001' }).click();
    await dialog().getByLabel('说明').press('Enter');
    await dialog().getByText('请填写说明', { exact: true }).waitFor();
    await dialog().getByLabel('说明').fill('门店系统的收款');
    await boss.context.clearCookies();
    await dialog().getByLabel('说明').press('Enter');
    await text('登录已过期').waitFor();
    await boss.logIn('boss', 'correct horse battery');
    expect(await dialog().getByLabel('说明').inputValue()).toBe('门店系统的收款');
    await expectFits('bill-explain');
    await dialog().getByLabel('说明').press('Enter');
    await text('有 2 条差异待处理').waitFor();

    for (const number of [numbers.outTradeNo, numbers.refund]) {
      await boss.page.getByRole('button', { name: `填写说明: ${number}`, exact: true }).click();
      await dialog().getByLabel('说明').fill('微信支付客服已确认');
      await dialog().getByLabel('说明').press('Enter');
      await dialog().waitFor({ state: 'hidden' });
    }
    await boss.page.getByText('✓ 已对平', { exact: true }).waitFor();
    await boss.goTo(`/admin/bills/${days.open}`);
    await card('ERP-0001').getByText('门店系统的收款').waitFor();
    await boss.goTo('/admin/audit?action=bill.explain');
    await boss.page.getByRole('link', { name: days.open }).first().waitFor();
    await text('微信支付客服已确认').waitFor();
  });

  it('the fees and the net amount are on the dashboard and in the order', async () => {
    await boss.goTo('/admin/dashboard?days=7');
    await boss.page.getByRole('link', { name: days.balanced }).waitFor();
    const fees = boss.page.locator('.tile', { has: boss.page.getByText('手续费', { exact: true }) });
    await fees.getByText(/^¥/).waitFor();
    await boss.page.getByRole('row', { name: new RegExp(`${days.balanced}.* ¥0\\.${FEE_FEN}$`) }).waitFor();
    await expectFits('dashboard-fees');
    await boss.goTo(`/admin/orders/${numbers.order}`);
    await boss.page.locator('dt', { hasText: '微信手续费' }).waitFor();
    await boss.page.locator('dt', { hasText: '到账净额' }).waitFor();
    await expectFits('order-fees');
  });
});
