import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createStaff } from '../contract/support/test-staff.js';
import { sendRequest } from '../../tools/client/http.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: API keys', () => {
  let browser: Browser;
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await shop.close();
  });

  const openPage = async (username: string): Promise<BrowserUser> => {
    const user = await BrowserUser.logInAt(browser, shop.url, '/admin/api-keys', { username });
    return user;
  };
  const me = async (key: string): Promise<{ status: number; body: unknown }> =>
    sendRequest(`${shop.url}/server/api/me`, { headers: { authorization: `Bearer ${key}` } });

  it('creates a key, shows and copies it once, and revokes it', async () => {
    const boss = await openPage('boss');
    await boss.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const { page } = boss;
    await page.getByText('还没有密钥').waitFor();
    await page.getByRole('button', { name: '新建密钥' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('名称').fill('仓库系统');
    await form.getByLabel('退款').check();
    await form.getByLabel('每日退款上限（元）').fill('88.5');
    await form.getByRole('button', { name: '生成密钥' }).click();

    const shown = page.getByRole('dialog', { name: '“仓库系统”的密钥' });
    const key = (await shown.getByText(/^wxk_(live|test)_/).innerText()).trim();
    await shown.getByRole('button', { name: '复制' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
    await page.keyboard.press('Escape');
    expect(await shown.isVisible()).toBe(true);
    expect((await takeScreenshots(page, 'console-api-key-shown')).overflow).toEqual([]);
    expect(await seriousViolations(page)).toEqual([]);
    await shown.getByRole('button', { name: '我已保存' }).click();
    const scopes = ['orders:read', 'refunds:write'];
    expect(await me(key)).toMatchObject({ status: 200, body: { name: '仓库系统', scopes, maxRefundFenPerDay: 8850 } });

    await page.reload();
    await page.getByText('¥88.50').waitFor();
    expect(await page.content()).not.toContain(key.slice(-43));
    await page.getByRole('button', { name: '吊销: 仓库系统' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: '吊销', exact: true }).click();
    await page.getByRole('table').getByText('已吊销').waitFor();
    expect((await me(key)).status).toBe(401);
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  it('hides the page from operators', async () => {
    const { username } = await createStaff(shop, 'OPERATOR');
    const operator = await openPage(username);
    await operator.page.getByText('没有权限').first().waitFor();
    expect(await operator.page.getByRole('link', { name: 'API 密钥' }).count()).toBe(0);
    await operator.close();
  });
});
