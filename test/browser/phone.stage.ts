import type { Browser, Locator, Page } from 'playwright-core';
import { User } from '../../src/auth/user.entity.js';
import { session } from '../contract/support/clerk.js';
import { hands } from '../support/coupons.js';
import { openShop, type Shop } from '../support/shop.js';
import { launchChromium } from './support/chromium.js';
import { Visitor, WIDE } from './support/visitor.js';

/** A running shop whose jobs tick by themselves, and a browser that looks at its phone. */
export class PhoneStage {
  private constructor(
    readonly shop: Shop,
    private readonly browser: Browser,
    private readonly visitor: Visitor,
  ) {}

  static async opens(): Promise<PhoneStage> {
    const environment = { SEED_DEMO_DATA: 'true', RECONCILE_INTERVAL_SECONDS: '1', QUERY_BACKOFF_SECONDS: '3' };
    const shop = await openShop({ environment: { ...environment, WECHAT_TIMEOUT_SECONDS: '5' } });
    const browser = await launchChromium();
    const visitor = await Visitor.arrives(browser, shop.url);
    return new PhoneStage(shop, browser, visitor);
  }

  /** Somebody of the staff at a browser of their own, before the refunds that wait. */
  async staffArrive(): Promise<Visitor> {
    const boss = await Visitor.logsInAt(this.browser, this.shop.url, '/admin/refunds');
    return boss;
  }

  /** Staff hand a coupon to whoever holds the phone. */
  async grantsCoupon(terms: { discountFen: number; minSpendFen: number }): Promise<void> {
    const holder = (await this.shop.first.all(User)).sort((one, other) => +other.createdAt - +one.createdAt)[0];
    if (!holder) throw new Error('Nobody has logged in yet.');
    await hands(await session(this.shop, 'boss'), holder, terms);
  }

  async closes(): Promise<void> {
    await this.browser.close();
    await this.shop.closes();
  }

  /** Loads the page anew: an empty panel, and a mini-program that has just been opened. */
  async begins(): Promise<void> {
    await this.page.setViewportSize(WIDE);
    await this.visitor.opens('/');
    await this.phone.getByText('龙井茶').waitFor();
    await this.shop.wechat.control('DELETE', 'faults');
  }

  get page(): Page {
    return this.visitor.page;
  }

  /** What went wrong on the page by itself. */
  get complaints(): readonly string[] {
    return this.visitor.complaints;
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

  async taps(name: string): Promise<void> {
    await this.phone.getByRole('button', { name, exact: true }).click();
  }

  /** Puts it into the cart and orders it; the cashier opens. */
  async orders(product = '龙井茶 Longjing tea'): Promise<void> {
    await this.taps(`添加 ${product}`);
    await this.taps('去结算');
    await this.taps('提交订单');
    await this.agrees();
    await this.cashier.waitFor();
  }

  /** To the messages that WeChat asks about. */
  async agrees(): Promise<void> {
    await this.messageConsent.getByRole('button', { name: '允许', exact: true }).click();
  }

  get messageConsent(): Locator {
    return this.phone.getByRole('dialog', { name: '订阅消息授权' });
  }

  get cashier(): Locator {
    return this.phone.getByRole('dialog', { name: '微信支付' });
  }

  async entersPassword(): Promise<void> {
    for (const digit of '123456') await this.cashier.getByRole('button', { name: digit, exact: true }).click();
  }

  async pays(): Promise<void> {
    await this.entersPassword();
    await this.taps('完成');
    await this.phone.getByText('已付款').first().waitFor();
  }

  async setsFault(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name, exact: true });
    await button.click();
    await this.page.getByRole('button', { name, exact: true, pressed: true }).waitFor();
  }
}
