import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PASSWORD } from '../../contract/support/test-staff.js';

/** Window sizes that every page must fit, in CSS pixels. */
export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 375, height: 720 };

/** Console messages of the browser for rejected API calls, which are expected. */
const EXPECTED_ERROR = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** A user with their own browser context. */
export class BrowserUser {
  /** Script errors, console errors and violations of the Content Security Policy. */
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
      this.errors.push(`A script opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  /** @param origin URL of the service, without a path */
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

  /** Opens a page of the console and logs in, by default as the administrator `boss`. */
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
    const user = await BrowserUser.create(browser, origin, options);
    await user.goTo(path);
    await user.logIn(username, password);
    return user;
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
