import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { PhoneTestPage } from './phone-test-page.js';
import { seriousViolations } from './support/serious-violations.js';
import { takeScreenshots } from './support/screenshots.js';
import { NARROW, WIDE } from './support/browser-user.js';

/** `UPDATE_PICTURES=true` makes the README's picture anew. */
const README_PICTURE = { path: 'docs/images/phone.png', limitBytes: 300_000 };

let stage: PhoneTestPage;
beforeAll(async () => {
  stage = await PhoneTestPage.open();
}, 60_000);
beforeEach(() => stage.reload());
afterAll(() => stage.close());

describe('the phone', () => {
  it('sells: every message is there, rightly signed, and nothing on the page complains', async () => {
    await stage.placeOrder();
    await takeScreenshots(stage.page, 'phone-cashier');
    await stage.pay();
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
      await stage
        .line(...words)
        .first()
        .waitFor();
    }
    expect(stage.errors).toEqual([]);
  });

  it('tells messages in the order in which they began', async () => {
    await stage.placeOrder();
    await stage.pay();
    const names = await stage.panel.locator('.name').allTextContents();
    const places = ['/pay', '/pay/unifiedorder', 'wx.requestPayment', '/sync'].map((end) =>
      names.findIndex((name) => name.endsWith(end)),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });

  it('that is closed right after paying, with the notice lost, finds the order paid all the same', async () => {
    await stage.setFault('丢失通知');
    await stage.placeOrder();
    await stage.enterPassword();
    await stage.tap('不点完成，直接关掉小程序');
    await stage.line('/wechat/notify/payment', '在路上丢失', '服务不会干等').waitFor();
    await stage.line('wx.requestPayment', '回调没有来').waitFor();
    await stage.line('/pay/orderquery', '签名 ✓', 'SUCCESS').first().waitFor();

    await stage.tap('茶小店');
    await stage.tap('订单');
    await stage.phone.getByRole('button', { name: '已付款' }).first().click();
    await stage.phone.getByText('付款成功').waitFor();
    await stage.page.mouse.move(0, 0);
    if (process.env['UPDATE_PICTURES'] === 'true') {
      await stage.page.setViewportSize({ width: 1280, height: 860 });
      await stage.page.evaluate('document.querySelector("[role=log]").scrollTo(0, 1e6)');
      await stage.page.screenshot({ path: README_PICTURE.path, animations: 'disabled' });
      await stage.page.setViewportSize(WIDE);
    }
    expect((await takeScreenshots(stage.page, 'phone-lost-notice')).overflow).toEqual([]);
    expect((await stat(README_PICTURE.path)).size).toBeLessThan(README_PICTURE.limitBytes);
  });

  it('pays nothing when the payer refuses, and the order can be paid later', async () => {
    await stage.placeOrder();
    await stage.cashier.getByRole('button', { name: '放弃支付' }).click();
    await stage.phone.getByText('未完成支付').waitFor();
    await stage.line('wx.requestPayment', 'requestPayment:fail cancel').waitFor();
    await stage.tap('去支付 ¥88.00');
    await stage.messageConsent.getByText('支付成功通知').waitFor();
    await stage.messageConsent.getByRole('button', { name: '拒绝' }).click(); // pays all the same
    await stage.cashier.waitFor();
    await stage.page.keyboard.type('123456'); // a keyboard does as well
    await stage.tap('完成');
    await stage.phone.getByText('付款成功').waitFor();
  });

  it('sells for less with a coupon, which is not offered again', async () => {
    await stage.grantCoupon({ discountFen: 500, minSpendFen: 2000 });
    await stage.tap('添加 签字笔 Gel pen');
    await stage.tap('去结算');
    await stage.phone.getByText('合计').waitFor();
    expect(await stage.phone.getByLabel('优惠券').count()).toBe(0); // too small an order
    await stage.page.reload();
    await stage.tap('添加 龙井茶 Longjing tea');
    await stage.tap('去结算');
    await stage.phone.getByText('优惠券（1 张可用）').waitFor();
    await stage.phone.getByLabel('优惠券').selectOption('1');
    await stage.phone.getByText('已优惠 ¥5.00').waitFor();
    await takeScreenshots(stage.page, 'phone-coupon');
    expect(await seriousViolations(stage.page)).toEqual([]);
    await stage.tap('提交订单');
    await stage.acceptMessages();
    await stage.cashier.waitFor();
    await stage.line('POST /api/orders', '201 PENDING ¥83.00').waitFor();
    await stage.pay();
    await stage.phone.getByText('-¥5.00').waitFor();
    await stage.page.reload();
    await stage.tap('添加 龙井茶 Longjing tea');
    await stage.tap('去结算');
    await stage.line('GET /api/coupons').last().waitFor();
    expect(await stage.phone.getByText('张可用').count()).toBe(0);
  });

  it('asks the user again when the price has changed since they saw it', async () => {
    const product = async (priceFen: number): Promise<void> => {
      await stage.shop.rawUpdate(`UPDATE products SET price_fen = ${priceFen} WHERE product_id = 'DEMONOTEBOOK'`);
    };
    const order = async (answer: string): Promise<void> => {
      await product(2600);
      await stage.page.reload();
      await stage.tap('添加 笔记本 Notebook');
      await stage.tap('去结算');
      await stage.phone.locator('.foot .total').getByText('¥26.00').last().waitFor();
      await product(2900);
      await stage.tap('提交订单');
      await stage.acceptMessages();
      await stage.phone.getByText('合计现为 ¥29.00，是否按新价格提交订单？').waitFor();
      await stage.tap(answer);
    };
    await order('取消');
    await stage.phone.locator('.foot .total').getByText('¥29.00').last().waitFor();
    await stage.line('POST /api/orders', '409 PRICE_CHANGED').first().waitFor();
    await order('确定');
    await stage.cashier.waitFor();
    await stage.line('POST /api/orders', '201 PENDING ¥29.00').waitFor();
    await product(2600);
  });

  it('in the hand of somebody without money says what WeChat says', async () => {
    await stage.page.getByRole('button', { name: /^老周/ }).click();
    await stage.phone.getByText('龙井茶').waitFor();
    await stage.placeOrder();
    await stage.enterPassword();
    await stage.cashier.getByText('余额不足').waitFor();
    await stage.cashier.getByRole('button', { name: '放弃支付' }).click();
    await stage.phone.getByText('待付款').waitFor();
  });

  it('asks the user before the shop learns their number, and shows it masked', async () => {
    await stage.page.getByRole('button', { name: '阿珍' }).click();
    await stage.phone.getByText('龙井茶').waitFor();
    await stage.tap('订单');
    await stage.tap('绑定微信手机号');
    const consent = stage.phone.getByRole('dialog', { name: '申请获取手机号' });
    await consent.getByText('139****9002').waitFor();
    expect((await takeScreenshots(stage.page, 'phone-number')).overflow).toEqual([]);
    expect(await seriousViolations(stage.page)).toEqual([]);
    await consent.getByRole('button', { name: '不允许' }).click();
    await stage.line('getPhoneNumber', 'getPhoneNumber:fail user deny').waitFor();
    expect(await stage.line('POST /api/auth/phone').count()).toBe(0);

    await stage.tap('绑定微信手机号');
    await consent.getByRole('button', { name: '允许', exact: true }).click();
    await stage.phone.getByText('已绑定手机号').waitFor();
    await stage.line('POST /api/auth/phone', '200 139****9002').waitFor();
    await stage.line('/wxa/business/getuserphonenumber').waitFor();
    await stage.phone.getByText('139****9002').waitFor();
    expect(await stage.page.content()).not.toContain('13900139002');
    await stage.tap('商店');
    await stage.tap('订单');
    await stage.phone.getByText('139****9002').waitFor();
    expect(stage.errors).toEqual([]);
  });

  it('that is closed while WeChat asks for the number tells the shop nothing', async () => {
    await stage.page.getByRole('button', { name: /^老周/ }).click();
    await stage.phone.getByText('龙井茶').waitFor();
    await stage.tap('订单');
    await stage.tap('绑定微信手机号');
    await stage.phone.getByRole('dialog', { name: '申请获取手机号' }).waitFor();
    await stage.page.getByRole('button', { name: '阿珍' }).click();
    await stage.line('getPhoneNumber', '回调没有来').waitFor();
    expect(await stage.phone.getByRole('dialog').count()).toBe(0);
    expect(await stage.line('POST /api/auth/phone').count()).toBe(0);
  });

  it('shows each person their own orders', async () => {
    await stage.page.getByRole('button', { name: '阿珍' }).click();
    await stage.phone.getByText('龙井茶').waitFor();
    await stage.tap('订单');
    await stage.phone.getByText('还没有订单').waitFor();
  });

  it('asks for money back; the console approves; the phone sees it arrive', async () => {
    await stage.placeOrder();
    await stage.pay();
    await stage.tap('申请退款');
    await stage.phone.getByLabel('退款原因').selectOption('质量问题');
    await stage.phone.getByLabel('退款金额（元）').fill('12.34');
    await takeScreenshots(stage.page, 'phone-refund');
    await stage.tap('提交申请');
    await stage.acceptMessages();
    await stage.phone.getByText('待商家审核', { exact: true }).waitFor();
    await stage.panel.getByRole('link', { name: '到商家后台批准' }).waitFor();

    const boss = await stage.openConsole();
    await boss.page.getByText('质量问题').first().waitFor();
    await boss.page.keyboard.press('j'); // the first of the queue
    await boss.page.getByRole('button', { name: '同意 (A)' }).click();
    await boss.page.getByRole('dialog').getByRole('button', { name: '确认退款 ¥12.34' }).click();
    await boss.page.getByText('微信已受理').waitFor();
    expect(boss.errors).toEqual([]);
    await boss.close();
    await stage.phone.getByText('已到账').waitFor();
    await stage.phone.getByText('¥12.34').first().waitFor();
    await stage.line('/secapi/pay/refund', '签名 ✓').waitFor();
    await stage.line('/wechat/notify/refund', '服务应答 SUCCESS').waitFor();
  });
});

