import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { FaultInput } from '../../support/wechat/simulator-control.js';
import { MessageFixture } from '../../support/fixtures/message-fixture.js';
import { SHORT_TIMEOUT } from '../../support/test-shop.js';
import { CrashPoint } from '../../support/database/crash-point.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';

let sharedFixture: MessageFixture;
let fixture: MessageFixture;
beforeAll(async () => {
  sharedFixture = await MessageFixture.open({ environment: SHORT_TIMEOUT });
});
afterAll(() => sharedFixture.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** Gives each test a new buyer in the shared shop. */
function useNewBuyerPerTest(): void {
  beforeEach(async () => {
    fixture = await sharedFixture.withNewBuyer();
  });
  afterEach(() => fixture.finishPending());
}
const closeFixture = (): Promise<void> => fixture.close();
const openFixture = async (environment: Record<string, string> = {}, instances = 1): Promise<void> => {
  fixture = await MessageFixture.open({ environment, instances });
};
const failNextSend = (fault: Omit<FaultInput, 'endpoint'>) =>
  fixture.refundFixture.shop.wechat.failNext({ endpoint: 'subscribe_send', ...fault });

describe('buyer messages: payment', () => {
  useNewBuyerPerTest();

  it('a buyer who gave consent receives a message that names the order, amount, time and items', async () => {
    await fixture.giveConsent();
    const order = await fixture.createPaidOrder();
    expect(await fixture.getMessages()).toEqual([]);
    await fixture.runJobsAfter();
    const { paidAt } = (await fixture.refundFixture.alice.getOrder(order)) as unknown as { paidAt: string };
    const beijing = new Date(new Date(paidAt).getTime() + 8 * 3_600_000).toISOString();
    expect(await fixture.getMessages()).toEqual([
      expect.objectContaining({
        title: '支付成功通知',
        page: `pages/order/order?orderNo=${order.orderNo}`,
        miniprogramState: 'formal',
        lang: 'zh_CN',
        data: {
          character_string1: order.orderNo,
          amount2: '￥100.00',
          date3: beijing.slice(0, 16).replace('T', ' '),
          thing4: expect.stringMatching(/^龙井茶 \w{6}$/),
        },
      }),
    ]);
    expect(await fixture.getOutboxEntries()).toMatchObject([
      { status: 'DONE', entryKey: `order-paid:${order.orderNo}` },
    ]);
  });

  it('a payment that is confirmed by notice, sync and query at once sends one message', async () => {
    await fixture.giveConsent(5);
    const { alice, tea, boss, shop } = fixture.refundFixture;
    const order = await alice.createOrder({ productId: tea });
    const pay = await alice.pay(order, { notify: 'lost' });
    await Promise.all([
      shop.wechat.sendPaymentNotice(pay.outTradeNo, { connections: 5 }),
      alice.syncOrder(order),
      boss.call('POST', `orders/${order.orderNo}/query`),
    ]);
    await fixture.runJobsAfter();
    await shop.wechat.sendPaymentNotice(pay.outTradeNo);
    await fixture.runJobsAfter({ hours: 1 });
    expect(await fixture.getTitles()).toEqual(['支付成功通知']);
  });

  it('a message is sent although the access token has expired', async () => {
    await fixture.giveConsent(2);
    await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ hours: 3 });
    await fixture.createPaidOrder();
    await failNextSend({ kind: 'err_code', errCode: '42001' });
    await fixture.runJobsAfter();
    expect(await fixture.getTitles()).toHaveLength(2);
  });

  it.each(['timeout', 'http500', 'reset', 'garbage'])(
    'the order is PAID at once when sending ends in %s, and the message is sent later',
    async (kind) => {
      await fixture.giveConsent();
      await failNextSend({ kind, times: -1 });
      const order = await fixture.createPaidOrder();
      expect(order.status).toBe('PAID');
      await fixture.runJobsAfter();
      await fixture.runJobsAfter({ seconds: 6 });
      expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'WAITING', result: 'UNKNOWN', attempts: 2 }]);
      await fixture.refundFixture.shop.wechat.clearFaults();
      await fixture.runJobsAfter({ seconds: 11 });
      expect(await fixture.getTitles()).toHaveLength(1);
    },
  );

  it.each(['-1', '45009', '45011', '40001'])(
    'a message is sent later when WeChat first responds with errcode %s',
    async (errCode) => {
      await fixture.giveConsent();
      await failNextSend({ kind: 'err_code', errCode, times: 3 });
      await fixture.createPaidOrder();
      await fixture.runJobsAfter();
      await fixture.runJobsAfter({ minutes: 1 });
      await fixture.runJobsAfter({ minutes: 5 });
      await fixture.runJobsAfter({ minutes: 5 });
      expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'DONE' }]);
      expect(await fixture.getTitles()).toHaveLength(1);
    },
  );

  it('a message that WeChat sent, but whose response was lost, is not sent twice', async () => {
    await fixture.giveConsent();
    await failNextSend({ kind: 'reset', when: 'after' });
    await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.getTitles()).toHaveLength(1);
    expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'DROPPED', result: '43101' }]); // the consent is used up
  });

  it('a message older than a day is dropped', async () => {
    await fixture.giveConsent();
    await failNextSend({ kind: 'http500', times: -1 });
    await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.refundFixture.shop.wechat.clearFaults();
    await fixture.runJobsAfter({ hours: 25 });
    expect(await fixture.getMessages()).toEqual([]);
    expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'DROPPED', result: 'TOO_OLD' }]);
  });
});

