import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createStaff, tryStaffLogin, PASSWORD } from '../contract/support/test-staff.js';
import { RefundFixture } from '../support/refund-fixture.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

/** What somebody may type who hopes that it runs on the merchant's machine. */
const SCRIPT = `"><img src=x onerror=alert(1)><script>alert(2)</script>'{{7*7}}`;

describe('the console, and people who mean no good', () => {
  let browser: Browser;
  let desk: RefundFixture;

  beforeAll(async () => {
    browser = await launchChromium();
    desk = await RefundFixture.open();
  });
  afterAll(async () => {
    await browser.close();
    await desk.shop.close();
  });

  const someone = async (username: string, path: string, password = PASSWORD): Promise<BrowserUser> => {
    const visitor = await BrowserUser.logInAt(browser, desk.shop.url, path, { username, password });
    return visitor;
  };

  it('shows whatever users have written as what they have written', async () => {
    const { alice, boss } = desk;
    await boss.call('PATCH', `products/${desk.tea}`, { name: `茶 ${SCRIPT}`, description: SCRIPT, stock: 100 });
    const items = [{ productId: desk.tea, quantity: 1 }];
    const { body: order } = await alice.call('POST', 'orders', { items, remark: SCRIPT });
    await alice.pay(order);
    await alice.syncOrder(order);
    const wish = {
      reason: SCRIPT,
      evidence: ['https://127.0.0.1:9/a.png?"><script>'.replaceAll(/[<>"]/g, encodeURIComponent)],
    };
    const { body: refund } = await alice.call<{ refundNo: string }>('POST', `orders/${order.orderNo}/refunds`, wish);
    await boss.call('POST', `refunds/${refund.refundNo}/reject`, { reason: SCRIPT });
    const visitor = await someone('boss', '/admin');
    const pages: [path: string, times: number][] = [
      ['/admin/refunds?queue=ALL', 1],
      [`/admin/refunds/${refund.refundNo}`, 4], // reason, its rejection, the buyer's remark, the goods
      ['/admin/orders', 1],
      [`/admin/orders/${order.orderNo}`, 3],
      ['/admin/products', 2],
      ['/admin/audit', 2],
      [`/admin/orders?q=${encodeURIComponent(SCRIPT)}`, 0],
    ];
    for (const [path, times] of pages) {
      await visitor.goTo(path);
      await visitor.page.waitForLoadState('networkidle');
      const shown = (await visitor.page.locator('#content').innerText()).split('<script>alert(2)</script>').length - 1;
      expect({ path, isShown: shown >= times }).toEqual({ path, isShown: true });
      expect(await visitor.page.locator('#content img[onerror], #content script').count()).toBe(0);
    }
    // A picture that cannot be fetched is a line in the console, and nothing else is.
    expect(visitor.errors.filter((text) => !text.includes('net::ERR_'))).toEqual([]);
    await visitor.close();
  });

  it('leaves no script anything to steal: no token in its reach, not even after a reload', async () => {
    const visitor = await someone('boss', '/admin');
    await visitor.page.reload();
    await visitor.page.getByRole('heading', { name: '待办' }).waitFor();
    const reach = await visitor.page.evaluate(
      'JSON.stringify([document.cookie, Object.entries(localStorage), Object.entries(sessionStorage)])',
    );
    expect(reach).toBe('["",[["wx-checkout-language","zh"]],[]]');
    const [cookie] = await visitor.context.cookies(`${desk.shop.url}/admin/api/`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/admin/api' });
    await visitor.close();
  });

  it('runs no script and no style but its own', async () => {
    const visitor = await someone('boss', '/admin');
    const hasRun = await visitor.page.evaluate(`new Promise((done) => {
      const script = document.createElement('script');
      script.textContent = 'window.hasRun = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<style>body { --injected: yes }</style>');
      setTimeout(() => done([window.hasRun === true, getComputedStyle(document.body).getPropertyValue('--injected')]), 0);
    })`);
    expect(hasRun).toEqual([false, '']);
    expect(visitor.errors.filter((text) => text.includes('Content Security Policy'))).toHaveLength(2);
    await visitor.close();
  });

  it('lets each role see its own, and says so where it does not', async () => {
    const { username } = await createStaff(desk.shop, 'VIEWER');
    const refund = await desk.alice.requestRefund(await desk.createPaidOrder(), { amountFen: 900 });
    const viewer = await someone(username, '/admin');
    const links = await viewer.page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts();
    expect(links.map((text) => text.replace(/\s*\d+$/, ''))).toEqual(['待办', '退款台', '订单', '数据']);
    await viewer.goTo(`/admin/refunds/${refund.refundNo}`);
    await viewer.page.getByText('¥9.00').first().waitFor();
    await viewer.page.keyboard.press('a');
    expect(await viewer.page.getByRole('button', { name: /同意|拒绝/ }).count()).toBe(0);
    expect(await viewer.page.getByRole('dialog').count()).toBe(0);
    for (const path of ['/admin/staff', '/admin/audit', '/admin/products']) {
      await viewer.goTo(path);
      await viewer.page.getByText('没有权限').waitFor();
    }
    await takeScreenshots(viewer.page, 'console-no-permission');
    expect(viewer.errors).toEqual([]);
    await viewer.close();
  });

  it('asks for a new login when the session is dead, and leads back to the same page', async () => {
    const { username } = await createStaff(desk.shop, 'ADMIN');
    const visitor = await someone(username, '/admin/orders?status=PAID');
    await visitor.page.getByRole('heading', { name: '订单' }).waitFor();
    // The password is changed elsewhere: every other session of this person ends.
    const { body } = await tryStaffLogin(desk.shop, username, PASSWORD);
    const { id } = (body as { admin: { id: string } }).admin;
    await desk.boss.call('PATCH', `admins/${id}`, { password: 'another long password' });
    await visitor.page.getByRole('link', { name: '操作日志' }).click();
    await visitor.page.getByText('登录已失效').waitFor();
    await visitor.logIn(username, 'another long password');
    await visitor.page.getByRole('heading', { name: '操作日志' }).waitFor();
    expect(visitor.errors).toEqual([]);
    await visitor.close();
  });

  it('says that a password was wrong, and lets nobody in', async () => {
    const visitor = await BrowserUser.create(browser, desk.shop.url);
    await visitor.goTo('/admin/staff');
    await visitor.page.getByLabel('用户名').fill('boss');
    await visitor.page.getByLabel('密码', { exact: true }).fill('not the password');
    await visitor.page.getByRole('button', { name: '登录' }).click();
    await visitor.page.getByText('用户名与密码不匹配').waitFor();
    expect(await visitor.page.locator('#content').count()).toBe(0);
    await visitor.close();
  });

  it('logs out for good', async () => {
    const visitor = await someone('boss', '/admin');
    const [cookie] = await visitor.context.cookies(`${desk.shop.url}/admin/api/`);
    await visitor.page.getByRole('button', { name: '我的账号: boss' }).click();
    await visitor.page.getByText('退出登录').click();
    await visitor.page.getByLabel('用户名').waitFor();
    const answer = await fetch(`${desk.shop.url}/admin/api/auth/me`, {
      headers: { cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}`, 'x-console': '1' },
    });
    expect(answer.status).toBe(401);
    await visitor.close();
  });
});