describe('a fault at a click', () => {
  it('SYSTEMERROR: the phone asks again, and the payment is the same one', async () => {
    await stage.setFault('下单 SYSTEMERROR');
    await stage.placeOrder('笔记本 Notebook');
    await stage.line('/pay/unifiedorder', '故障：SYSTEMERROR').waitFor();
    await stage.line('/pay/unifiedorder', 'prepay_id').waitFor();
    await stage.pay();
    const orderNo = (await stage.phone.getByText('订单编号').textContent())?.replace(/\W/g, '') ?? '';
    expect(await stage.shop.getPayments(orderNo)).toHaveLength(1);
    await stage.line('/wechat/notify/payment', '服务应答 SUCCESS').waitFor(); // or the next page would hear of it
  });

  it('doubled: two notices, one payment', async () => {
    await stage.setFault('重复通知');
    await stage.placeOrder('笔记本 Notebook');
    await stage.pay();
    await eventually(async () => {
      expect(await stage.line('/wechat/notify/payment', '服务应答 SUCCESS').count()).toBe(2);
    });
  });

  it('put off: it comes when its time has come', async () => {
    await stage.setFault('推迟通知');
    await stage.placeOrder('笔记本 Notebook');
    await stage.pay();
    await stage.line('/wechat/notify/payment', '被推迟').waitFor();
    await stage.page.getByRole('button', { name: /快进/ }).click();
    await stage.line('/wechat/notify/payment', '服务应答 SUCCESS').waitFor();
  });

  it('forged: the shop refuses it', async () => {
    await stage.setFault('伪造金额');
    await stage.placeOrder('笔记本 Notebook');
    await stage.pay();
    await stage.line('/wechat/notify/payment', '故障：tampered-fee', '服务应答 FAIL').waitFor();
  });

  it('can be taken back, and leaves the others', async () => {
    await stage.setFault('丢失通知');
    await stage.setFault('查单 SYSTEMERROR');
    await stage.page.getByRole('button', { name: '丢失通知', pressed: true }).click();
    await stage.page.getByRole('button', { name: '丢失通知', pressed: false }).waitFor();
    await stage.page.getByRole('button', { name: '查单 SYSTEMERROR', pressed: true }).waitFor();
  });

  it('without a network: says so, and goes on when it is back', async () => {
    await stage.page.getByRole('button', { name: '手机断网' }).click();
    await stage.tap('订单');
    await stage.phone.getByText('网络不给力').waitFor();
    await stage.page.getByRole('button', { name: '手机断网' }).click();
    await stage.tap('重试');
    await stage.phone.getByText('网络不给力').waitFor({ state: 'detached' });
  });
});

