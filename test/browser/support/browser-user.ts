import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PASSWORD } from '../../contract/support/test-staff.js';

/** Sizes of window that every page must bear, by width in CSS pixels. */
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 375, height: 720 };

/** What a browser complains of without anything being wrong: a refused call is a line in its console. */
const EXPECTED_ERROR = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Somebody at a browser of their own: nothing of another visitor's is in it. */
export class BrowserUser {
  /** What the browser has complained of: errors of scripts, and what the policy of the page has kept from happening. */
  readonly errors: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly origin: string,
  ) {
    page.on('pageerror', (error) => this.errors.push(String(error)));
    page.on('console', (message) => {
      const text = message.text();
      if ((message.type() === 'error' || message.type() === 'warning') && !EXPECTED_ERROR.test(text))
        this.errors.push(text);
    });
    page.on('dialog', (dialog) => {
      this.errors.push(`A script has opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** @param origin where the service listens. The zone is one that is not Beijing's: times on pages are of the browser. */
  static async create(browser: Browser, origin: string, options: { timezoneId?: string } = {}): Promise<BrowserUser> {
    const context = await browser.newContext({
      viewport: WIDE,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...options,
    });
    context.setDefaultTimeout(30_000);
    return new BrowserUser(context, await context.newPage(), origin);
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(`${this.origin}${path}`);
  }

  /** Fills in the login that stands in the place of the page. */
  /** Somebody of the staff who has logged in to see a page of the console; the boss unless said otherwise. */
  static async logInAt(
    browser: Browser,
    origin: string,
    path: string,
    {
      username = 'boss',
      password = PASSWORD,
      ...options
    }: { username?: string; password?: string; timezoneId?: string } = {},
  ): Promise<BrowserUser> {
    const visitor = await BrowserUser.create(browser, origin, options);
    await visitor.goTo(path);
    await visitor.logIn(username, password);
    return visitor;
  }

  async logIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel('用户名').fill(username);
    await this.page.getByLabel('密码', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: '登录' }).click();
    await this.page.getByRole('main').and(this.page.locator('#content')).waitFor();
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}
