import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { createStaff } from '../contract/support/test-staff.js';
import { ApiKeyClient } from '../support/clients/api-key-client.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { launchChromium } from './support/chromium.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: staff', () => {
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

  it('disable: lists the active API keys of an administrator and offers to take them over', async () => {
    const eve = await createStaff(shop, 'ADMIN');
    const program = await ApiKeyClient.create(shop, eve, { name: '仓库系统' });
    const boss = await BrowserUser.logInAt(browser, shop.url, `/admin/staff?q=${eve.username}`, { username: 'boss' });
    const { page } = boss;
    await page.getByRole('button', { name: '停用' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('仓库系统').waitFor();
    await dialog.getByLabel('由我接管').check();
    await dialog.getByRole('button', { name: /确\s*定|确\s*认/ }).click();
    await page.getByRole('table').getByText('已停用').waitFor();
    expect((await program.call('GET', 'me')).status).toBe(200);
    await page.goto(`${shop.url}/admin/api-keys`);
    await page.getByText('负责人：boss').waitFor();
    expect(boss.errors).toEqual([]);
    await boss.close();
  });
});