describe('a network that is gone after the payment', () => {
  it('leaves nobody to pay twice: the page says that it asks, and shows the end when it is back', async () => {
    await stage.placeOrder('笔记本 Notebook');
    await stage.page.getByRole('button', { name: '手机断网' }).click();
    await stage.enterPassword();
    await stage.tap('完成');
    await stage.phone.getByText('支付结果确认中').waitFor({ timeout: 30_000 });
    expect(await stage.phone.getByRole('button', { name: /去支付/ }).count()).toBe(0);
    await stage.page.getByRole('button', { name: '手机断网' }).click();
    await stage.phone.getByText('付款成功').waitFor();
  });
});

describe('the page', () => {
  it.each([WIDE, NARROW])('has no serious barrier on any of its screens: $width px', async (size) => {
    const barriers = async (): Promise<string[]> => {
      await stage.page.setViewportSize(size);
      return seriousViolations(stage.page);
    };
    expect(await barriers()).toEqual([]);
    await stage.placeOrder();
    expect(await barriers()).toEqual([]);
    await stage.enterPassword();
    await stage.cashier.getByText('支付成功').waitFor();
    expect(await barriers()).toEqual([]);
    await stage.tap('完成');
    await stage.tap('申请退款');
    expect(await barriers()).toEqual([]);
    await stage.tap('关闭小程序');
    expect(await barriers()).toEqual([]);
  });

  it('fits into both widths', async () => {
    expect((await takeScreenshots(stage.page, 'phone-shop')).overflow).toEqual([]);
    await stage.placeOrder();
    await stage.pay();
    expect((await takeScreenshots(stage.page, 'phone-paid')).overflow).toEqual([]);
  });

  it('speaks English, and remembers it', async () => {
    await stage.page.getByRole('button', { name: 'English' }).click();
    await stage.page.getByRole('button', { name: 'Lose the notice' }).waitFor();
    await stage.page.reload();
    await stage.page.getByText('Ask WeChat for a login code').waitFor();
    await takeScreenshots(stage.page, 'phone-english');
    await stage.page.getByRole('button', { name: '中文' }).click();
  });

  it('shows a message as it was sent, without secrets', async () => {
    await stage.line('/sns/jscode2session').locator('summary').click();
    const text = await stage.line('/sns/jscode2session').textContent();
    expect(text).toContain('"session_key":"***"');
    expect(text).toContain('secret=***');
    await stage.line('POST /api/auth/login').locator('summary').click();
    expect(await stage.line('POST /api/auth/login').textContent()).toContain('"token": "******"');
  });
});
