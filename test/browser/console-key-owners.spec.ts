import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { clerk } from '../contract/support/clerk.js';
import { Program } from '../support/program.js';
import { openShop, type Shop } from '../support/shop.js';
import { launchChromium } from './support/chromium.js';
import { Visitor } from './support/visitor.js';

describe('console, staff:', () => {
  let browser: Browser;
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await shop.closes();
  });

  it('disabling an administrator shows their live API keys and asks what becomes of them', async () => {
    const eve = await clerk(shop, 'ADMIN');
    const program = await Program.isMade(shop, eve, { name: '仓库系统' });
    const boss = await Visitor.logsInAt(browser, shop.url, `/admin/staff?q=${eve.username}`, { username: 'boss' });
    const { page } = boss;
    await page.getByRole('button', { name: '停用' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('仓库系统').waitFor();
    await dialog.getByLabel('由我接管').check();
    await dialog.getByRole('button', { name: /确\s*定|确\s*认/ }).click();
    await page.getByRole('table').getByText('已停用').waitFor();
    expect((await program.asks('GET', 'me')).status).toBe(200);
    await page.goto(`${shop.url}/admin/api-keys`);
    await page.getByText('负责人：boss').waitFor();
    expect(boss.complaints).toEqual([]);
    await boss.leaves();
  });
});
