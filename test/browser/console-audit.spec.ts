import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { AUDIT_FIELDS } from '../../src/audit/audit-actions.js';
import { PASSWORD } from '../contract/support/test-staff.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

const LONG_TEXT = '核桃木茶盘，配六只杯子，附赠茶巾与茶则。'.repeat(8);
/** User input, IDs, codes and names that are the same in every language. */
const UNTRANSLATED = /ERP|API|IP|boss|eve-clerk|YT\w+|[A-Z]{2,5}(?= )|wxk_\w+|\b\w*\d\w*\b/g;

describe('console: audit log', () => {
  let browser: Browser;
  let fixture: RefundFixture;
  let boss: BrowserUser;
  let shipped: OrderJson;
  let issuedRefundNo: string;

  const send = async (method: 'POST' | 'PATCH', path: string, body?: object): Promise<Record<string, unknown>> => {
    const reply = await fixture.boss.call(method, path, body);
    if (reply.status >= 300) throw new Error(`${path}: ${JSON.stringify(reply.body)}`);
    return reply.body;
  };

  const changeProductsAndCoupons = async (): Promise<void> => {
    const tray = await send('POST', 'products', { name: '茶盘', priceFen: 8800, stock: 3, description: LONG_TEXT });
    await send('PATCH', `products/${String(tray['id'])}`, { stock: 7, onSale: false });
    const terms = { name: '满减券', discountFen: 500, minSpendFen: 2000, expiresAt: '2036-12-31T00:00:00Z' };
    const coupon = await send('POST', 'coupons', terms);
    await send('PATCH', `coupons/${String(coupon['id'])}`, { expiresAt: '2037-06-30T00:00:00Z' });
    await send('POST', `coupons/${String(coupon['id'])}/grant`, { userId: fixture.alice.id });
  };

  const changeStaff = async (): Promise<void> => {
    const eve = await send('POST', 'admins', { username: 'eve-clerk', password: PASSWORD, role: 'VIEWER' });
    await send('PATCH', `admins/${String(eve['id'])}`, { role: 'OPERATOR', password: `${PASSWORD} 2` });
    await send('PATCH', `admins/${String(eve['id'])}`, { disabled: true });
    const key = await send('POST', 'api-keys', { name: 'ERP', scopes: ['orders:read', 'refunds:write'] });
    await send('POST', `api-keys/${String(key['id'])}/revoke`);
    const { id } = await fixture.shop.createUser('bob');
    await send('POST', `users/${id}/block`);
    await send('POST', `users/${id}/unblock`);
  };

  const processOrders = async (): Promise<void> => {
    shipped = await fixture.createPaidOrder();
    const parcel = { kind: 'EXPRESS', carrier: 'YTO', trackingNo: 'YT8888001', isLast: true };
    await send('POST', `orders/${shipped.orderNo}/shipments`, parcel);
    const returnItems = [{ productId: fixture.tea, quantity: 1 }];
    const refund = await send('POST', `orders/${shipped.orderNo}/refunds`, {
      amountFen: 500,
      reason: '补偿运费',
      returnItems,
    });
    issuedRefundNo = String(refund['refundNo']);
    const asked = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 100 });
    await fixture.approveRefund(asked, { note: '同意' });
    await fixture.rejectRefund(await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 200 }));
    const unpaid = await fixture.alice.createOrder({ productId: fixture.tea });
    await send('POST', `orders/${unpaid.orderNo}/close`);
  };

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await RefundFixture.open();
    await fixture.boss.call('PATCH', `products/${fixture.tea}`, { stock: 1000 });
    await changeProductsAndCoupons();
    await changeStaff();
    await processOrders();
  });
  afterAll(async () => {
    await browser.close();
    await fixture.shop.close();
  });

  beforeEach(async () => {
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin/audit');
    await rows().first().waitFor();
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const rows = (): Locator => boss.page.locator('#content tbody tr.ant-table-row');
  const row = (action: string): Locator => rows().filter({ hasText: action }).first();
  const button = (name: string): Locator => boss.page.getByRole('button', { name });

  it('shows every action, field, value and time in Chinese, and amounts in yuan', async () => {
    await row('录入发货').getByText('圆通速递').waitFor();
    const text = (await rows().allInnerTexts()).join('\n');
    for (const field of new Set(Object.values(AUDIT_FIELDS).flat()))
      expect(text).not.toMatch(new RegExp(`(?<![\\w-])${field}(?![\\w-])`));
    expect(text).not.toMatch(/\d{4}-\d\d-\d\dT|true|false|null|productId|\{|\[/);
    expect(text.replaceAll(UNTRANSLATED, '')).not.toMatch(/[A-Za-z]/);
    for (const part of [
      '每日退款上限 ¥10,000.00',
      '权限 查看订单、退款',
      '停用 否 → 是',
      '只读 → 客服',
      '待审批 → 退款中',
    ])
      expect(text).toContain(part);
    expect(await row('发起退款').locator('.changes').textContent()).toMatch(/入库商品 .+ 1 件/);
  });

  it('shows actions, fields and values in English', async () => {
    await button('English').click();
    await row('Added shipment').getByText('YTO').waitFor();
    const text = (await rows().allInnerTexts()).join('\n');
    expect(text).not.toMatch(/EXPRESS|WAITING|VIEWER|shipmentNo|isLast|\d{4}-\d\d-\d\dT/);
    expect(text).toMatch(/Role Viewer → Operator|Role .+ → .+/);
    await takeScreenshots(boss.page, 'console-audit-en');
  });

  it('collapses a long change after two lines and expands it on demand', async () => {
    const created = row('新增商品');
    const fold = created.locator('.fold');
    const unfold = created.getByRole('button', { name: '展开' });
    await unfold.waitFor();
    expect((await fold.boundingBox())?.height).toBeLessThanOrEqual(40);
    const { overflow } = await takeScreenshots(boss.page, 'console-audit');
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
    await unfold.click();
    expect((await fold.boundingBox())?.height).toBeGreaterThan(100);
    await created.getByRole('button', { name: '收起' }).click();
    expect((await fold.boundingBox())?.height).toBeLessThanOrEqual(40);
    expect(await row('关闭订单').getByRole('button').count()).toBe(0);
  });

  it('links each target to its order, refund, product, coupon, account or API key', async () => {
    const expectLink = async (action: string, expected: string): Promise<void> => {
      await boss.goTo('/admin/audit');
      await row(action).getByRole('link').click();
      await boss.page.locator('#content').getByText(expected).first().waitFor();
    };
    await expectLink('录入发货', shipped.orderNo);
    expect(boss.page.url()).toMatch(new RegExp(`/orders/${shipped.orderNo}$`));
    await expectLink('发起退款', issuedRefundNo);
    expect(boss.page.url()).toMatch(new RegExp(`/refunds/${issuedRefundNo}`));
    await expectLink('新增商品', '茶盘');
    await expectLink('发放优惠券', '满减券');
    await expectLink('新增员工', 'eve-clerk');
    await expectLink('吊销 API 密钥', 'ERP');
    expect(await rows().count()).toBe(1);
  });

  it('shows entries of another service version without raw field names', async () => {
    const old = `{"apiKeys":[{"name":"ERP","disabled":true}],"since":"2026-01-02T03:04:05.000Z","status":"HELD"}`;
    await fixture.shop.rawUpdate(
      `INSERT INTO audit_log (at, actor_id, actor_username, action, subject, before, after, ip)
       SELECT MAX(at), 'A', 'boss', 'bills.fetch', 'B77', NULL, '${old}', '127.0.0.1' FROM audit_log`,
    );
    await boss.goTo('/admin/audit');
    const text = await row('其他操作').innerText();
    expect(text).toContain('其他内容 ERP、是 · 其他内容 2026-01-02 11:04:05 · 状态 HELD');
    expect(text).toContain('B77');
    expect(text).not.toMatch(/apiKeys|since|bills/);
  });
});
