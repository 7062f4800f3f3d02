import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Event } from '../../../src/event/event.entity.js';
import type { PageJson } from '../../contract/support/test-staff.js';
import { MetricsScrape } from '../../support/clients/metrics-scrape.js';
import type { OrderJson } from '../../support/clients/test-buyer.js';
import { MessageFixture } from '../../support/fixtures/message-fixture.js';
import { type AdminRefundJson, RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { SHORT_TIMEOUT } from '../../support/test-shop.js';

const MERCHANT = { to: 'MERCHANT' };
const CARD = { to: 'USER_BANK_CARD', bankType: 'CMB_DEBIT', bankAccount: '6225880137000000', realName: '张三' };
/** Only API v3 has the call. */
const V3 = { WECHAT_PAY_PROTOCOL: 'v3' };

interface ProblemJson {
  code: string;
  upstreamCode?: string;
}
type ReplyJson = AdminRefundJson & ProblemJson;
interface ToDoJson {
  toPayOtherwise: { count: number; amountFen: number };
}

describe('an abnormal refund that staff redirect', () => {
  let fixture: RefundFixture;

  const createAbnormalRefund = async (order?: OrderJson): Promise<AdminRefundJson> => {
    await fixture.boss.call('PATCH', `products/${fixture.tea}`, { stock: 10 });
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await fixture.createApprovedRefund(order ?? (await fixture.createPaidOrder()), 4000);
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL', canRedirect: true });
    return fixture.getAdminRefund(refund);
  };
  const redirect = ({ refundNo }: AdminRefundJson, body: object, at = 0) =>
    fixture.boss.call<ReplyJson>('POST', `refunds/${refundNo}/redirect`, body, at);
  const confirm = ({ refundNo }: AdminRefundJson, note = '支付宝转账') =>
    fixture.boss.call<ReplyJson>('POST', `refunds/${refundNo}/confirm-paid-otherwise`, { note });
  const countRedirectCalls = ({ wechatRefundId }: AdminRefundJson): Promise<number> =>
    fixture.shop.wechat.countCalls(`/v3/refund/domestic/refunds/${wechatRefundId ?? ''}/apply-abnormal-refund`);
  const getToDo = async (): Promise<ToDoJson['toPayOtherwise']> =>
    (await fixture.boss.call<ToDoJson>('GET', 'to-do')).body.toPayOtherwise;
  const failNextRedirect = (fault: object): Promise<unknown> =>
    fixture.shop.wechat.failNext({ endpoint: 'abnormal_refund', kind: 'timeout', ...fault });
  const ALREADY_REDIRECTED = { status: 409, body: { code: 'REFUND_ALREADY_REDIRECTED' } };

  describe('the money comes back to the merchant', () => {
    beforeAll(async () => {
      fixture = await RefundFixture.open({ environment: V3 });
    });
    afterAll(() => fixture.shop.close());

    it('the buyer sees the recipient, and staff have it to do until they confirm that the buyer was paid otherwise', async () => {
      const order = await fixture.createPaidOrder();
      const refund = await createAbnormalRefund(order);
      expect(refund).toMatchObject({ recipient: 'BUYER', redirectTo: null, paidOtherwiseAt: null });
      expect(await confirm(refund)).toMatchObject({ status: 409, body: { code: 'REFUND_NOT_DECIDABLE' } });
      expect((await redirect(refund, MERCHANT)).body).toMatchObject({ recipient: 'MERCHANT', redirectTo: 'MERCHANT' });
      expect(await getToDo()).toEqual({ count: 0, amountFen: 0 });
      await fixture.runJobsAfter({ hours: 24 });

      const seen = { status: 'SUCCEEDED', recipient: 'MERCHANT', paidOtherwiseAt: null };
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ ...seen, canRedirect: false });
      expect(await fixture.alice.getRefund(refund)).toMatchObject(seen);
      expect(await getToDo()).toEqual({ count: 1, amountFen: 4000 });
      const gauge = (await MetricsScrape.fetch(fixture.shop.url)).getValue('refunds_to_pay_otherwise', {});
      expect(gauge).toBe(1);
      const listed = async (): Promise<string[]> =>
        (
          await fixture.boss.call<PageJson<AdminRefundJson>>('GET', 'refunds?status=SUCCEEDED&toPayOtherwise=true')
        ).body.items.map(({ refundNo }) => refundNo);
      expect(await listed()).toEqual([refund.refundNo]);

      expect((await confirm(refund, '')).status).toBe(400);
      const { body: confirmed } = await confirm(refund);
      expect(confirmed).toMatchObject({ recipient: 'MERCHANT', paidOtherwiseNote: '支付宝转账' });
      expect((await confirm(refund, '再次确认')).body).toEqual(confirmed);
      expect(await getToDo()).toEqual({ count: 0, amountFen: 0 });
      expect(await listed()).toEqual([]);
      const buyersView = await fixture.alice.getRefund(refund);
      expect(buyersView).toMatchObject({ recipient: 'MERCHANT', paidOtherwiseAt: expect.any(String) });
      expect(JSON.stringify(buyersView)).not.toContain('支付宝');
      const audit = await fixture.boss.call<PageJson<object>>('GET', `audit-log?q=${refund.refundNo}&limit=10`);
      expect(audit.body.items.slice(0, 2)).toMatchObject([
        { action: 'refund.pay-otherwise', after: { amountFen: 4000, note: '支付宝转账' } },
        { action: 'refund.redirect', after: { destination: 'MERCHANT', bankType: null } },
      ]);
      const changes = (await fixture.shop.firstInstance.findAll(Event))
        .filter(({ type, subject }) => type.startsWith('refund.') && subject === order.orderNo)
        .map(({ type, data }) => [type, (JSON.parse(data) as AdminRefundJson).recipient]);
      expect(changes.slice(-3)).toEqual([
        ['refund.updated', 'MERCHANT'],
        ['refund.succeeded', 'MERCHANT'],
        ['refund.updated', 'MERCHANT'],
      ]);
      const events = await fixture.shop.getEvents(`${order.orderNo}-1`);
      expect(events.filter(({ result }) => result === 'PAID_OTHERWISE')).toHaveLength(1);
    });

    it('a refund to a card of the buyer is not to do, and its card and holder are in no response', async () => {
      const refund = await createAbnormalRefund();
      const { body } = await redirect(refund, CARD);
      expect(body).toMatchObject({ recipient: 'BUYER', redirectTo: 'USER_BANK_CARD' });
      expect(JSON.stringify(body)).not.toMatch(/6225880137000000|张三/);
      await fixture.runJobsAfter({ hours: 24 });
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED', recipient: 'BUYER' });
      expect(await getToDo()).toEqual({ count: 0, amountFen: 0 });
      expect(await confirm(refund)).toMatchObject({ status: 409, body: { code: 'REFUND_NOT_DECIDABLE' } });
    });
  });

  describe('one refund has one destination', () => {
    beforeAll(async () => {
      fixture = await RefundFixture.open({ environment: { ...V3, ...SHORT_TIMEOUT }, instances: 2 });
    });
    afterEach(() => fixture.shop.wechat.clearFaults());
    afterAll(() => fixture.shop.close());

    it('of two concurrent calls with different destinations one is accepted, and only it reaches WeChat', async () => {
      for (let round = 0; round < 4; round++) {
        const refund = await createAbnormalRefund();
        const replies = await Promise.all([redirect(refund, MERCHANT, 0), redirect(refund, CARD, 1)]);
        expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409]);
        expect(replies.find(({ status }) => status === 409)).toMatchObject(ALREADY_REDIRECTED);
        expect(await countRedirectCalls(refund)).toBe(1);
        const accepted = replies.findIndex(({ status }) => status === 200);
        expect(await fixture.getAdminRefund(refund)).toMatchObject({
          redirectTo: accepted === 0 ? 'MERCHANT' : 'USER_BANK_CARD',
        });
      }
    });

    it('of two concurrent calls with the same destination both are accepted', async () => {
      for (let round = 0; round < 3; round++) {
        const refund = await createAbnormalRefund();
        const replies = await Promise.all([redirect(refund, MERCHANT, 0), redirect(refund, MERCHANT, 1)]);
        expect(replies.map(({ status }) => status)).toEqual([200, 200]);
        expect(await redirect(refund, CARD)).toMatchObject(ALREADY_REDIRECTED);
      }
    });

    it('a definite refusal of WeChat frees the destination', async () => {
      const refund = await createAbnormalRefund();
      await failNextRedirect({ kind: 'err_code', errCode: 'INVALID_REQUEST', errCodeDes: '银行卡号有误' });
      expect(await redirect(refund, CARD)).toMatchObject({ status: 502, body: { code: 'WECHAT_REJECTED' } });
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ redirectTo: null, recipient: 'BUYER' });
      expect(await redirect(refund, MERCHANT)).toMatchObject({ status: 200, body: { redirectTo: 'MERCHANT' } });
    });

    it('a refusal that proves nothing keeps the destination', async () => {
      const refund = await createAbnormalRefund();
      await failNextRedirect({ kind: 'rate_limited' });
      expect((await redirect(refund, CARD)).status).toBeGreaterThanOrEqual(400);
      expect(await redirect(refund, MERCHANT)).toMatchObject(ALREADY_REDIRECTED);
      expect(await redirect(refund, { ...CARD, bankType: 'ICBC_DEBIT' })).toMatchObject(ALREADY_REDIRECTED);
      expect(await redirect(refund, CARD)).toMatchObject({ status: 200 });
    });
  });

  describe('an unknown outcome keeps the destination, also over a restart', () => {
    beforeEach(async () => {
      fixture = await RefundFixture.open({ environment: { ...V3, ...SHORT_TIMEOUT } });
    });
    afterEach(() => fixture.shop.close());

    it.each(['before', 'after'] as const)('time-out %s the effect', async (when) => {
      const refund = await createAbnormalRefund();
      await failNextRedirect({ when });
      expect(await redirect(refund, MERCHANT)).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
      await fixture.shop.restart({});
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ redirectTo: 'MERCHANT', recipient: 'MERCHANT' });
      expect(await redirect(refund, CARD)).toMatchObject(ALREADY_REDIRECTED);
      expect(await redirect(refund, MERCHANT)).toMatchObject({ status: 200 });
      expect(await countRedirectCalls(refund)).toBe(when === 'before' ? 2 : 1);
      await fixture.runJobsAfter({ hours: 24 });
      expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED', recipient: 'MERCHANT' });
      expect(await getToDo()).toEqual({ count: 1, amountFen: 4000 });
    });

    it('a refund that ends without a repetition has the recipient of the call with the unknown outcome', async () => {
      const refund = await createAbnormalRefund();
      await failNextRedirect({ when: 'after' });
      expect((await redirect(refund, MERCHANT)).status).toBe(502);
      await fixture.runJobsAfter({ hours: 24 });
      expect(await fixture.alice.getRefund(refund)).toMatchObject({ status: 'SUCCEEDED', recipient: 'MERCHANT' });
    });
  });

  it('no message tells the buyer that money has arrived which came back to the shop', async () => {
    const messages = await MessageFixture.open({ environment: V3 });
    fixture = messages.refundFixture;
    try {
      const titles = async (): Promise<string[]> => (await messages.getMessages()).map(({ title }) => title);
      await messages.giveConsent(5);
      for (const [destination, isNotified] of [
        [CARD, true],
        [MERCHANT, false],
      ] as const) {
        const refund = await createAbnormalRefund();
        const before = (await titles()).filter((title) => title.includes('退款到账')).length;
        await redirect(refund, destination);
        await fixture.runJobsAfter({ hours: 24 });
        await messages.runJobsAfter({ minutes: 1 });
        expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
        const after = (await titles()).filter((title) => title.includes('退款到账')).length;
        expect(after - before).toBe(isNotified ? 1 : 0);
      }
    } finally {
      await messages.close();
    }
  });
});

it('a refund of a protocol without such a call cannot be redirected', async () => {
  const fixture = await RefundFixture.open({ environment: { WECHAT_PAY_PROTOCOL: 'v2' } });
  try {
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await fixture.createApprovedRefund(await fixture.createPaidOrder());
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL', canRedirect: false });
    const { status, body } = await fixture.boss.call<ProblemJson>(
      'POST',
      `refunds/${refund.refundNo}/redirect`,
      MERCHANT,
    );
    expect([status, body.code, body.upstreamCode]).toEqual([502, 'WECHAT_REJECTED', 'NO_ABNORMAL_REFUND_CALL']);
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ redirectTo: null, recipient: 'BUYER' });
  } finally {
    await fixture.shop.close();
  }
});
