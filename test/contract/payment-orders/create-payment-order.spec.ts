import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import type { ProblemJson } from '../../support/clients/test-buyer.js';
import {
  AMOUNT_FEN,
  PaymentOrderFixture,
  type PaymentOrderJson,
} from '../../support/fixtures/payment-order-fixture.js';
import type { PageJson } from '../support/test-staff.js';
import { expectProblem } from '../support/expect-problem.js';

const LINES = [
  { name: '龙井茶', unitFen: 1000, quantity: 2 },
  { name: '茶杯', unitFen: 500, quantity: 1 },
];

describe('POST /server/api/payment-orders', () => {
  let fixture: PaymentOrderFixture;
  beforeAll(async () => {
    fixture = await PaymentOrderFixture.open({ instances: 2 });
  });
  afterAll(() => fixture.shop.close());

  it('payment order: an amount alone creates an order with the documented fields and defaults', async () => {
    const { status, body } = await fixture.tryCreate({ merchantOrderNo: 'A-1_2|3*4@5.6' });
    expect(status).toBe(201);
    expect(body).toEqual({
      orderNo: expect.any(String),
      merchantOrderNo: 'A-1_2|3*4@5.6',
      origin: 'EXTERNAL',
      status: 'PENDING',
      refundStatus: 'NONE',
      version: 1,
      amountFen: AMOUNT_FEN,
      paidFen: 0,
      refundedFen: 0,
      description: expect.stringMatching(/-订单A-1_2\|3\*4@5\.6$/),
      lines: [],
      appId: null,
      payer: null,
      allowedTradeTypes: ['JSAPI', 'NATIVE', 'APP', 'MWEB'],
      metadata: {},
      transactionId: null,
      closeReason: null,
      createdAt: expect.any(String),
      expiresAt: expect.any(String),
      paidAt: null,
      closedAt: null,
    });
    expect(new Date(body.expiresAt).getTime() - new Date(body.createdAt).getTime()).toBe(1_200_000);
    expect(await fixture.get(body)).toEqual(body);
  });

  it('payment order: lines cost their sum and are returned with metadata, payer and trade types', async () => {
    const metadata = { shopUser: '42', note: 'a\nb "c" 龙' };
    const facts = { lines: LINES, description: ' 茶 ', metadata, allowedTradeTypes: ['NATIVE', 'JSAPI'] };
    const created = await fixture.create({ ...facts, expiresInSeconds: 604_800 });
    const shown = {
      amountFen: 2500,
      lines: LINES,
      description: '茶',
      metadata,
      allowedTradeTypes: ['JSAPI', 'NATIVE'],
    };
    expect(created).toMatchObject({ ...shown, payer: { openid: fixture.openid } });
    expect(await fixture.get(created)).toEqual(created);
  });

  it('payment order: metadata is never sent to WeChat', async () => {
    const order = await fixture.create({ metadata: { secret: 'only-for-the-shop' } });
    const pay = await fixture.startPayment(order);
    expect(JSON.stringify(await fixture.shop.wechat.getMessages('', pay.outTradeNo))).not.toContain(
      'only-for-the-shop',
    );
  });

  it('payment order: the same facts return the existing order with 200, also after it was paid', async () => {
    const facts = {
      merchantOrderNo: 'same-1',
      payer: { openid: fixture.openid },
      metadata: { a: '1', b: '2' },
      allowedTradeTypes: ['JSAPI', 'NATIVE'],
    };
    const { orderNo } = await fixture.create(facts);
    await fixture.confirmPayment(await fixture.startPayment({ orderNo }));
    await fixture.call({ orderNo }, 'sync');
    const again = {
      ...facts,
      metadata: { b: '2', a: '1' },
      allowedTradeTypes: ['NATIVE', 'JSAPI'],
      expiresInSeconds: 60,
    };
    const { status, body } = await fixture.tryCreate(again, 1);
    expect({ status, body }).toMatchObject({ status: 200, body: { orderNo, status: 'PAID' } });
  });

  it.each<[string, object, object]>([
    ['amountFen', {}, { amountFen: 3001 }],
    ['lines', { lines: LINES }, { lines: LINES.toReversed() }],
    ['lines', { lines: [{ name: 'x', unitFen: 3000, quantity: 1 }] }, { amountFen: 3000 }],
    ['description', { description: 'A' }, { description: 'B' }],
    ['description', { description: 'A' }, {}],
    ['payer', { payer: { openid: 'oA' } }, { payer: { openid: 'oB' } }],
    ['payer', { payer: { openid: 'oA' } }, {}],
    ['payer', {}, { payer: { openid: 'oA' } }],
    ['allowedTradeTypes', { allowedTradeTypes: ['NATIVE'] }, { allowedTradeTypes: ['JSAPI'] }],
    ['metadata', { metadata: { a: '1' } }, { metadata: { a: '2' } }],
    ['latePayment', { latePayment: 'deliver' }, { latePayment: 'refund' }],
    ['shipping', { shipping: 'required' }, { shipping: 'none' }],
  ])(
    'payment order: a repetition with another %s is rejected and names the field: %j, %j',
    async (field, first, again) => {
      const { merchantOrderNo } = (await fixture.tryCreate(first)).body;
      const problem = expectProblem(
        await fixture.tryCreate<ProblemJson>({ merchantOrderNo, ...again }),
        409,
        'MERCHANT_ORDER_NO_TAKEN',
      );
      expect(problem.errors?.map((error) => error.field)).toEqual([field]);
      expect(problem.detail).toContain(field);
    },
  );

  it('payment order: numbers that differ only in case are two orders', async () => {
    const [one, other] = [
      await fixture.create({ merchantOrderNo: 'Case-x' }),
      await fixture.create({ merchantOrderNo: 'case-X' }),
    ];
    expect(one.orderNo).not.toBe(other.orderNo);
    const { body } = await fixture.backend.call<PageJson<PaymentOrderJson>>(
      'GET',
      'payment-orders?merchantOrderNo=case-X',
    );
    expect(body.items.map(({ orderNo }) => orderNo)).toEqual([other.orderNo]);
  });

  it('payment order: concurrent calls on two instances create one order', async () => {
    const facts = { merchantOrderNo: 'race-1', lines: LINES };
    const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => fixture.tryCreate(facts, n % 2)));
    expect(replies.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201]);
    expect(new Set(replies.map(({ body }) => body.orderNo)).size).toBe(1);
    expect(new Set(replies.map(({ body }) => JSON.stringify(body.lines)))).toEqual(new Set([JSON.stringify(LINES)]));
  });

  it('payment order: concurrent calls with one code exchange it once and create one order', async () => {
    const { code, openid } = await fixture.shop.wechat.createLoginCode('ocoder0000000000000000000001');
    const facts = { merchantOrderNo: 'race-2', payer: { code } };
    const replies = await Promise.all(Array.from({ length: 6 }, (_, n) => fixture.tryCreate(facts, n % 2)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(new Set(replies.map(({ body }) => body.payer?.openid))).toEqual(new Set([openid]));
  });

  it('payment order: a repetition does not exchange its code again, and another openid is another payer', async () => {
    const { code, openid } = await fixture.shop.wechat.createLoginCode('ocoder0000000000000000000002');
    const facts = { merchantOrderNo: 'code-1', payer: { code } };
    expect((await fixture.tryCreate(facts)).status).toBe(201);
    const before = await fixture.shop.wechat.countCalls('/sns/jscode2session');
    for (const payer of [{ code }, { code: 'another' }, { openid }])
      expect((await fixture.tryCreate({ ...facts, payer })).status).toBe(200);
    expect(await fixture.shop.wechat.countCalls('/sns/jscode2session')).toBe(before);
    expectProblem(await fixture.tryCreate({ ...facts, payer: { openid: 'oX' } }), 409, 'MERCHANT_ORDER_NO_TAKEN');
  });

  it('payment order: an invalid code is WECHAT_CODE_INVALID and creates nothing', async () => {
    const refused = await fixture.tryCreate({ merchantOrderNo: 'code-2', payer: { code: 'nonsense' } });
    expectProblem(refused, 401, 'WECHAT_CODE_INVALID');
    const { body } = await fixture.backend.call<PageJson<PaymentOrderJson>>(
      'GET',
      'payment-orders?merchantOrderNo=code-2',
    );
    expect(body.items).toEqual([]);
  });

  it.each<[string, object]>([
    ['merchantOrderNo', { merchantOrderNo: '' }],
    ['merchantOrderNo', { merchantOrderNo: 'a b' }],
    ['merchantOrderNo', { merchantOrderNo: 'x'.repeat(65) }],
    ['merchantOrderNo', { merchantOrderNo: '订单' }],
    ['merchantOrderNo', { merchantOrderNo: null }],
    ['amountFen', { amountFen: 0 }],
    ['amountFen', { amountFen: 1.5 }],
    ['amountFen', { amountFen: null }],
    ['amountFen', { amountFen: undefined }],
    ['amountFen', { amountFen: 1_000_000_001 }],
    ['lines', { lines: LINES, amountFen: 2500 }],
    ['lines', { lines: [] }],
    ['lines', { lines: Array.from({ length: 51 }, () => LINES[0]) }],
    ['lines', { lines: [{ name: 'x', unitFen: 0, quantity: 1 }] }],
    ['lines', { lines: [{ name: 'x', unitFen: 1_000_000_000, quantity: 2 }] }],
    ['lines.0.name', { lines: [{ name: ' ', unitFen: 1, quantity: 1 }] }],
    ['lines.0.name', { lines: [{ name: 'x'.repeat(101), unitFen: 1, quantity: 1 }] }],
    ['lines.0.quantity', { lines: [{ name: 'x', unitFen: 1, quantity: 0 }] }],
    ['description', { description: 'a\nb' }],
    ['description', { description: null }],
    ['payer', { payer: null }],
    ['payer.openid', { payer: {} }],
    ['payer.code', { payer: { openid: 'oX', code: 'c' } }],
    ['payer.openid', { payer: { openid: '' } }],
    ['payer.unionid', { payer: { openid: 'oX', unionid: 'u' } }],
    ['allowedTradeTypes', { allowedTradeTypes: [] }],
    ['allowedTradeTypes', { allowedTradeTypes: ['JSAPI', 'JSAPI'] }],
    ['allowedTradeTypes', { allowedTradeTypes: ['CASH'] }],
    ['expiresInSeconds', { expiresInSeconds: 59 }],
    ['expiresInSeconds', { expiresInSeconds: 604_801 }],
    ['metadata', { metadata: { a: 1 } }],
    ['metadata', { metadata: { a: null } }],
    ['metadata', { metadata: ['a'] }],
    ['metadata', { metadata: { a: 'x'.repeat(501) } }],
    ['metadata', { metadata: { ['k'.repeat(41)]: 'x' } }],
    ['metadata', { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, 'x'])) }],
    ['latePayment', { latePayment: 'keep' }],
    ['shipping', { shipping: null }],
    ['productId', { productId: 'x' }],
  ])('payment order: rejects an invalid %s: %j', async (field, body) => {
    const problem = expectProblem(await fixture.tryCreate<ProblemJson>(body), 400, 'VALIDATION_FAILED');
    expect(problem.errors?.map((error) => error.field)).toContain(field);
  });

  it('payment order: accepts the longest values', async () => {
    const metadata = Object.fromEntries(
      Array.from({ length: 20 }, (_, n) => [`${String(n).padStart(2, '0')}${'键'.repeat(38)}`, '值'.repeat(500)]),
    );
    const lines = Array.from({ length: 50 }, () => ({ name: '茶'.repeat(100), unitFen: 1, quantity: 1 }));
    const merchantOrderNo = 'M'.repeat(64);
    const order = await fixture.create({ merchantOrderNo, lines, metadata, description: '茶'.repeat(200) });
    expect(await fixture.get(order)).toMatchObject({ merchantOrderNo, metadata, lines, amountFen: 50 });
    await fixture.startPayment(order);
  });

  it('payment order: the audit log names the key, and its number is found by q', async () => {
    const order = await fixture.create({ merchantOrderNo: 'audit-1' });
    const audit = await fixture.boss.call<PageJson<object>>('GET', `audit-log?q=${order.orderNo}`);
    expect(audit.body.items).toMatchObject([
      {
        action: 'payment-order.create',
        actor: { id: fixture.backend.key.id, username: 'key:Backend' },
        after: { merchantOrderNo: 'audit-1', amountFen: AMOUNT_FEN },
      },
    ]);
    const found = await fixture.boss.call<PageJson<PaymentOrderJson>>('GET', 'orders?q=audit-1');
    expect(found.body.items).toMatchObject([
      { orderNo: order.orderNo, origin: 'EXTERNAL', merchantOrderNo: 'audit-1' },
    ]);
    const detail = await fixture.boss.call('GET', `orders/${order.orderNo}`);
    expect(detail.body).toMatchObject({ merchantOrderNo: 'audit-1', payerOpenid: fixture.openid, userId: null });
  });

  it('payment orders: the list has filters, and orders of the shop are not found', async () => {
    const alice = await fixture.shop.createUser('alice');
    const bought = await alice.createOrder({ productId: await fixture.shop.createProduct() });
    const order = await fixture.create();
    const list = async (query: string): Promise<string[]> =>
      (await fixture.backend.call<PageJson<PaymentOrderJson>>('GET', `payment-orders?${query}`)).body.items.map(
        ({ orderNo }) => orderNo,
      );
    expect(await list('limit=1')).toEqual([order.orderNo]);
    expect(await list(`merchantOrderNo=${order.merchantOrderNo}&status=PENDING`)).toEqual([order.orderNo]);
    expect(await list(`merchantOrderNo=${order.merchantOrderNo}&status=PAID`)).toEqual([]);
    expect(await list('from=2099-01-01')).toEqual([]);
    expect(await list('limit=100')).not.toContain(bought.orderNo);
    expectProblem(await fixture.backend.call('GET', `payment-orders/${bought.orderNo}`), 404, 'ORDER_NOT_FOUND');
    for (const action of ['close', 'sync', 'reopen'])
      expectProblem(await fixture.call(bought, action, {}), 404, 'ORDER_NOT_FOUND');
    expectProblem(await fixture.call(bought, 'pay', { tradeType: 'NATIVE' }), 404, 'ORDER_NOT_FOUND');
    expectProblem(await fixture.tryRefund(bought, { amountFen: 1 }), 404, 'ORDER_NOT_FOUND');
  });

  it('API key: one limited to payment orders reaches no refund of an order of the shop', async () => {
    const alice = await fixture.shop.createUser('alice');
    const bought = await alice.createOrder({ productId: await fixture.shop.createProduct() });
    await alice.pay(bought);
    await alice.syncOrder(bought);
    const refund = { amountFen: 1, reason: 'x', merchantRefundNo: 'limited-1' };
    expectProblem(
      await fixture.backend.call('POST', `orders/${bought.orderNo}/refunds`, refund),
      404,
      'ORDER_NOT_FOUND',
    );
    expectProblem(await fixture.backend.call('GET', `orders/${bought.orderNo}/refunds`), 404, 'ORDER_NOT_FOUND');
    expectProblem(await fixture.backend.call('GET', `orders/${bought.orderNo}`), 403, 'FORBIDDEN');
    const erp = await ApiKeyClient.create(fixture.shop, fixture.boss);
    const { body } = await erp.call('POST', `orders/${bought.orderNo}/refunds`, refund);
    expect(body).toMatchObject({ merchantRefundNo: 'limited-1', version: expect.any(Number) });
    expectProblem(await fixture.backend.call('GET', `refunds/${String(body['refundNo'])}`), 404, 'REFUND_NOT_FOUND');
    const found = await fixture.boss.call<PageJson<object>>('GET', 'refunds?q=limited-1');
    expect(found.body.items).toMatchObject([{ orderNo: bought.orderNo, merchantRefundNo: 'limited-1' }]);
  });
});
