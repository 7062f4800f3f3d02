import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { EventFixture } from '../contract/events/support/event-fixture.js';
import { answerWith, type EventReceiver, OK, verifyEvent } from '../contract/events/support/event-receiver.js';
import { createStaff } from '../contract/support/test-staff.js';
import { eventually } from '../support/eventually.js';
import { seriousViolations } from './support/serious-violations.js';
import { launchChromium } from './support/chromium.js';
import { takeScreenshots } from './support/screenshots.js';
import { BrowserUser } from './support/browser-user.js';

describe('console: events', () => {
  let browser: Browser;
  let fixture: EventFixture;
  let boss: BrowserUser;

  beforeAll(async () => {
    browser = await launchChromium();
    fixture = await EventFixture.open();
  });
  afterAll(async () => {
    await browser.close();
    await fixture.close();
  });

  beforeEach(async () => {
    boss = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin');
  });
  afterEach(async () => {
    expect(boss.errors).toEqual([]);
    await boss.close();
  });

  const text = (words: string | RegExp) => boss.page.getByText(words).first();
  const button = (name: string) => boss.page.getByRole('button', { name, exact: true });
  const dialog = () => boss.page.getByRole('dialog');
  const confirm = (name: string) => boss.page.getByRole('tooltip').getByRole('button', { name, exact: true }).click();
  const expectFits = async (name: string): Promise<void> => {
    const { overflow } = await takeScreenshots(boss.page, `console-${name}`);
    expect(overflow).toEqual([]);
    expect(await seriousViolations(boss.page)).toEqual([]);
  };
  /** An endpoint whose receiver gives this answer to the event of a new order. */
  const connectAndOrder = async (answer: EventReceiver['answer']) => {
    const connection = await fixture.connect(answer, { types: ['order.created'] });
    await fixture.createOrder();
    await fixture.deliver();
    return connection;
  };

  it('creates an endpoint, shows its secret once, and lists the event that the receiver got', async () => {
    const receiver = await fixture.startReceiver();
    await boss.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await boss.page.getByRole('link', { name: '事件推送' }).click();
    await text('还没有接收地址').waitFor();
    await boss.page.getByRole('button', { name: '新增接收地址' }).click(); // its icon has a name too
    await dialog().getByLabel('接收地址').fill('https://user:secret@erp.example.com');
    await dialog().getByRole('button', { name: '新增' }).click();
    await dialog().getByText('请输入可用的地址').waitFor();
    await dialog().getByLabel('接收地址').fill(receiver.url);
    await dialog().getByLabel('说明').fill('仓库系统');
    await dialog().getByText('只接收选定的类型').click();
    await dialog().getByText('order.created').click();
    await expectFits('event-endpoint-new');
    await dialog().getByRole('button', { name: '新增' }).click();

    await dialog().getByText('密钥只显示这一次').waitFor();
    const secret = (
      await dialog()
        .getByText(/^whsec_/)
        .innerText()
    ).trim();
    await dialog().getByRole('button', { name: '复制' }).click();
    expect(await boss.page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    await boss.page.keyboard.press('Escape');
    await expectFits('event-endpoint-secret');
    await button('我已保存').click();

    const orderNo = await fixture.createOrder();
    await fixture.deliver();
    await eventually(() => expect(receiver.types).toEqual(['order.created']));
    expect(receiver.received.map((event) => verifyEvent(secret, event))).toMatchObject([{ data: { orderNo } }]);
    await boss.page.reload();
    await text('仓库系统').waitFor();
    await expectFits('event-endpoints');
    await boss.page.getByRole('link', { name: receiver.url }).click();
    await text('已送达').waitFor();
    await expectFits('event-endpoint');
    expect(await boss.page.content()).not.toContain(secret);

    await button('发送测试事件').click();
    await eventually(() => expect(receiver.types).toContain('endpoint.test'));
    await button('更换密钥').click();
    await dialog().getByRole('button', { name: '更换密钥' }).click();
    await button('我已保存').click();
    await text('旧密钥有效期至').waitFor();
    await button('重新推送').click();
    await dialog().getByRole('button', { name: '重新推送' }).click();
    await text('将重新推送 2 个事件').waitFor();
    await button('编辑').click();
    await dialog().getByText('全部，包括以后新增的类型').click();
    await dialog().getByRole('button', { name: '保存' }).click();
    await text('已保存').waitFor();
    await button('English').click();
    await text('Deliveries').waitFor();
    await expectFits('event-endpoint-english');
    await button('中文').click();
    await button('删除').click();
    await confirm('删除');
    await text('还没有接收地址').waitFor();
  });

  it('shows the attempts of a failed delivery, which the page To do counts, and delivers it again', async () => {
    const answer = `<h1>Bad gateway</h1>${'0123456789'.repeat(300)}`;
    const { receiver, endpoint } = await connectAndOrder(answerWith(502, {}, answer));
    await boss.goTo(`/admin/events/${endpoint.id}`);
    await text('等待推送').waitFor();
    await text('连续 1 次失败').waitFor();
    await text('下次推送').waitFor();

    // As after the last attempt, three days later.
    await fixture.shop.rawUpdate("UPDATE event_deliveries SET status = 'FAILED', next_attempt_at = NULL");
    await boss.goTo('/admin');
    await boss.page.locator('.tile', { hasText: '事件推送失败' }).getByText('1', { exact: true }).waitFor();
    await expectFits('to-do-events');
    await boss.page.locator('.tile', { hasText: '事件推送失败' }).click();
    await boss.page.getByRole('link', { name: '失败 1' }).click();
    await text('推送过程（1 次）').click();
    await text('HTTP 502').waitFor();
    await boss.page.getByText(/^<h1>Bad gateway<\/h1>0123/).waitFor();
    await expectFits('event-attempts');

    receiver.answer = OK;
    await boss.page.getByRole('button', { name: /^再次推送: evt_/ }).click();
    await confirm('再次推送');
    await text('将推送到 1 个地址').waitFor();
    await boss.goTo(`/admin/events/${endpoint.id}?status=DELIVERED`);
    await text('推送过程（2 次）').click();
    await text('HTTP 200').waitFor();
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    await fixture.call('DELETE', endpoint);
  });

  it('lists an endpoint that 410 has disabled on the page To do, until it is enabled', async () => {
    const { receiver, endpoint } = await connectAndOrder(answerWith(410));
    await boss.goTo('/admin');
    await boss.page.locator('.tile', { hasText: '事件接收地址已停用' }).click();
    await text('已停用：接收方答复 410').waitFor();
    await boss.page.getByRole('link', { name: receiver.url }).click();
    await text('接收方答复了 410').waitFor();
    receiver.answer = OK;
    await button('启用').click();
    await button('停用').waitFor();
    await fixture.shop.wechat.advanceTime({ seconds: 6 });
    await fixture.deliver();
    expect(receiver.received).toHaveLength(2);
    await boss.goTo('/admin');
    await text('最近一次微信通知').waitFor();
    expect(await boss.page.locator('.tile', { hasText: '事件接收地址已停用' }).count()).toBe(0);
    await fixture.call('DELETE', endpoint);
  });

  it('hides the page from operators', async () => {
    const { username } = await createStaff(fixture.shop, 'OPERATOR');
    const operator = await BrowserUser.logInAt(browser, fixture.shop.url, '/admin/events', { username });
    await operator.page.getByText('没有权限').first().waitFor();
    expect(await operator.page.getByRole('link', { name: '事件推送' }).count()).toBe(0);
    await operator.close();
  });
});
