import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { PhoneTestPage } from './phone-test-page.js';
import { seriousViolations } from './support/serious-violations.js';
import { takeScreenshots } from './support/screenshots.js';
import { NARROW, WIDE } from './support/browser-user.js';

/** `UPDATE_PICTURES=true` updates the picture in the README. */
const README_PICTURE = { path: 'docs/images/phone.png', limitBytes: 300_000 };

let phonePage: PhoneTestPage;
beforeAll(async () => {
  phonePage = await PhoneTestPage.open();
}, 60_000);
beforeEach(() => phonePage.reload());
afterAll(() => phonePage.close());

describe('phone', () => {
  it('purchase: shows every message with a valid signature, without browser errors', async () => {
    await phonePage.placeOrder();
    await takeScreenshots(phonePage.page, 'phone-cashier');
    await phonePage.pay();
    for (const words of [
      ['wx.login', 'code'],
      ['/sns/jscode2session', 'SUCCESS'],
      ['POST /api/orders', '201 PENDING ¥88.00'],
      ['/pay/unifiedorder', '签名 ✓', 'prepay_id'],
      ['wx.requestPayment', 'requestPayment:ok'],
      ['wx.requestSubscribeMessage', 'accept'],
      ['/cgi-bin/message/subscribe/send', 'SUCCESS'],
      ['/wechat/notify/payment', '服务应答 SUCCESS'],
    ]) {
      await phonePage
        .line(...words)
        .first()
        .waitFor();
    }
    expect(phonePage.errors).toEqual([]);
  });

  it('panel: sorts messages by their start time', async () => {
    await phonePage.placeOrder();
    await phonePage.pay();
    const names = await phonePage.panel.locator('.name').allTextContents();
    const places = ['/pay', '/pay/unifiedorder', 'wx.requestPayment', '/sync'].map((end) =>
      names.findIndex((name) => name.endsWith(end)),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  it('lost notice: an order is paid even if the mini-program was closed after the payment', async () => {
    await phonePage.setFault('丢失通知');
    await phonePage.placeOrder();
    await phonePage.enterPassword();
    await phonePage.tap('不点完成，直接关掉小程序');
    await phonePage.line('/wechat/notify/payment', '在路上丢失', '服务不会干等').waitFor();
    await phonePage.line('wx.requestPayment', '回调没有来').waitFor();
    await phonePage.line('/pay/orderquery', '签名 ✓', 'SUCCESS').first().waitFor();

    await phonePage.tap('茶小店');
    await phonePage.tap('订单');
    await phonePage.phone.getByRole('button', { name: '已付款' }).first().click();
    await phonePage.phone.getByText('付款成功').waitFor();
    await phonePage.page.mouse.move(0, 0);
    if (process.env['UPDATE_PICTURES'] === 'true') {
      await phonePage.page.setViewportSize({ width: 1280, height: 860 });
      await phonePage.page.evaluate('document.querySelector("[role=log]").scrollTo(0, 1e6)');
      await phonePage.page.screenshot({ path: README_PICTURE.path, animations: 'disabled' });
      await phonePage.page.setViewportSize(WIDE);
    }
    expect((await takeScreenshots(phonePage.page, 'phone-lost-notice')).overflow).toEqual([]);
    expect((await stat(README_PICTURE.path)).size).toBeLessThan(README_PICTURE.limitBytes);
  });

  it('payment: a cancelled payment can be made later', async () => {
    await phonePage.placeOrder();
    await phonePage.cashier.getByRole('button', { name: '放弃支付' }).click();
    await phonePage.phone.getByText('未完成支付').waitFor();
    await phonePage.line('wx.requestPayment', 'requestPayment:fail cancel').waitFor();
    await phonePage.tap('去支付 ¥88.00');
    await phonePage.messageConsent.getByText('支付成功通知').waitFor();
    await phonePage.messageConsent.getByRole('button', { name: '拒绝' }).click(); // the payment works without it
    await phonePage.cashier.waitFor();
    await phonePage.page.keyboard.type('123456'); // typing works too
    await phonePage.tap('完成');
    await phonePage.phone.getByText('付款成功').waitFor();
  });

  it('coupon: reduces the price and is not offered again', async () => {
    await phonePage.grantCoupon({ discountFen: 500, minSpendFen: 2000 });
    await phonePage.tap('添加 签字笔 Gel pen');
    await phonePage.tap('去结算');
    await phonePage.phone.getByText('合计').waitFor();
    expect(await phonePage.phone.getByLabel('优惠券').count()).toBe(0); // below the minimum
    await phonePage.page.reload();
    await phonePage.tap('添加 龙井茶 Longjing tea');
    await phonePage.tap('去结算');
    await phonePage.phone.getByText('优惠券（1 张可用）').waitFor();
    await phonePage.phone.getByLabel('优惠券').selectOption('1');
    await phonePage.phone.getByText('已优惠 ¥5.00').waitFor();
    await takeScreenshots(phonePage.page, 'phone-coupon');
    expect(await seriousViolations(phonePage.page)).toEqual([]);
    await phonePage.tap('提交订单');
    await phonePage.acceptMessages();
    await phonePage.cashier.waitFor();
    await phonePage.line('POST /api/orders', '201 PENDING ¥83.00').waitFor();
    await phonePage.pay();
    await phonePage.phone.getByText('-¥5.00').waitFor();
    await phonePage.page.reload();
    await phonePage.tap('添加 龙井茶 Longjing tea');
    await phonePage.tap('去结算');
    await phonePage.line('GET /api/coupons').last().waitFor();
    expect(await phonePage.phone.getByText('张可用').count()).toBe(0);
  });

  it('order: asks the user to confirm a changed price', async () => {
    const product = async (priceFen: number): Promise<void> => {
      await phonePage.shop.rawUpdate(`UPDATE products SET price_fen = ${priceFen} WHERE product_id = 'DEMONOTEBOOK'`);
    };
    const order = async (answer: string): Promise<void> => {
      await product(2600);
      await phonePage.page.reload();
      await phonePage.tap('添加 笔记本 Notebook');
      await phonePage.tap('去结算');
      await phonePage.phone.locator('.foot .total').getByText('¥26.00').last().waitFor();
      await product(2900);
      await phonePage.tap('提交订单');
      await phonePage.acceptMessages();
      await phonePage.phone.getByText('合计现为 ¥29.00，是否按新价格提交订单？').waitFor();
      await phonePage.tap(answer);
    };
    await order('取消');
    await phonePage.phone.locator('.foot .total').getByText('¥29.00').last().waitFor();
    await phonePage.line('POST /api/orders', '409 PRICE_CHANGED').first().waitFor();
    await order('确定');
    await phonePage.cashier.waitFor();
    await phonePage.line('POST /api/orders', '201 PENDING ¥29.00').waitFor();
    await product(2600);
  });

  it("payment: shows WeChat's text for an insufficient balance", async () => {
    await phonePage.page.getByRole('button', { name: /^老周/ }).click();
    await phonePage.phone.getByText('龙井茶').waitFor();
    await phonePage.placeOrder();
    await phonePage.enterPassword();
    await phonePage.cashier.getByText('余额不足').waitFor();
    await phonePage.cashier.getByRole('button', { name: '放弃支付' }).click();
    await phonePage.phone.getByText('待付款').waitFor();
  });

  it('phone number: asks for permission and shows the number masked', async () => {
    await phonePage.page.getByRole('button', { name: '阿珍' }).click();
    await phonePage.phone.getByText('龙井茶').waitFor();
    await phonePage.tap('订单');
    await phonePage.tap('绑定微信手机号');
    const consent = phonePage.phone.getByRole('dialog', { name: '申请获取手机号' });
    await consent.getByText('139****9002').waitFor();
    expect((await takeScreenshots(phonePage.page, 'phone-number')).overflow).toEqual([]);
    expect(await seriousViolations(phonePage.page)).toEqual([]);
    await consent.getByRole('button', { name: '不允许' }).click();
    await phonePage.line('getPhoneNumber', 'getPhoneNumber:fail user deny').waitFor();
    expect(await phonePage.line('POST /api/auth/phone').count()).toBe(0);

    await phonePage.tap('绑定微信手机号');
    await consent.getByRole('button', { name: '允许', exact: true }).click();
    await phonePage.phone.getByText('已绑定手机号').waitFor();
    await phonePage.line('POST /api/auth/phone', '200 139****9002').waitFor();
    await phonePage.line('/wxa/business/getuserphonenumber').waitFor();
    await phonePage.phone.getByText('139****9002').waitFor();
    expect(await phonePage.page.content()).not.toContain('13900139002');
    await phonePage.tap('商店');
    await phonePage.tap('订单');
    await phonePage.phone.getByText('139****9002').waitFor();
    expect(phonePage.errors).toEqual([]);
  });

  it('phone number: sends nothing to the service if the user changes before giving consent', async () => {
    await phonePage.page.getByRole('button', { name: /^老周/ }).click();
    await phonePage.phone.getByText('龙井茶').waitFor();
    await phonePage.tap('订单');
    await phonePage.tap('绑定微信手机号');
    await phonePage.phone.getByRole('dialog', { name: '申请获取手机号' }).waitFor();
    await phonePage.page.getByRole('button', { name: '阿珍' }).click();
    await phonePage.line('getPhoneNumber', '回调没有来').waitFor();
    expect(await phonePage.phone.getByRole('dialog').count()).toBe(0);
    expect(await phonePage.line('POST /api/auth/phone').count()).toBe(0);
  });

  it('orders: shows only the orders of the current user', async () => {
    await phonePage.page.getByRole('button', { name: '阿珍' }).click();
    await phonePage.phone.getByText('龙井茶').waitFor();
    await phonePage.tap('订单');
    await phonePage.phone.getByText('还没有订单').waitFor();
  });

  it('refund: is requested on the phone, approved in the console and completed on the phone', async () => {
    await phonePage.placeOrder();
    await phonePage.pay();
    await phonePage.tap('申请退款');
    await phonePage.phone.getByLabel('退款原因').selectOption('质量问题');
    await phonePage.phone.getByLabel('退款金额（元）').fill('12.34');
    await takeScreenshots(phonePage.page, 'phone-refund');
    await phonePage.tap('提交申请');
    await phonePage.acceptMessages();
    await phonePage.phone.getByText('待商家审核', { exact: true }).waitFor();
    await phonePage.panel.getByRole('link', { name: '到商家后台批准' }).waitFor();

    const boss = await phonePage.openConsole();
    await boss.page.getByText('质量问题').first().waitFor();
    await boss.page.keyboard.press('j'); // the first refund
    await boss.page.getByRole('button', { name: '同意 (A)' }).click();
    await boss.page.getByRole('dialog').getByRole('button', { name: '确认退款 ¥12.34' }).click();
    await boss.page.getByText('微信已受理').waitFor();
    expect(boss.errors).toEqual([]);
    await boss.close();
    await phonePage.phone.getByText('已到账').waitFor();
    await phonePage.phone.getByText('¥12.34').first().waitFor();
    await phonePage.line('/secapi/pay/refund', '签名 ✓').waitFor();
    await phonePage.line('/wechat/notify/refund', '服务应答 SUCCESS').waitFor();
  });
});

describe('phone: fault buttons', () => {
  it('SYSTEMERROR: the mini-program retries with the same payment', async () => {
    await phonePage.setFault('下单 SYSTEMERROR');
    await phonePage.placeOrder('笔记本 Notebook');
    await phonePage.line('/pay/unifiedorder', '故障：SYSTEMERROR').waitFor();
    await phonePage.line('/pay/unifiedorder', 'prepay_id').waitFor();
    await phonePage.pay();
    const orderNo = (await phonePage.phone.getByText('订单编号').textContent())?.replace(/\W/g, '') ?? '';
    expect(await phonePage.shop.getPayments(orderNo)).toHaveLength(1);
    await phonePage.line('/wechat/notify/payment', '服务应答 SUCCESS').waitFor(); // otherwise it would arrive in the next test
  });

  it('duplicate notice: two notices, one payment', async () => {
    await phonePage.setFault('重复通知');
    await phonePage.placeOrder('笔记本 Notebook');
    await phonePage.pay();
    await eventually(async () => {
      expect(await phonePage.line('/wechat/notify/payment', '服务应答 SUCCESS').count()).toBe(2);
    });
  });

  it('delayed notice: arrives after the clock advances', async () => {
    await phonePage.setFault('延迟通知');
    await phonePage.placeOrder('笔记本 Notebook');
    await phonePage.pay();
    await phonePage.line('/wechat/notify/payment', '被推迟').waitFor();
    await phonePage.page.getByRole('button', { name: /快进/ }).click();
    await phonePage.line('/wechat/notify/payment', '服务应答 SUCCESS').waitFor();
  });

  it('forged amount: the service rejects the notice', async () => {
    await phonePage.setFault('伪造金额');
    await phonePage.placeOrder('笔记本 Notebook');
    await phonePage.pay();
    await phonePage.line('/wechat/notify/payment', '故障：tampered-fee', '服务应答 FAIL').waitFor();
  });

  it('a second click removes a fault and keeps the others', async () => {
    await phonePage.setFault('丢失通知');
    await phonePage.setFault('查单 SYSTEMERROR');
    await phonePage.page.getByRole('button', { name: '丢失通知', pressed: true }).click();
    await phonePage.page.getByRole('button', { name: '丢失通知', pressed: false }).waitFor();
    await phonePage.page.getByRole('button', { name: '查单 SYSTEMERROR', pressed: true }).waitFor();
  });

  it('phone offline: shows an error and works again when online', async () => {
    await phonePage.page.getByRole('button', { name: '手机断网' }).click();
    await phonePage.tap('订单');
    await phonePage.phone.getByText('网络不给力').waitFor();
    await phonePage.page.getByRole('button', { name: '手机断网' }).click();
    await phonePage.tap('重试');
    await phonePage.phone.getByText('网络不给力').waitFor({ state: 'detached' });
  });
});

describe('phone: offline after the payment', () => {
  it('offers no second payment while the result is unknown, and shows the result when online', async () => {
    await phonePage.placeOrder('笔记本 Notebook');
    await phonePage.page.getByRole('button', { name: '手机断网' }).click();
    await phonePage.enterPassword();
    await phonePage.tap('完成');
    await phonePage.phone.getByText('支付结果确认中').waitFor({ timeout: 30_000 });
    expect(await phonePage.phone.getByRole('button', { name: /去支付/ }).count()).toBe(0);
    await phonePage.page.getByRole('button', { name: '手机断网' }).click();
    await phonePage.phone.getByText('付款成功').waitFor();
  });
});

describe('phone: page', () => {
  it.each([WIDE, NARROW])('has no serious accessibility violation on any screen: $width px', async (size) => {
    const violations = async (): Promise<string[]> => {
      await phonePage.page.setViewportSize(size);
      return seriousViolations(phonePage.page);
    };
    expect(await violations()).toEqual([]);
    await phonePage.placeOrder();
    expect(await violations()).toEqual([]);
    await phonePage.enterPassword();
    await phonePage.cashier.getByText('支付成功').waitFor();
    expect(await violations()).toEqual([]);
    await phonePage.tap('完成');
    await phonePage.tap('申请退款');
    expect(await violations()).toEqual([]);
    await phonePage.tap('关闭小程序');
    expect(await violations()).toEqual([]);
  });

  it('fits both widths', async () => {
    expect((await takeScreenshots(phonePage.page, 'phone-shop')).overflow).toEqual([]);
    await phonePage.placeOrder();
    await phonePage.pay();
    expect((await takeScreenshots(phonePage.page, 'phone-paid')).overflow).toEqual([]);
  });

  it('language: switches to English and stores the choice', async () => {
    await phonePage.page.getByRole('button', { name: 'English' }).click();
    await phonePage.page.getByRole('button', { name: 'Lose notice' }).waitFor();
    await phonePage.page.reload();
    await phonePage.page.getByText('Get a login code from WeChat').waitFor();
    await takeScreenshots(phonePage.page, 'phone-english');
    await phonePage.page.getByRole('button', { name: '中文' }).click();
  });

  it('panel: shows raw messages without secrets', async () => {
    await phonePage.line('/sns/jscode2session').locator('summary').click();
    const text = await phonePage.line('/sns/jscode2session').textContent();
    expect(text).toContain('"session_key":"***"');
    expect(text).toContain('secret=***');
    await phonePage.line('POST /api/auth/login').locator('summary').click();
    expect(await phonePage.line('POST /api/auth/login').textContent()).toContain('"token": "******"');
  });
});