describe('buyer messages: no consent', () => {
  useNewBuyerPerTest();

  it('the order is PAID, and the message is tried once and dropped', async () => {
    const order = await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.giveConsent();
    await fixture.runJobsAfter({ hours: 2 });
    expect(await fixture.getMessages()).toEqual([]);
    expect(await fixture.countSends()).toBe(1);
    expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'DROPPED', result: '43101' }]);
    expect(await fixture.refundFixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });
});

describe('buyer messages: refunds', () => {
  useNewBuyerPerTest();
  beforeEach(() => fixture.giveConsent(3));

  it('a refund requested by the buyer sends a message at its approval and at its success', async () => {
    const order = await fixture.createPaidOrder();
    const refund = await fixture.refundFixture.createApprovedRefund(order, 1234);
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 2 });
    const [, approved, succeeded, ...more] = await fixture.getMessages();
    expect(more).toEqual([]);
    expect(approved).toMatchObject({
      title: '退款审核通过通知',
      page: `pages/order/order?orderNo=${order.orderNo}`,
      data: { character_string1: refund.refundNo, amount2: '￥12.34' },
    });
    expect(succeeded).toMatchObject({
      title: '退款到账通知',
      data: { character_string1: refund.refundNo, amount2: '￥12.34', thing4: expect.stringContaining('龙井茶') },
    });
  });

  it('a refund approved for a lower amount sends a message with the approved amount', async () => {
    const refund = await fixture.refundFixture.alice.requestRefund(await fixture.createPaidOrder(), {
      amountFen: 5000,
    });
    await fixture.refundFixture.approveRefund(refund, { amountFen: 700 });
    await fixture.runJobsAfter();
    expect((await fixture.getMessages()).map(({ data }) => data['amount2'])).toEqual(['￥100.00', '￥7.00']);
  });

  it('a rejected refund sends a message with the reason, cut to the length of the field', async () => {
    const refund = await fixture.refundFixture.alice.requestRefund(await fixture.createPaidOrder());
    await fixture.refundFixture.rejectRefund(refund, '商品已于上周五发出，按照页面上的说明拆封后不支持退款');
    await fixture.runJobsAfter();
    expect((await fixture.getMessages())[1]).toMatchObject({
      title: '退款审核不通过通知',
      data: { thing3: '商品已于上周五发出，按照页面上的说明拆…', amount2: '￥100.00' },
    });
  });

  it('a merchant-initiated refund sends a message only when it succeeds', async () => {
    const order = await fixture.createPaidOrder();
    const { status } = await fixture.refundFixture.boss.call('POST', `orders/${order.orderNo}/refunds`, {
      amountFen: 100,
      reason: '补偿',
    });
    expect(status).toBe(201);
    await fixture.runJobsAfter();
    expect(await fixture.getTitles()).toEqual(['支付成功通知']);
    await fixture.runJobsAfter({ minutes: 2 });
    expect(await fixture.getTitles()).toEqual(['支付成功通知', '退款到账通知']);
  });

  it('a refund that WeChat closes sends a failure message', async () => {
    await fixture.refundFixture.shop.wechat.setBehaviours({ refundEnds: 'REFUNDCLOSE' });
    await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 2 });
    await fixture.runJobsAfter();
    expect(await fixture.getTitles()).toEqual(['支付成功通知', '退款审核通过通知', '退款失败通知']);
  });

  it('a refund that becomes ABNORMAL sends no message about it', async () => {
    await fixture.refundFixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 2 });
    await fixture.runJobsAfter();
    expect(await fixture.refundFixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL' });
    expect(await fixture.getTitles()).toEqual(['支付成功通知', '退款审核通过通知']);
  });

  it('a refund succeeds although no message can be sent', async () => {
    await failNextSend({ kind: 'timeout', times: -1 });
    const refund = await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter({ minutes: 2 });
    expect(await fixture.refundFixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('buyer messages: late payments', () => {
  afterEach(closeFixture);

  async function payAfterClose(): Promise<void> {
    const { alice, tea, shop } = fixture.refundFixture;
    const order = await alice.createOrder({ productId: tea });
    const pay = await alice.pay(order, { notify: 'lost' });
    await shop.rawUpdate(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
      `UPDATE products SET stock = stock + 1`,
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
         closed_at = created_at WHERE order_no = '${order.orderNo}'`,
    );
    await shop.wechat.sendPaymentNotice(pay.outTradeNo);
    for (let round = 0; round < 3; round++) await fixture.runJobsAfter({ minutes: 2 });
  }

  it('a late payment that is delivered sends one payment message', async () => {
    await openFixture({ LATE_PAYMENT_POLICY: 'deliver' });
    await fixture.giveConsent(3);
    await payAfterClose();
    expect(await fixture.getTitles()).toEqual(['支付成功通知']);
  });

  it('a late payment that is refunded sends a refund message and no payment message', async () => {
    await openFixture({ LATE_PAYMENT_POLICY: 'refund' });
    await fixture.giveConsent(3);
    await payAfterClose();
    expect(await fixture.getMessages()).toMatchObject([{ title: '退款到账通知', data: { amount2: '￥100.00' } }]);
  });
});

describe('buyer messages: configuration errors', () => {
  useNewBuyerPerTest();

  it.each<[string, RegExp]>([
    ['40003', /WECHAT_APP_ID/],
    ['40037', /templateId in SUBSCRIBE_MESSAGES_FILE.*我的模板/],
    ['41030', /page in SUBSCRIBE_MESSAGES_FILE/],
    ['47003', /data in SUBSCRIBE_MESSAGES_FILE/],
    ['99999', /errcode/],
  ])('errcode %s is logged once without personal data, and the message is not repeated', async (errCode, remedy) => {
    await fixture.giveConsent();
    const logged: string[] = [];
    const spy = jest
      .spyOn(Logger.prototype, 'error')
      .mockImplementation((...values) => void logged.push(String(values)));
    await failNextSend({ kind: 'err_code', errCode, errCodeDes: 'invalid', times: -1 });
    const order = await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ hours: 2 });
    expect(spy).toHaveBeenCalledTimes(1);
    expect(logged[0]).toMatch(remedy);
    expect(logged[0]).toContain(`order-paid:${order.orderNo} cannot be delivered: ${errCode}`);
    expect(logged.join()).not.toMatch(new RegExp(`${fixture.refundFixture.alice.openid}|龙井茶|100\\.00`));
    expect(await fixture.getOutboxEntries()).toMatchObject([
      { status: 'NEEDS_ATTENTION', result: errCode, attempts: 1 },
    ]);
    expect(await fixture.refundFixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
  });
});

describe('buyer messages: messages that need attention', () => {
  afterEach(closeFixture);

  const getFailedCount = async (): Promise<unknown> => {
    const { body } = await fixture.refundFixture.boss.call<{ stuckMessages: number }>('GET', 'to-do');
    return body.stuckMessages;
  };
  const gauge = async (state: string): Promise<number | undefined> =>
    (await MetricsScrape.fetch(fixture.refundFixture.shop.url)).getValue('outbox_entries', {
      topic: 'buyer-message',
      state,
    });

  it('messages that need attention are shown to staff and sent by their retry, and messages that are too old are dropped', async () => {
    await openFixture({ SESSION_TTL_SECONDS: '2592000' });
    await fixture.giveConsent(2);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await failNextSend({ kind: 'err_code', errCode: '40037', times: 2 });
    await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ hours: 25 });
    await fixture.createPaidOrder();
    expect([await gauge('WAITING'), await gauge('NEEDS_ATTENTION')]).toEqual([1, 1]);
    await fixture.runJobsAfter({ seconds: 10 });
    expect([await gauge('WAITING'), await gauge('NEEDS_ATTENTION'), await getFailedCount()]).toEqual([0, 2, 2]);

    const { boss } = fixture.refundFixture;
    expect(await boss.call('POST', 'messages/retry')).toMatchObject({ status: 200, body: { retried: 2 } });
    await fixture.runJobsAfter();
    expect(await fixture.getTitles()).toEqual(['支付成功通知']);
    expect((await fixture.getOutboxEntries()).map(({ status, result }) => [status, result])).toEqual([
      ['DROPPED', 'TOO_OLD'],
      ['DONE', null],
    ]);
    expect(await boss.call('POST', 'messages/retry')).toMatchObject({ status: 200, body: { retried: 0 } });
    expect(await getFailedCount()).toBe(0);
    const { body } = await boss.call<{ items: object[] }>('GET', 'audit-log');
    expect(body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'message.retry', before: { stuck: 2 } })]),
    );
  });
});

describe('buyer messages: several instances', () => {
  afterEach(closeFixture);

  it('several instances send each message once', async () => {
    await openFixture({}, 3);
    await fixture.giveConsent(12);
    for (let sale = 0; sale < 4; sale++) await fixture.createPaidOrder();
    await Promise.all([fixture.refundFixture.shop.runJobs(), fixture.refundFixture.shop.runJobs()]);
    await fixture.runJobsAfter({ minutes: 5 });
    expect(await fixture.countSends()).toBe(4);
    expect(await fixture.getTitles()).toHaveLength(4);
  });

  it('no message is lost when an instance crashes between any two steps of sending', async () => {
    await openFixture();
    await fixture.giveConsent(100);
    for (let boundary = 1; ; boundary++) {
      await fixture.refundFixture.shop.rawUpdate('UPDATE products SET stock = 5');
      const before = (await fixture.getMessages()).length;
      const order = await fixture.createPaidOrder();
      const instance = await fixture.refundFixture.shop.startInstance();
      const crashPoint = CrashPoint.installIn(instance.app, boundary);
      await instance.runJobs();
      fixture.refundFixture.shop.instances.pop();
      await instance.app.close();
      await fixture.runJobsAfter({ minutes: 2 }); // the lease of the dead instance expires
      const copies = (await fixture.getMessages()).length - before;
      expect([1, 2]).toContain(copies); // two if the instance died between sending and recording
      expect(await fixture.refundFixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 10_000 });
      expect((await fixture.getOutboxEntries()).map(({ status }) => status)).not.toContain('WAITING');
      if (!crashPoint.hasCrashed) break;
      expect(boundary).toBeLessThan(60);
    }
  });
});
