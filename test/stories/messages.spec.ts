import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Fault } from '../support/wechat-double.js';
import { MessageShop } from '../support/message-shop.js';
import { IMPATIENT } from '../support/shop.js';
import { Fuse } from '../support/power-cut.js';
import { Scrape } from '../support/scrape.js';

let shop: MessageShop;
let world: MessageShop;
beforeAll(async () => {
  shop = await MessageShop.opens({ environment: IMPATIENT });
});
afterAll(() => shop.closes());
afterEach(() => {
  jest.restoreAllMocks();
});

/** A buyer for each test, in the shop that all of them share. */
function comesToTheShop(): void {
  beforeEach(async () => {
    world = await shop.withAnotherBuyer();
  });
  afterEach(() => world.settles());
}
const closes = (): Promise<void> => world.closes();
const opens = async (environment: Record<string, string> = {}, instances = 1): Promise<void> => {
  world = await MessageShop.opens({ environment, instances });
};
const fails = (fault: Omit<Fault, 'endpoint'>) =>
  world.desk.shop.wechat.fails({ endpoint: 'subscribe_send', ...fault });

describe('somebody who has paid and agreed', () => {
  comesToTheShop();

  it('is told so, with what was bought', async () => {
    await world.agrees();
    const order = await world.sells();
    expect(await world.received()).toEqual([]);
    await world.passes();
    const { paidAt } = (await world.desk.alice.sees(order)) as unknown as { paidAt: string };
    const beijing = new Date(new Date(paidAt).getTime() + 8 * 3_600_000).toISOString();
    expect(await world.received()).toEqual([
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
    expect(await world.outbox()).toMatchObject([{ status: 'DONE', entryKey: `order-paid:${order.orderNo}` }]);
  });

  it('is told once, however often and from wherever we hear of the payment', async () => {
    await world.agrees(5);
    const { alice, tea, boss, shop } = world.desk;
    const order = await alice.orders({ productId: tea });
    const pay = await alice.pays(order, { notify: 'lost' });
    await Promise.all([
      shop.wechat.notifies(pay.outTradeNo, { connections: 5 }),
      alice.syncs(order),
      boss.asks('POST', `orders/${order.orderNo}/query`),
    ]);
    await world.passes();
    await shop.wechat.notifies(pay.outTradeNo);
    await world.passes({ hours: 1 });
    expect(await world.titles()).toEqual(['支付成功通知']);
  });

  it('is told although the token has died meanwhile', async () => {
    await world.agrees(2);
    await world.sells();
    await world.passes();
    await world.passes({ hours: 3 });
    await world.sells();
    await fails({ kind: 'err_code', errCode: '42001' });
    await world.passes();
    expect(await world.titles()).toHaveLength(2);
  });

  it.each(['timeout', 'http500', 'reset', 'garbage'])(
    'has paid at once when WeChat fails with %s, and is told later',
    async (kind) => {
      await world.agrees();
      await fails({ kind, times: -1 });
      const order = await world.sells();
      expect(order.status).toBe('PAID');
      await world.passes();
      await world.passes({ seconds: 6 });
      expect(await world.outbox()).toMatchObject([{ status: 'WAITING', result: 'UNKNOWN', tries: 2 }]);
      await world.desk.shop.wechat.recovers();
      await world.passes({ seconds: 11 });
      expect(await world.titles()).toHaveLength(1);
    },
  );

  it.each(['-1', '45009', '45011', '40001'])('is told later when WeChat says %s first', async (errCode) => {
    await world.agrees();
    await fails({ kind: 'err_code', errCode, times: 3 });
    await world.sells();
    await world.passes();
    await world.passes({ minutes: 1 });
    await world.passes({ minutes: 5 });
    await world.passes({ minutes: 5 });
    expect(await world.outbox()).toMatchObject([{ status: 'DONE' }]);
    expect(await world.titles()).toHaveLength(1);
  });

  it('is not told again when WeChat did it and nobody heard so', async () => {
    await world.agrees();
    await fails({ kind: 'reset', when: 'after' });
    await world.sells();
    await world.passes();
    await world.passes({ minutes: 1 });
    expect(await world.titles()).toHaveLength(1);
    expect(await world.outbox()).toMatchObject([{ status: 'DROPPED', result: '43101' }]); // the consent is used up
  });

  it('is told nothing that is older than a day', async () => {
    await world.agrees();
    await fails({ kind: 'http500', times: -1 });
    await world.sells();
    await world.passes();
    await world.desk.shop.wechat.recovers();
    await world.passes({ hours: 25 });
    expect(await world.received()).toEqual([]);
    expect(await world.outbox()).toMatchObject([{ status: 'DROPPED', result: 'TOO_OLD' }]);
  });
});

describe('somebody who has not agreed', () => {
  comesToTheShop();

  it('has paid all the same, and is left alone', async () => {
    const order = await world.sells();
    await world.passes();
    await world.agrees();
    await world.passes({ hours: 2 });
    expect(await world.received()).toEqual([]);
    expect(await world.timesSent()).toBe(1);
    expect(await world.outbox()).toMatchObject([{ status: 'DROPPED', result: '43101' }]);
    expect(await world.desk.alice.sees(order)).toMatchObject({ status: 'PAID' });
  });
});

describe('somebody whose money goes back', () => {
  comesToTheShop();
  beforeEach(() => world.agrees(3));

  it('by their own wish hears the decision and the end', async () => {
    const order = await world.sells();
    const refund = await world.desk.getsBack(order, 1234);
    await world.passes();
    await world.passes({ minutes: 2 });
    const [, approved, succeeded, ...more] = await world.received();
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
    const refund = await world.desk.alice.wantsBack(await world.sells(), { amountFen: 5000 });
    await world.desk.approves(refund, { amountFen: 700 });
    await world.passes();
    expect((await world.received()).map(({ data }) => data['amount2'])).toEqual(['￥100.00', '￥7.00']);
  });

  it('not, hears why, in as many words as there is room for', async () => {
    const refund = await world.desk.alice.wantsBack(await world.sells());
    await world.desk.rejects(refund, '商品已于上周五发出，按照页面上的说明拆封后不支持退款');
    await world.passes();
    expect((await world.received())[1]).toMatchObject({
      title: '退款审核不通过通知',
      data: { thing3: '商品已于上周五发出，按照页面上的说明拆…', amount2: '￥100.00' },
    });
  });

  it('by the wish of the shop hears when it is there, and nothing before', async () => {
    const order = await world.sells();
    const { status } = await world.desk.boss.asks('POST', `orders/${order.orderNo}/refunds`, {
      amountFen: 100,
      reason: '补偿',
    });
    expect(status).toBe(201);
    await world.passes();
    expect(await world.titles()).toEqual(['支付成功通知']);
    await world.passes({ minutes: 2 });
    expect(await world.titles()).toEqual(['支付成功通知', '退款到账通知']);
  });

  it('after all not, hears that it failed', async () => {
    await world.desk.shop.wechat.behaves({ refundEnds: 'REFUNDCLOSE' });
    await world.desk.getsBack(await world.sells());
    await world.passes();
    await world.passes({ minutes: 2 });
    await world.passes();
    expect(await world.titles()).toEqual(['支付成功通知', '退款审核通过通知', '退款失败通知']);
  });

  it('only with the help of a person hears nothing of that', async () => {
    await world.desk.shop.wechat.behaves({ refundEnds: 'CHANGE' });
    const refund = await world.desk.getsBack(await world.sells());
    await world.passes();
    await world.passes({ minutes: 2 });
    await world.passes();
    expect(await world.desk.deskSees(refund)).toMatchObject({ status: 'ABNORMAL' });
    expect(await world.titles()).toEqual(['支付成功通知', '退款审核通过通知']);
  });

  it('is refunded although no message can be sent', async () => {
    await fails({ kind: 'timeout', times: -1 });
    const refund = await world.desk.getsBack(await world.sells());
    await world.passes({ minutes: 2 });
    expect(await world.desk.deskSees(refund)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('money that comes after the close', () => {
  afterEach(closes);

  async function paidTooLate(): Promise<void> {
    const { alice, tea, shop } = world.desk;
    const order = await alice.orders({ productId: tea });
    const pay = await alice.pays(order, { notify: 'lost' });
    await shop.forces(
      `UPDATE payments SET status = 'CLOSED', next_check_at = NULL WHERE out_trade_no = '${pay.outTradeNo}'`,
      `UPDATE products SET stock = stock + 1`,
      `UPDATE orders SET status = 'CLOSED', close_reason = 'EXPIRED', next_check_at = NULL,
         closed_at = created_at WHERE order_no = '${order.orderNo}'`,
    );
    await shop.wechat.notifies(pay.outTradeNo);
    for (let round = 0; round < 3; round++) await world.passes({ minutes: 2 });
  }

  it('and is delivered for is a paid order, told once', async () => {
    await opens({ LATE_PAYMENT_POLICY: 'deliver' });
    await world.agrees(3);
    await paidTooLate();
    expect(await world.titles()).toEqual(['支付成功通知']);
  });

  it('and goes back is told when it is back, and never as a paid order', async () => {
    await opens({ LATE_PAYMENT_POLICY: 'refund' });
    await world.agrees(3);
    await paidTooLate();
    expect(await world.received()).toMatchObject([{ title: '退款到账通知', data: { amount2: '￥100.00' } }]);
  });
});

describe('a mistake in the configuration', () => {
  comesToTheShop();

  it.each<[string, RegExp]>([
    ['40003', /WECHAT_APP_ID/],
    ['40037', /templateId in SUBSCRIBE_MESSAGES_FILE.*我的模板/],
    ['41030', /page in SUBSCRIBE_MESSAGES_FILE/],
    ['47003', /data in SUBSCRIBE_MESSAGES_FILE/],
    ['99999', /errcode/],
  ])(
    'that WeChat answers with %s is told to the operator once, without names, and nobody waits for it',
    async (errCode, remedy) => {
      await world.agrees();
      const logged: string[] = [];
      const said = jest
        .spyOn(Logger.prototype, 'error')
        .mockImplementation((...words) => void logged.push(String(words)));
      await fails({ kind: 'err_code', errCode, errCodeDes: 'invalid', times: -1 });
      const order = await world.sells();
      await world.passes();
      await world.passes({ hours: 2 });
      expect(said).toHaveBeenCalledTimes(1);
      expect(logged[0]).toMatch(remedy);
      expect(logged[0]).toContain(`order-paid:${order.orderNo} cannot be delivered: ${errCode}`);
      expect(logged.join()).not.toMatch(new RegExp(`${world.desk.alice.openid}|龙井茶|100\\.00`));
      expect(await world.outbox()).toMatchObject([{ status: 'STUCK', result: errCode, tries: 1 }]);
      expect(await world.desk.alice.sees(order)).toMatchObject({ status: 'PAID' });
    },
  );
});

describe('messages that are stuck', () => {
  afterEach(closes);

  const toDo = async (): Promise<unknown> => {
    const { body } = await world.desk.boss.asks<{ stuckMessages: number }>('GET', 'to-do');
    return body.stuckMessages;
  };
  const gauge = async (state: string): Promise<number | undefined> =>
    (await Scrape.of(world.desk.shop.url)).value('outbox_entries', { topic: 'buyer-message', state });

  it('are seen, and go out when staff say so; what is too old does not', async () => {
    await opens({ SESSION_TTL_SECONDS: '2592000' });
    await world.agrees(2);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await fails({ kind: 'err_code', errCode: '40037', times: 2 });
    await world.sells();
    await world.passes();
    await world.passes({ hours: 25 });
    await world.sells();
    expect([await gauge('WAITING'), await gauge('STUCK')]).toEqual([1, 1]);
    await world.passes({ seconds: 10 });
    expect([await gauge('WAITING'), await gauge('STUCK'), await toDo()]).toEqual([0, 2, 2]);

    const { boss } = world.desk;
    expect(await boss.asks('POST', 'messages/retry')).toMatchObject({ status: 200, body: { retried: 2 } });
    await world.passes();
    expect(await world.titles()).toEqual(['支付成功通知']);
    expect((await world.outbox()).map(({ status, result }) => [status, result])).toEqual([
      ['DROPPED', 'TOO_OLD'],
      ['DONE', null],
    ]);
    expect(await boss.asks('POST', 'messages/retry')).toMatchObject({ status: 200, body: { retried: 0 } });
    expect(await toDo()).toBe(0);
    const { body } = await boss.asks<{ items: object[] }>('GET', 'audit-log');
    expect(body.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'message.retry', before: { stuck: 2 } })]),
    );
  });
});

describe('several instances', () => {
  afterEach(closes);

  it('tell each thing once', async () => {
    await opens({}, 3);
    await world.agrees(12);
    for (let sale = 0; sale < 4; sale++) await world.sells();
    await Promise.all([world.desk.shop.ticks(), world.desk.shop.ticks()]);
    await world.passes({ minutes: 5 });
    expect(await world.timesSent()).toBe(4);
    expect(await world.titles()).toHaveLength(4);
  });

  it('lose nothing when one of them dies between any two steps of telling', async () => {
    await opens();
    await world.agrees(100);
    for (let border = 1; ; border++) {
      await world.desk.shop.forces('UPDATE products SET stock = 5');
      const before = (await world.received()).length;
      const order = await world.sells();
      const victim = await world.desk.shop.opensAnother();
      const fuse = Fuse.into(victim.app, border);
      await victim.tick();
      world.desk.shop.instances.pop();
      await victim.app.close();
      await world.passes({ minutes: 2 }); // a dead one's claim lapses
      const copies = (await world.received()).length - before;
      expect([1, 2]).toContain(copies); // twice: sent, and dead before it was written down
      expect(await world.desk.alice.sees(order)).toMatchObject({ status: 'PAID', paidFen: 10_000 });
      expect((await world.outbox()).map(({ status }) => status)).not.toContain('WAITING');
      if (!fuse.hasBlown) break;
      expect(border).toBeLessThan(60);
    }
  });
});
