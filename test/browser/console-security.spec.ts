import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createStaff, tryStaffLogin, PASSWORD } from '../contract/support/test-staff.js';
import { eventually } from '../support/eventually.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

/** Input that would run a script if a page did not escape it. */
const SCRIPT = `"><img src=x onerror=alert(1)><script>alert(2)</script>'{{7*7}}`;

describe('console: security', () => {
  let browser: Browser;
  let fixture: RefundFixture;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await RefundFixture.open();
  });
  afterAll(async () => {
    await browser.close();
    await fixture.shop.close();
  });

  const logInAs = async (username: string, path: string, password = PASSWORD): Promise<BrowserUser> => {
    const user = await BrowserUser.logInAt(browser, fixture.shop.url, path, { username, password });
    return user;
  };

  it('shows user input as text on every page', async () => {
    const { alice, boss } = fixture;
    await boss.call('PATCH', `products/${fixture.tea}`, { name: `茶 ${SCRIPT}`, description: SCRIPT, stock: 100 });
    const items = [{ productId: fixture.tea, quantity: 1 }];
    const { body: order } = await alice.call('POST', 'orders', { items, remark: SCRIPT });
    await alice.pay(order);
    await alice.syncOrder(order);
    const body = {
      reason: SCRIPT,
      evidence: ['https://127.0.0.1:9/a.png?"><script>'.replaceAll(/[<>"]/g, encodeURIComponent)],
    };
    const { body: refund } = await alice.call<{ refundNo: string }>('POST', `orders/${order.orderNo}/refunds`, body);
    await boss.call('POST', `refunds/${refund.refundNo}/reject`, { reason: SCRIPT });
    const user = await logInAs('boss', '/admin');
    const pages: [path: string, times: number][] = [
      ['/admin/refunds?tab=ALL', 1],
      [`/admin/refunds/${refund.refundNo}`, 4], // reason, its rejection, the buyer's remark, the goods
      ['/admin/orders', 1],
      [`/admin/orders/${order.orderNo}`, 3],
      ['/admin/products', 2],
      ['/admin/audit', 2],
      [`/admin/orders?q=${encodeURIComponent(SCRIPT)}`, 0],
    ];
    for (const [path, times] of pages) {
      await user.goTo(path);
      await user.page.waitForLoadState('networkidle');
      // An idle network does not mean that the page has shown its rows.
      await eventually(async () => {
        const shown = (await user.page.locator('#content').innerText()).split('<script>alert(2)</script>').length - 1;
        expect({ path, isShown: shown >= times }).toEqual({ path, isShown: true });
      });
      expect(await user.page.locator('#content img[onerror], #content script').count()).toBe(0);
    }
    // The only expected message is that the evidence picture could not be loaded.
    expect(user.errors.filter((text) => !text.includes('net::ERR_'))).toEqual([]);
    await user.close();
  });

  it('session: no token is readable by scripts, also after a reload', async () => {
    const user = await logInAs('boss', '/admin');
    await user.page.reload();
    await user.page.getByRole('heading', { name: '待办' }).waitFor();
    const reach = await user.page.evaluate(
      'JSON.stringify([document.cookie, Object.entries(localStorage), Object.entries(sessionStorage)])',
    );
    expect(reach).toBe('["",[["wx-checkout-language","zh"]],[]]');
    const [cookie] = await user.context.cookies(`${fixture.shop.url}/admin/api/`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/admin/api' });
    await user.close();
  });

  it('CSP: blocks scripts and styles that are not its own', async () => {
    const user = await logInAs('boss', '/admin');
    const hasRun = await user.page.evaluate(`new Promise((done) => {
      const script = document.createElement('script');
      script.textContent = 'window.hasRun = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<style>body { --injected: yes }</style>');
      setTimeout(() => done([window.hasRun === true, getComputedStyle(document.body).getPropertyValue('--injected')]), 0);
    })`);
    expect(hasRun).toEqual([false, '']);
    expect(user.errors.filter((text) => text.includes('Content Security Policy'))).toHaveLength(2);
    await user.close();
  });

  it('roles: a viewer sees only the pages of the role, and no decision buttons', async () => {
    const { username } = await createStaff(fixture.shop, 'VIEWER');
    const refund = await fixture.alice.requestRefund(await fixture.createPaidOrder(), { amountFen: 900 });
    const viewer = await logInAs(username, '/admin');
    const links = await viewer.page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts();
    expect(links.map((text) => text.replace(/\s*\d+$/, ''))).toEqual(['待办', '退款处理', '订单', '对账', '数据概览']);
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

  it('session: asks for a login after the session ended, and returns to the same page', async () => {
    const { username } = await createStaff(fixture.shop, 'ADMIN');
    const user = await logInAs(username, '/admin/orders?status=PAID');
    await user.page.getByRole('heading', { name: '订单' }).waitFor();
    // Changing the password ends all sessions of this account.
    const { body } = await tryStaffLogin(fixture.shop, username, PASSWORD);
    const { id } = (body as { admin: { id: string } }).admin;
    await fixture.boss.call('PATCH', `admins/${id}`, { password: 'another long password' });
    await user.page.getByRole('link', { name: '操作日志' }).click();
    await user.page.getByText('登录已过期').waitFor();
    await user.logIn(username, 'another long password');
    await user.page.getByRole('heading', { name: '操作日志' }).waitFor();
    expect(user.errors).toEqual([]);
    await user.close();
  });

  it('login: rejects a wrong password', async () => {
    const user = await BrowserUser.create(browser, fixture.shop.url);
    await user.goTo('/admin/staff');
    await user.page.getByLabel('用户名').fill('boss');
    await user.page.getByLabel('密码', { exact: true }).fill('not the password');
    await user.page.getByRole('button', { name: '登录' }).click();
    await user.page.getByText('用户名或密码错误').waitFor();
    expect(await user.page.locator('#content').count()).toBe(0);
    await user.close();
  });

  it('logout: ends the session on the service', async () => {
    const user = await logInAs('boss', '/admin');
    const [cookie] = await user.context.cookies(`${fixture.shop.url}/admin/api/`);
    await user.page.getByRole('button', { name: '我的账号: boss' }).click();
    await user.page.getByText('退出登录').click();
    await user.page.getByLabel('用户名').waitFor();
    const answer = await fetch(`${fixture.shop.url}/admin/api/auth/me`, {
      headers: { cookie: `${cookie?.name ?? ''}=${cookie?.value ?? ''}`, 'x-console': '1' },
    });
    expect(answer.status).toBe(401);
    await user.close();
  });
});
