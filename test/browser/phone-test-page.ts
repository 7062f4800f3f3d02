import type { Browser, Locator, Page } from 'playwright-core';
import { User } from '../../src/auth/user.entity.js';
import { logInStaff } from '../contract/support/test-staff.js';
import { grantCoupon } from '../support/coupons.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';
import { launchChromium } from './support/chromium.js';
import { BrowserUser, WIDE } from './support/browser-user.js';

/** A running shop whose jobs tick by themselves, and a browser that looks at its phone. */
export class PhoneTestPage {
  private constructor(
    readonly shop: TestShop,
    private readonly browser: Browser,
    private readonly visitor: BrowserUser,
  ) {}

  static async open(): Promise<PhoneTestPage> {
    const environment = { SEED_DEMO_DATA: 'true', RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '3' };
    const shop = await openTestShop({ environment: { ...environment, WECHAT_TIMEOUT_SECONDS: '5' } });
    const browser = await launchChromium();
    const visitor = await BrowserUser.create(browser, shop.url);
    return new PhoneTestPage(shop, browser, visitor);
  }

  /** Somebody of the staff at a browser of their own, before the refunds that wait. */
  async openConsole(): Promise<BrowserUser> {
    const boss = await BrowserUser.logInAt(this.browser, this.shop.url, '/admin/refunds');
    return boss;
  }

  /** Staff hand a coupon to whoever holds the phone. */
  async grantCoupon(terms: { discountFen: number; minSpendFen: number }): Promise<void> {
    const holder = (await this.shop.firstInstance.findAll(User)).sort(
      (one, other) => +other.createdAt - +one.createdAt,
    )[0];
    if (!holder) throw new Error('Nobody has logged in yet.');
    await grantCoupon(await logInStaff(this.shop, 'boss'), holder, terms);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.shop.close();
  }

  /** Loads the page anew: an empty panel, and a mini-program that has just been opened. */
  async reload(): Promise<void> {
    await this.page.setViewportSize(WIDE);
    await this.visitor.goTo('/');
    await this.phone.getByText('龙井茶').waitFor();
    await this.shop.wechat.control('DELETE', 'faults');
  }

  get page(): Page {
    return this.visitor.page;
  }

  /** What went wrong on the page by itself. */
  get errors(): readonly string[] {
    return this.visitor.errors;
  }

  get phone(): Locator {
    return this.page.locator('.device');
  }

  get panel(): Locator {
    return this.page.getByRole('log');
  }

  /** A line of the panel: all of these words are in it. */
  line(...words: string[]): Locator {
    return words.reduce((lines, hasText) => lines.filter({ hasText }), this.panel.locator('details'));
  }

  async tap(name: string): Promise<void> {
    await this.phone.getByRole('button', { name, exact: true }).click();
  }

  /** Puts it into the cart and orders it; the cashier opens. */
  async placeOrder(product = '龙井茶 Longjing tea'): Promise<void> {
    await this.tap(`添加 ${product}`);
    await this.tap('去结算');
    await this.tap('提交订单');
    await this.acceptMessages();
    await this.cashier.waitFor();
  }

  /** To the messages that WeChat asks about. */
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
