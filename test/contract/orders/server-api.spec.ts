import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { OrderQueryService } from '../../../src/order/order-query.service.js';
import { Refund } from '../../../src/refund/refund.entity.js';
import type { OrderJson, RefundJson } from '../../support/clients/test-buyer.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { PRICE_FEN, RefundFixture } from '../../support/fixtures/refund-fixture.js';
import type { PageJson } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

const SECOND = { at: 1 };

describe('server API', () => {
  let story: RefundFixture;
  let erp: ApiKeyClient;

  beforeAll(async () => {
    story = await RefundFixture.open({ instances: 2 });
    await story.boss.call('PATCH', `products/${story.tea}`, { stock: 1000 });
    erp = await ApiKeyClient.create(story.shop, story.boss, { maxRefundFenPerDay: 100_000_000 });
  });
  afterAll(() => story.shop.close());

  const refundsOf = async ({ orderNo }: OrderJson): Promise<Refund[]> =>
    (await story.shop.firstInstance.findAll(Refund)).filter((refund) => refund.orderNo === orderNo);
  const statuses = (answers: { status: number }[]): number[] => answers.map(({ status }) => status).sort();

  it('server API: lists all orders, with the filters of the admin API', async () => {
    const paid = await story.createPaidOrder();
    const unpaid = await story.alice.createOrder({ productId: story.tea });
    const list = async (query: string): Promise<string[]> =>
      (await erp.call<PageJson<OrderJson>>('GET', `orders?${query}`)).body.items.map(({ orderNo }) => orderNo);
    expect((await list('limit=2')).sort()).toEqual([paid.orderNo, unpaid.orderNo].sort());
    expect(await list('status=PENDING&limit=1')).toEqual([unpaid.orderNo]);
    expect(await list(`q=${paid.transactionId}`)).toEqual([paid.orderNo]);
    expect((await erp.call('GET', `orders?q=${paid.orderNo}&withTotal=true`)).body).toMatchObject({ total: 1 });
    expectProblem(await erp.call('GET', 'orders?status=LOST'), 400, 'VALIDATION_FAILED');
  });

  it('returns an order with its refunds, without internal notes of staff', async () => {
    const order = await story.createPaidOrder();
    const requested = await story.alice.requestRefund(order, { amountFen: 500 });
    await story.approveRefund(requested, { note: 'a difficult customer' });
    const { status, body } = await erp.call('GET', `orders/${order.orderNo}`, undefined, SECOND);
    expect(status).toBe(200);
    const bookkeeping = { transactionId: order.transactionId, wechatRefundId: expect.any(String), errorCode: null };
    expect(body).toMatchObject({
      orderNo: order.orderNo,
      userId: story.alice.id,
      status: 'PAID',
      paidFen: PRICE_FEN,
      items: [{}],
      refunds: [{ refundNo: requested.refundNo, amountFen: 500, decidedBy: story.boss.id, ...bookkeeping }],
    });
    expect(JSON.stringify(body)).not.toContain('difficult');
    expectProblem(await erp.call('GET', 'orders/NOSUCH'), 404, 'ORDER_NOT_FOUND');
    expectProblem(await erp.call('GET', 'refunds/NOSUCH'), 404, 'REFUND_NOT_FOUND');
  });

  it('creates a refund that names the API key as its actor', async () => {
    const order = await story.createPaidOrder();
    const { status, body } = await erp.createRefund<RefundJson>(order, 3000);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { kind: 'MERCHANT', amountFen: 3000, reason: '少发一件', decidedBy: erp.key.id },
    });
    expect(await story.getLedger(order)).toMatchObject({ refundedFen: 3000, refunds: 1 });
    const audit = await story.boss.call('GET', `audit-log?q=${body.refundNo}`);
    expect(audit.body).toMatchObject({
      items: [{ action: 'refund.create', actor: { id: erp.key.id, username: 'key:ERP' }, after: { amountFen: 3000 } }],
    });
    const { body: seen } = await story.boss.call<{ events: { text: string }[] }>('GET', `orders/${order.orderNo}`);
    expect(JSON.stringify(seen.events)).toContain('key:ERP');
    await story.runJobsAfter({ minutes: 10 });
    expect((await erp.call('GET', `refunds/${body.refundNo}`, undefined, SECOND)).body).toMatchObject({
      status: 'SUCCEEDED',
    });
  });

  it('records a shipment once when the call is repeated, and reports it to WeChat once', async () => {
    const packer = await ApiKeyClient.create(story.shop, story.boss, { name: 'WMS', scopes: ['orders:ship'] });
    const order = await story.createPaidOrder();
    const parcel = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZT${order.orderNo}` };
    const path = `orders/${order.orderNo}/shipments`;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => packer.call('POST', path, parcel, { at: n % 2 })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await packer.call('GET', path)).body).toMatchObject({ items: [{ shipmentNo: 1, ...parcel }] });
    await story.runJobsAfter({ minutes: 2 });
    const seen = await erp.call('GET', `orders/${order.orderNo}`);
    expect(seen.body).toMatchObject({ shipments: [{ state: 'UPLOADED', shippedBy: 'key:WMS' }] });
    const audit = await story.boss.call<PageJson<object>>('GET', `audit-log?q=${order.orderNo}`);
    expect(audit.body.items).toMatchObject([{ actor: { id: packer.key.id, username: 'key:WMS' } }]);
    const unpaid = await story.alice.createOrder({ productId: story.tea });
    expectProblem(await packer.call('POST', `orders/${unpaid.orderNo}/shipments`, parcel), 409, 'ORDER_NOT_SHIPPABLE');
    expectProblem(await packer.call('POST', path, { kind: 'EXPRESS' }), 400, 'VALIDATION_FAILED');
    expectProblem(await packer.call('GET', `orders/${order.orderNo}`), 403, 'FORBIDDEN');
  });

  it('creates one refund for repeated calls under one Idempotency-Key, on any instance', async () => {
    const order = await story.createPaidOrder();
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        erp.createRefund<RefundJson>(order, 3000, { idempotencyKey: key, at: n % 2 }),
      ),
    );
    expect(new Set(statuses(answers))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.refundNo)).size).toBe(1);
    await story.runJobsAfter({ minutes: 10 });
    expect((await erp.createRefund(order, 3000, { idempotencyKey: key })).body).toMatchObject({ status: 'SUCCEEDED' });
    expect(await story.getLedger(order)).toMatchObject({ refundedFen: 3000, refunds: 1 });
    expect(await refundsOf(order)).toHaveLength(1);
  });

  it('creates one refund when the API key is replaced between two tries', async () => {
    const order = await story.createPaidOrder();
    const key = randomUUID();
    const successor = await ApiKeyClient.create(story.shop, story.boss);
    const first = await erp.createRefund<RefundJson>(order, 3000, { idempotencyKey: key });
    const second = await successor.createRefund<RefundJson>(order, 3000, { idempotencyKey: key, ...SECOND });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.refundNo).toBe(first.body.refundNo);
    expect(await story.getLedger(order)).toMatchObject({ refundedFen: 3000, refunds: 1 });
  });

  it('creates one refund when both WeChat’s response and our response are lost', async () => {
    const order = await story.createPaidOrder();
    const key = randomUUID();
    await story.shop.wechat.failNext({ endpoint: 'refund', kind: 'reset', when: 'after' });
    const first = await erp.createRefund<RefundJson>(order, 3000, { idempotencyKey: key });
    expect(first).toMatchObject({ status: 201, body: { status: 'PROCESSING' } });
    expect((await erp.createRefund<RefundJson>(order, 3000, { idempotencyKey: key, ...SECOND })).body.refundNo).toBe(
      first.body.refundNo,
    );
    await story.runJobsAfter({ minutes: 10 });
    await story.runJobsAfter({ minutes: 10 });
    expect((await erp.createRefund(order, 3000, { idempotencyKey: key })).body).toMatchObject({ status: 'SUCCEEDED' });
    expect(await story.getLedger(order)).toMatchObject({ refundedFen: 3000, refunds: 1 });
  });

  it('rejects a refund without an Idempotency-Key and refunds nothing', async () => {
    const order = await story.createPaidOrder();
    const body = { amountFen: 3000, reason: '少发一件' };
    const reply = await erp.call('POST', `orders/${order.orderNo}/refunds`, body);
    expectProblem(reply, 400, 'IDEMPOTENCY_KEY_REQUIRED');
    expect(await refundsOf(order)).toHaveLength(0);
  });

  it('rejects an Idempotency-Key that is used with another body', async () => {
    const [order, other] = [await story.createPaidOrder(), await story.createPaidOrder()];
    const key = randomUUID();
    await erp.createRefund(order, 3000, { idempotencyKey: key });
    for (const reply of [
      await erp.createRefund(order, 3001, { idempotencyKey: key }),
      await erp.createRefund(other, 3000, { idempotencyKey: key }),
    ]) {
      expectProblem(reply, 409, 'IDEMPOTENCY_KEY_REUSED');
    }
    expectProblem(await erp.createRefund(order, 3000, { idempotencyKey: 'x'.repeat(65) }), 400, 'VALIDATION_FAILED');
    expect(await refundsOf(order)).toHaveLength(1);
    expect(await refundsOf(other)).toHaveLength(0);
  });

  it('never refunds more than was paid when staff and two clients send concurrent refunds with different keys', async () => {
    const order = await story.createPaidOrder();
    const other = await ApiKeyClient.create(story.shop, story.boss, {
      name: 'support',
      maxRefundFenPerDay: 100_000_000,
    });
    const body = { amountFen: 3000, reason: '…' };
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => [
        erp.createRefund(order, 3000, { at: n % 2 }),
        other.createRefund(order, 3000, { at: (n + 1) % 2 }),
        story.boss.call('POST', `orders/${order.orderNo}/refunds`, body, n % 2),
      ]).flat(),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    for (const reply of answers.filter(({ status }) => status !== 201)) {
      expectProblem(reply, 409, 'REFUND_EXCEEDS_PAYMENT');
    }
    for (let round = 0; round < 6; round++) await story.runJobsAfter({ minutes: 2 });
    expect(await story.getLedger(order)).toMatchObject({ refundedFen: 9000, refunds: 3 });
    expectProblem(await erp.createRefund(order, 1001), 409, 'REFUND_EXCEEDS_PAYMENT');
  });

  it.each([
    ['nothing', { amountFen: 0, reason: 'x' }],
    ['a part of a fen', { amountFen: 1.5, reason: 'x' }],
    ['less than nothing', { amountFen: -1, reason: 'x' }],
    ['no amount', { reason: 'x' }],
    ['no reason', { amountFen: 1 }],
    ['an unknown field', { amountFen: 1, reason: 'x', orderNo: 'x' }],
  ])('cannot give back %s', async (_what, body) => {
    expectProblem(await erp.call('POST', 'orders/NOSUCH/refunds', body), 400, 'VALIDATION_FAILED');
  });

  it('rejects a refund of an unpaid or unknown order', async () => {
    const unpaid = await story.alice.createOrder({ productId: story.tea });
    expectProblem(await erp.createRefund(unpaid, 1), 409, 'ORDER_NOT_REFUNDABLE');
    expectProblem(await erp.createRefund({ orderNo: 'NOSUCH' }, 1), 404, 'ORDER_NOT_FOUND');
  });

  describe('daily refund limit of an API key', () => {
    it('limits the refunds of a day, also when they arrive at the same time, and starts again on the next day', async () => {
      const leaked = await ApiKeyClient.create(story.shop, story.boss, { name: 'leaked', maxRefundFenPerDay: 10_000 });
      const orders = await Promise.all(Array.from({ length: 5 }, () => story.createPaidOrder()));
      const answers = await Promise.all(
        orders.flatMap((order) => [leaked.createRefund(order, 3000), leaked.createRefund(order, 3000, SECOND)]),
      );
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      for (const reply of answers.filter(({ status }) => status !== 201)) {
        expect(expectProblem(reply, 409, 'REFUND_LIMIT_REACHED').detail).toMatch(/¥30\.00 .* ¥100\.00/);
      }
      const [order] = orders as [OrderJson];
      expectProblem(await leaked.createRefund(order, 1001), 409, 'REFUND_LIMIT_REACHED');
      expect((await leaked.createRefund(order, 1000)).status).toBe(201);
      expectProblem(await leaked.createRefund(order, 1), 409, 'REFUND_LIMIT_REACHED');
      expect((await erp.createRefund(order, 1)).status).toBe(201); // another key has its own limit
      await story.runJobsAfter({ hours: 24 });
      expect((await leaked.createRefund(order, 100)).status).toBe(201);
    });

    it('is restored by the amount of a refund that fails or is abandoned on the same day', async () => {
      const program = await ApiKeyClient.create(story.shop, story.boss, { maxRefundFenPerDay: 5000 });
      const [first, second] = [await story.createPaidOrder(), await story.createPaidOrder()];
      const overdue = { endpoint: 'refund', kind: 'err_code', errCode: 'TRADE_OVERDUE', errCodeDes: '…' } as const;
      await story.shop.wechat.failNext(overdue);
      expect((await program.createRefund(first, 5000)).body).toMatchObject({ status: 'FAILED' });
      await story.shop.wechat.failNext({ endpoint: 'refund', kind: 'return_fail', returnMsg: '签名错误' });
      const { body: refused } = await program.createRefund<RefundJson>(second, 5000);
      expect(refused).toMatchObject({ status: 'ABNORMAL' });
      expectProblem(await program.createRefund(first, 1), 409, 'REFUND_LIMIT_REACHED');
      await story.boss.call('POST', `refunds/${refused.refundNo}/abandon`, { note: '…' });
      const answers = await Promise.all([
        program.createRefund(first, 3000),
        program.createRefund(second, 3000, SECOND),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]); // the limit holds among concurrent calls
      expect((await program.createRefund(await story.createPaidOrder(), 2000)).status).toBe(201);
      expectProblem(await program.createRefund(await story.createPaidOrder(), 1), 409, 'REFUND_LIMIT_REACHED');
    });

    it('is not used up by rejected calls or by repetitions', async () => {
      const program = await ApiKeyClient.create(story.shop, story.boss, { maxRefundFenPerDay: PRICE_FEN });
      const order = await story.createPaidOrder();
      await erp.createRefund(order, 5000);
      expectProblem(await program.createRefund(order, 5001), 409, 'REFUND_EXCEEDS_PAYMENT');
      expectProblem(await program.createRefund({ orderNo: 'NOSUCH' }, 5000), 404, 'ORDER_NOT_FOUND');
      const key = randomUUID();
      for (let time = 0; time < 5; time++)
        expect((await program.createRefund(order, 5000, { idempotencyKey: key })).status).toBe(201);
      expect((await program.createRefund(await story.createPaidOrder(), 5000)).status).toBe(201);
      expectProblem(await program.createRefund(order, 1), 409, 'REFUND_LIMIT_REACHED');
    });
  });

  it('creates no refund with a key that is revoked after authentication and before the refund is created', async () => {
    const program = await ApiKeyClient.create(story.shop, story.boss);
    const order = await story.createPaidOrder();
    const orders = story.shop.firstInstance.app.get(OrderQueryService);
    const byNumber = orders.getByNumber.bind(orders);
    jest.spyOn(orders, 'getByNumber').mockImplementationOnce(async (orderNo) => {
      const read = await byNumber(orderNo);
      expect((await story.boss.call('POST', `api-keys/${program.key.id}/revoke`, undefined, 1)).status).toBe(200);
      return read;
    });
    expectProblem(await program.createRefund(order, 100, { idempotencyKey: randomUUID() }), 401, 'UNAUTHENTICATED');
    expect(await refundsOf(order)).toEqual([]);
  });

  it('rejects calls at once when the key is revoked during concurrent calls', async () => {
    const program = await ApiKeyClient.create(story.shop, story.boss, { maxRefundFenPerDay: 100_000_000 });
    const order = await story.createPaidOrder();
    const early = Array.from({ length: 10 }, (_, n) => program.createRefund(order, 100, { at: n % 2 }));
    const revoked = story.boss.call('POST', `api-keys/${program.key.id}/revoke`);
    const during = Array.from({ length: 10 }, (_, n) => program.createRefund(order, 100, { at: n % 2 }));
    expect((await revoked).status).toBe(200);
    const opened = await refundsOf(order); // a refund created from now on was created with a revoked key
    const late = Array.from({ length: 6 }, (_, n) => program.createRefund(order, 100, { at: n % 2 }));
    for (const reply of await Promise.all(late)) expectProblem(reply, 401, 'UNAUTHENTICATED');
    const answers = await Promise.all([...early, ...during]);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(opened.length);
    for (const reply of answers.filter(({ status }) => status !== 201)) expectProblem(reply, 401, 'UNAUTHENTICATED');
    expect(await refundsOf(order)).toHaveLength(opened.length);
  });
});
