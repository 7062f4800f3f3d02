import type { Browser, Locator, Page } from 'playwright-core';
import { User } from '../../src/auth/user.entity.js';
import { logInStaff } from '../contract/support/test-staff.js';
import { grantCoupon } from '../support/fixtures/coupons.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { launchChromium } from './support/chromium.js';
import { BrowserUser, WIDE } from './support/browser-user.js';

/** A running shop with active jobs, and a browser at its simulated phone. */
export class PhoneTestPage {
  private constructor(
    readonly shop: TestShop,
    private readonly browser: Browser,
    private readonly user: BrowserUser,
  ) {}

  static async open(): Promise<PhoneTestPage> {
    const environment = { SEED_DEMO_DATA: 'true', RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '3' };
    const shop = await openTestShop({ environment: { ...environment, WECHAT_TIMEOUT_SECONDS: '5' } });
    const browser = await launchChromium();
    const user = await BrowserUser.create(browser, shop.url);
    return new PhoneTestPage(shop, browser, user);
  }

  /** Opens the console's refund page in another browser context, logged in as the administrator. */
  async openConsole(): Promise<BrowserUser> {
    const boss = await BrowserUser.logInAt(this.browser, this.shop.url, '/admin/refunds');
    return boss;
  }

  /** Grants a coupon to the latest user of the phone. */
  async grantCoupon(terms: { discountFen: number; minSpendFen: number }): Promise<void> {
    const holder = (await this.shop.firstInstance.findAll(User)).sort(
      (one, other) => +other.createdAt - +one.createdAt,
    )[0];
    if (!holder) throw new Error('No user has logged in yet.');
    await grantCoupon(await logInStaff(this.shop, 'boss'), holder, terms);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.shop.close();
  }

  /** Reloads the page: an empty panel and a freshly opened mini-program. */
  async reload(): Promise<void> {
    await this.page.setViewportSize(WIDE);
    await this.user.goTo('/');
    await this.phone.getByText('龙井茶').waitFor();
    await this.shop.wechat.control('DELETE', 'faults');
  }

  get page(): Page {
    return this.user.page;
  }

  /** Errors that the browser reported. */
  get errors(): readonly string[] {
    return this.user.errors;
  }

  get phone(): Locator {
    return this.page.locator('.device');
  }

  get panel(): Locator {
    return this.page.getByRole('log');
  }

  /** The lines of the panel that contain all of these texts. */
  line(...words: string[]): Locator {
    return words.reduce((lines, hasText) => lines.filter({ hasText }), this.panel.locator('details'));
  }

  async tap(name: string): Promise<void> {
    await this.phone.getByRole('button', { name, exact: true }).click();
  }

  /** Adds the product to the cart and orders it. The payment sheet opens. */
  async placeOrder(product = '龙井茶 Longjing tea'): Promise<void> {
    await this.tap(`添加 ${product}`);
    await this.tap('去结算');
    await this.tap('提交订单');
    await this.acceptMessages();
    await this.cashier.waitFor();
  }

  /** Allows the messages in WeChat's consent sheet. */
  async acceptMessages(): Promise<void> {
    await this.messageConsent.getByRole('button', { name: '允许', exact: true }).click();
  }

  get messageConsent(): Locator {
    return this.phone.getByRole('dialog', { name: '订阅消息授权' });
  }

  get cashier(): Locator {
    return this.phone.getByRole('dialog', { name: '微信支付' });
  }

  async enterPassword(): Promise<void> {
    for (const digit of '123456') await this.cashier.getByRole('button', { name: digit, exact: true }).click();
  }

  async pay(): Promise<void> {
    await this.enterPassword();
    await this.tap('完成');
    await this.phone.getByText('已付款').first().waitFor();
  }

  async setFault(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true });
    await button.click();
    await this.page.getByRole('button', { name, exact: true, pressed: true }).waitFor();
  }
}
