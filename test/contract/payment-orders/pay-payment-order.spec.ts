import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Order } from '../../../src/order/order.entity.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import type { ProblemJson } from '../../support/clients/test-buyer.js';
import {
  PaymentOrderFixture,
  type PaymentOrderJson,
  type PayOrderJson,
} from '../../support/fixtures/payment-order-fixture.js';
import { expectProblem } from '../support/expect-problem.js';
import type { PageJson } from '../support/test-staff.js';

describe('payment orders: pay, close and reopen', () => {
  let fixture: PaymentOrderFixture;
  beforeAll(async () => {
    fixture = await PaymentOrderFixture.open({ instances: 2 });
  });
  afterAll(() => fixture.shop.close());

  const tryPay = <T = ProblemJson>(order: PaymentOrderJson, body: object, at = 0) =>
    fixture.call<T>(order, 'pay', body, at);

  it('pay: returns the parameters of wx.requestPayment, and a repetition uses the same outTradeNo', async () => {
    const order = await fixture.create();
    const first = await fixture.startPayment(order);
    expect(first).toMatchObject({
      orderNo: order.orderNo,
      outTradeNo: `${order.orderNo}-1`,
      expiresAt: order.expiresAt,
      requestPayment: { appId: expect.any(String), timeStamp: expect.any(String), paySign: expect.any(String) },
    });
    expect(await fixture.startPayment(order)).toMatchObject({ outTradeNo: first.outTradeNo });
    expect(await fixture.get(order)).toEqual(order);
  });

  it('pay: concurrent calls on two instances begin one attempt', async () => {
    const order = await fixture.create();
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, n) => tryPay<PayOrderJson>(order, { tradeType: 'JSAPI' }, n % 2)),
    );
    expect(new Set(replies.map(({ body }) => body.outTradeNo))).toEqual(new Set([`${order.orderNo}-1`]));
  });

  it('pay: JSAPI without a payer is PAYER_REQUIRED, and NATIVE needs none', async () => {
    const order = (await fixture.tryCreate()).body;
    expectProblem(await tryPay(order, { tradeType: 'JSAPI' }), 409, 'PAYER_REQUIRED');
    expect(await fixture.startPayment(order, { tradeType: 'NATIVE' })).toMatchObject({
      requestPayment: { codeUrl: expect.any(String) },
    });
  });

  it('pay: a payer given at pay is stored as a visible change, and the order stays the same for a repetition', async () => {
    const facts = { merchantOrderNo: 'payer-at-pay' };
    const order = (await fixture.tryCreate(facts)).body;
    const { code, openid } = await fixture.shop.wechat.createLoginCode('olater0000000000000000000001');
    await fixture.startPayment(order, { payer: { code } });
    expect(await fixture.get(order)).toMatchObject({ payer: { openid }, version: 2 });
    expect((await fixture.tryCreate(facts)).status).toBe(200);
    expectProblem(await fixture.tryCreate({ ...facts, payer: { openid } }), 409, 'MERCHANT_ORDER_NO_TAKEN');
    // The same call again, as after a lost response.
    expect(await fixture.startPayment(order, { payer: { code } })).toMatchObject({ outTradeNo: `${order.orderNo}-1` });
    const audit = await fixture.boss.call<PageJson<{ action: string }>>('GET', `audit-log?q=${order.orderNo}`);
    expect(audit.body.items.map(({ action }) => action)).toEqual(['payment-order.set-payer', 'payment-order.create']);
  });

  it('pay: concurrent calls with one code store one payer', async () => {
    const order = (await fixture.tryCreate()).body;
    const { code, openid } = await fixture.shop.wechat.createLoginCode('olater0000000000000000000002');
    const body = { tradeType: 'JSAPI', payer: { code } };
    const replies = await Promise.all(Array.from({ length: 6 }, (_, n) => tryPay<PayOrderJson>(order, body, n % 2)));
    expect(replies.map(({ status }) => status)).toEqual(Array<number>(6).fill(200));
    expect(await fixture.get(order)).toMatchObject({ payer: { openid }, version: 2 });
  });

  it('pay: another payer than the known one is rejected and named', async () => {
    const order = await fixture.create();
    const refused = await tryPay(order, { tradeType: 'JSAPI', payer: { openid: 'oAnother' } });
    expect(expectProblem(refused, 409, 'ORDER_NOT_PAYABLE').errors).toMatchObject([{ field: 'payer' }]);
    await fixture.startPayment(order, { payer: { openid: fixture.openid } });
  });

  it('pay: a trade type that the order does not allow is TRADE_TYPE_NOT_ALLOWED', async () => {
    const order = await fixture.create({ allowedTradeTypes: ['NATIVE'] });
    const problem = expectProblem(await tryPay(order, { tradeType: 'JSAPI' }), 409, 'TRADE_TYPE_NOT_ALLOWED');
    expect(problem.detail).toContain('NATIVE');
  });

  it.each<[string, object]>([
    ['tradeType', {}],
    ['tradeType', { tradeType: 'CASH' }],
    ['payer', { tradeType: 'JSAPI', payer: null }],
    ['clientIp', { tradeType: 'MWEB', clientIp: 'localhost' }],
    ['clientIp', { tradeType: 'MWEB', clientIp: null }],
    ['amountFen', { tradeType: 'JSAPI', amountFen: 1 }],
  ])('pay: rejects an invalid %s: %j', async (field, body) => {
    const order = await fixture.create();
    const problem = expectProblem(await tryPay(order, body), 400, 'VALIDATION_FAILED');
    expect(problem.errors?.map((error) => error.field)).toContain(field);
  });

  it('pay: sends the description of the order and the address of the payer to WeChat', async () => {
    const order = await fixture.create({ description: '报名费' });
    const { outTradeNo } = await fixture.startPayment(order, { tradeType: 'MWEB', clientIp: '203.0.113.77' });
    const sent = JSON.stringify(await fixture.shop.wechat.getPayCalls('prepay', outTradeNo));
    expect(sent).toContain('报名费');
    expect(sent).toContain('203.0.113.77');
  });

  it('close: closes at WeChat and here, may be repeated, and names the key in the audit log', async () => {
    const order = await fixture.create();
    await fixture.startPayment(order);
    for (let time = 0; time < 2; time++) {
      const { status, body } = await fixture.call(order, 'close');
      expect({ status, body }).toMatchObject({ status: 200, body: { status: 'CLOSED', closeReason: 'CANCELLED' } });
    }
    const audit = await fixture.boss.call<PageJson<{ action: string }>>('GET', `audit-log?q=${order.orderNo}`);
    expect(audit.body.items.map(({ action }) => action)).toEqual(['payment-order.close', 'payment-order.create']);
    expectProblem(await tryPay(order, { tradeType: 'JSAPI' }), 409, 'ORDER_NOT_PAYABLE');
    expectProblem(await fixture.call(order, 'reopen', {}), 409, 'ORDER_NOT_REOPENABLE');
  });

  it('close: a paid order is ORDER_NOT_CANCELLABLE, also when its notice is lost', async () => {
    const order = await fixture.create();
    await fixture.confirmPayment(await fixture.startPayment(order), { notify: 'lost' });
    expectProblem(await fixture.call(order, 'close'), 409, 'ORDER_NOT_CANCELLABLE');
    expect(await fixture.get(order)).toMatchObject({ status: 'PAID', version: 2 });
    expectProblem(await fixture.call(order, 'reopen', {}), 409, 'ORDER_NOT_REOPENABLE');
  });

  it('shipping: a shipment of an order without lines has its description as content', async () => {
    const packer = await ApiKeyClient.create(fixture.shop, fixture.boss, { scopes: ['orders:ship'] });
    const order = await fixture.createPaid({ shipping: 'required', description: '龙井茶礼盒' });
    const parcel = { kind: 'EXPRESS', carrier: 'ZTO', trackingNo: `ZT${order.orderNo}` };
    expect(await packer.call('POST', `orders/${order.orderNo}/shipments`, parcel)).toMatchObject({
      status: 201,
      body: { itemDesc: '龙井茶礼盒', state: 'WAITING' },
    });
    await fixture.runJobsAfter({ minutes: 2 });
    expect((await packer.call('GET', `orders/${order.orderNo}/shipments`)).body).toMatchObject({
      items: [{ state: 'UPLOADED' }],
    });
  });

  it('shipping: a paid order is listed as unshipped only if it asks for it', async () => {
    const [none, required] = [await fixture.createPaid(), await fixture.createPaid({ shipping: 'required' })];
    const { body } = await fixture.boss.call<PageJson<PaymentOrderJson>>('GET', 'orders?shipping=unshipped&limit=100');
    const listed = body.items.map(({ orderNo }) => orderNo);
    expect([none, required].map(({ orderNo }) => listed.includes(orderNo))).toEqual([false, true]);
    const rows = (await fixture.shop.firstInstance.findAll(Order)).filter(({ orderNo }) => orderNo === none.orderNo);
    expect(rows).toMatchObject([{ status: 'PAID', toShipSince: null }]);
  });
});
