import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { FaultInput } from '../support/simulator-control.js';
import { MessageFixture } from '../support/message-fixture.js';
import { SHORT_TIMEOUT } from '../support/test-shop.js';
import { CrashPoint } from '../support/crash-point.js';
import { MetricsScrape } from '../support/metrics-scrape.js';

let sharedFixture: MessageFixture;
let fixture: MessageFixture;
beforeAll(async () => {
  sharedFixture = await MessageFixture.open({ environment: SHORT_TIMEOUT });
});
afterAll(() => sharedFixture.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** A buyer for each test, in the shop that all of them share. */
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

describe('somebody who has paid and agreed', () => {
  useNewBuyerPerTest();

  it('is told so, with what was bought', async () => {
    await fixture.giveConsent();
    const order = await fixture.createPaidOrder();
    expect(await fixture.getMessages()).toEqual([]);
    await fixture.runJobsAfter();
    const { paidAt } = (await fixture.refundFixture.alice.getOrder(order)) as unknown as { paidAt: string };
    const beijing = new Date(new Date(paidAt).getTime() + 8 * 3_600_000).toISOString();
    expect(await fixture.getMessages()).toEqual([
      expect.objectContaining({
        ...{ title: '支付成功通知', page: `pages/order/order?orderNo=${order.orderNo}` },
        ...{ miniprogramState: 'formal', lang: 'zh_CN' },
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

  it('is told once, however often and from wherever we hear of the payment', async () => {
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

  it('is told although the token has died meanwhile', async () => {
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
    'has paid at once when WeChat fails with %s, and is told later',
    async (kind) => {
      await fixture.giveConsent();
      await failNextSend({ kind, times: -1 });
      const order = await fixture.createPaidOrder();
      expect(order.status).toBe('PAID');
      await fixture.runJobsAfter();
      await fixture.runJobsAfter({ seconds: 6 });
      expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'WAITING', result: 'UNKNOWN', tries: 2 }]);
      await fixture.refundFixture.shop.wechat.clearFaults();
      await fixture.runJobsAfter({ seconds: 11 });
      expect(await fixture.getTitles()).toHaveLength(1);
    },
  );

  it.each(['-1', '45009', '45011', '40001'])('is told later when WeChat says %s first', async (errCode) => {
    await fixture.giveConsent();
    await failNextSend({ kind: 'err_code', errCode, times: 3 });
    await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 1 });
    await fixture.runJobsAfter({ minutes: 5 });
    await fixture.runJobsAfter({ minutes: 5 });
    expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'DONE' }]);
    expect(await fixture.getTitles()).toHaveLength(1);
  });

  it('is not told again when WeChat did it and nobody heard so', async () => {
    await fixture.giveConsent();
    await failNextSend({ kind: 'reset', when: 'after' });
    await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 1 });
    expect(await fixture.getTitles()).toHaveLength(1);
    expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'DROPPED', result: '43101' }]); // the consent is used up
  });

  it('is told nothing that is older than a day', async () => {
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

describe('somebody who has not agreed', () => {
  useNewBuyerPerTest();

  it('has paid all the same, and is left alone', async () => {
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

describe('somebody whose money goes back', () => {
  useNewBuyerPerTest();
  beforeEach(() => fixture.giveConsent(3));

  it('by their own wish hears the decision and the end', async () => {
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

  it('less than they asked for hears the amount that was decided', async () => {
    const refund = await fixture.refundFixture.alice.requestRefund(await fixture.createPaidOrder(), {
      amountFen: 5000,
    });
    await fixture.refundFixture.approveRefund(refund, { amountFen: 700 });
    await fixture.runJobsAfter();
    expect((await fixture.getMessages()).map(({ data }) => data['amount2'])).toEqual(['￥100.00', '￥7.00']);
  });

  it('not, hears why, in as many words as there is room for', async () => {
    const refund = await fixture.refundFixture.alice.requestRefund(await fixture.createPaidOrder());
    await fixture.refundFixture.rejectRefund(refund, '商品已于上周五发出，按照页面上的说明拆封后不支持退款');
    await fixture.runJobsAfter();
    expect((await fixture.getMessages())[1]).toMatchObject({
      title: '退款审核不通过通知',
      data: { thing3: '商品已于上周五发出，按照页面上的说明拆…', amount2: '￥100.00' },
    });
  });

  it('by the wish of the shop hears when it is there, and nothing before', async () => {
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

  it('after all not, hears that it failed', async () => {
    await fixture.refundFixture.shop.wechat.setBehaviours({ refundEnds: 'REFUNDCLOSE' });
    await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 2 });
    await fixture.runJobsAfter();
    expect(await fixture.getTitles()).toEqual(['支付成功通知', '退款审核通过通知', '退款失败通知']);
  });

  it('only with the help of a person hears nothing of that', async () => {
    await fixture.refundFixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ minutes: 2 });
    await fixture.runJobsAfter();
    expect(await fixture.refundFixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL' });
    expect(await fixture.getTitles()).toEqual(['支付成功通知', '退款审核通过通知']);
  });

  it('is refunded although no message can be sent', async () => {
    await failNextSend({ kind: 'timeout', times: -1 });
    const refund = await fixture.refundFixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter({ minutes: 2 });
    expect(await fixture.refundFixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('money that comes after the close', () => {
  afterEach(closeFixture);

  async function paidTooLate(): Promise<void> {
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

  it('and is delivered for is a paid order, told once', async () => {
    await openFixture({ LATE_PAYMENT_POLICY: 'deliver' });
    await fixture.giveConsent(3);
    await paidTooLate();
    expect(await fixture.getTitles()).toEqual(['支付成功通知']);
  });

  it('and goes back is told when it is back, and never as a paid order', async () => {
    await openFixture({ LATE_PAYMENT_POLICY: 'refund' });
    await fixture.giveConsent(3);
    await paidTooLate();
    expect(await fixture.getMessages()).toMatchObject([{ title: '退款到账通知', data: { amount2: '￥100.00' } }]);
  });
});

describe('a mistake in the configuration', () => {
  useNewBuyerPerTest();

  it.each<[string, RegExp]>([
    ['40003', /WECHAT_APP_ID/],
    ['40037', /templateId in SUBSCRIBE_MESSAGES_FILE.*我的模板/],
    ['41030', /page in SUBSCRIBE_MESSAGES_FILE/],
    ['47003', /data in SUBSCRIBE_MESSAGES_FILE/],
    ['99999', /errcode/],
  ])(
    'that WeChat answers with %s is told to the operator once, without names, and nobody waits for it',
    async (errCode, remedy) => {
      await fixture.giveConsent();
      const logged: string[] = [];
      const said = jest
        .spyOn(Logger.prototype, 'error')
        .mockImplementation((...words) => void logged.push(String(words)));
      await failNextSend({ kind: 'err_code', errCode, errCodeDes: 'invalid', times: -1 });
      const order = await fixture.createPaidOrder();
      await fixture.runJobsAfter();
      await fixture.runJobsAfter({ hours: 2 });
      expect(said).toHaveBeenCalledTimes(1);
      expect(logged[0]).toMatch(remedy);
      expect(logged[0]).toContain(`order-paid:${order.orderNo} cannot be delivered: ${errCode}`);
      expect(logged.join()).not.toMatch(new RegExp(`${fixture.refundFixture.alice.openid}|龙井茶|100\\.00`));
      expect(await fixture.getOutboxEntries()).toMatchObject([{ status: 'STUCK', result: errCode, tries: 1 }]);
      expect(await fixture.refundFixture.alice.getOrder(order)).toMatchObject({ status: 'PAID' });
    },
  );
});

describe('messages that are stuck', () => {
  afterEach(closeFixture);

  const toDo = async (): Promise<unknown> => {
    const { body } = await fixture.refundFixture.boss.call<{ stuckMessages: number }>('GET', 'to-do');
    return body.stuckMessages;
  };
  const gauge = async (state: string): Promise<number | undefined> =>
    (await MetricsScrape.fetch(fixture.refundFixture.shop.url)).getValue('outbox_entries', {
      topic: 'buyer-message',
      state,
    });

  it('are seen, and go out when staff say so; what is too old does not', async () => {
    await openFixture({ SESSION_TTL_SECONDS: '2592000' });
    await fixture.giveConsent(2);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await failNextSend({ kind: 'err_code', errCode: '40037', times: 2 });
    await fixture.createPaidOrder();
    await fixture.runJobsAfter();
    await fixture.runJobsAfter({ hours: 25 });
    await fixture.createPaidOrder();
    expect([await gauge('WAITING'), await gauge('STUCK')]).toEqual([1, 1]);
    await fixture.runJobsAfter({ seconds: 10 });
    expect([await gauge('WAITING'), await gauge('STUCK'), await toDo()]).toEqual([0, 2, 2]);

    const { boss } = fixture.refundFixture;
    expect(await boss.call('POST', 'messages/retry')).toMatchObject({ status: 200, body: { retried: 2 } });
    await fixture.runJobsAfter();
    expect(await fixture.getTitles()).toEqual(['支付成功通知']);
    expect((await fixture.getOutboxEntries()).map(({ status, result }) => [status, result])).toEqual([
      ['DROPPED', 'TOO_OLD'],
      ['DONE', null],
    ]);
    expect(await boss.call('POST', 'messages/retry')).toMatchObject({ status: 200, body: { retried: 0 } });
    expect(await toDo()).toBe(0);
    const { body } = await boss.call<{ items: object[] }>('GET', 'audit-log');
    expect(body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'message.retry', before: { stuck: 2 } })]),
    );
  });
});

describe('several instances', () => {
  afterEach(closeFixture);

  it('tell each thing once', async () => {
    await openFixture({}, 3);
    await fixture.giveConsent(12);
    for (let sale = 0; sale < 4; sale++) await fixture.createPaidOrder();
    await Promise.all([fixture.refundFixture.shop.runJobs(), fixture.refundFixture.shop.runJobs()]);
    await fixture.runJobsAfter({ minutes: 5 });
    expect(await fixture.countSends()).toBe(4);
    expect(await fixture.getTitles()).toHaveLength(4);
  });

  it('lose nothing when one of them dies between any two steps of telling', async () => {
    await openFixture();
    await fixture.giveConsent(100);
    for (let border = 1; ; border++) {
      await fixture.refundFixture.shop.rawUpdate('UPDATE products SET stock = 5');
      const before = (await fixture.getMessages()).length;
      const order = await fixture.createPaidOrder();
      const victim = await fixture.refundFixture.shop.startInstance();
      const fuse = CrashPoint.installIn(victim.app, border);
      await victim.runJobs();
      fixture.refundFixture.shop.instances.pop();
      await victim.app.close();
      await fixture.runJobsAfter({ minutes: 2 }); // a dead one's claim lapses
      const copies = (await fixture.getMessages()).length - before;
      expect([1, 2]).toContain(copies); // twice: sent, and dead before it was written down
      expect(await fixture.refundFixture.alice.getOrder(order)).toMatchObject({ status: 'PAID', paidFen: 10_000 });
      expect((await fixture.getOutboxEntries()).map(({ status }) => status)).not.toContain('WAITING');
      if (!fuse.hasCrashed) break;
      expect(border).toBeLessThan(60);
    }
  });
});
