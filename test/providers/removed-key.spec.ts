import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRequest } from '../../tools/client/http.js';
import { PaymentProviderRegistry } from '../../src/wechat/pay/payment-provider-registry.js';
import { logInStaff } from '../contract/support/test-staff.js';
import type { TestBuyer } from '../support/clients/test-buyer.js';
import { LIVE_ENVIRONMENT } from '../support/fixtures/merchant-environment.js';
import { type Instance, openTestShop, type TestShop } from '../support/test-shop.js';

const APP_V1_KEYS = {
  WECHAT_V1_PARTNER_KEY: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  WECHAT_V1_PAY_SIGN_KEY: 'V1PaySignKeyDemo'.repeat(8),
};

describe('a shop that has removed the v2 key', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let withoutKey: Instance;
  const at = 1;

  beforeAll(async () => {
    shop = await openTestShop({ environment: { ...LIVE_ENVIRONMENT, SESSION_TTL_SECONDS: '2592000' } });
    withoutKey = await shop.startInstance({ WECHAT_API_KEY: '', ...APP_V1_KEYS });
    alice = await shop.createUser('alice');
  });
  afterAll(() => shop.close());

  it('does not start while no other protocol is configured', async () => {
    await expect(shop.startInstance({ WECHAT_API_KEY: '' })).rejects.toThrow(
      /WECHAT_API_KEY is required.*WECHAT_V1_PARTNER_KEY and WECHAT_V1_PAY_SIGN_KEY/,
    );
  });

  it.each(['payment', 'refund'])('answers 404 to v2 notices: %s', async (kind) => {
    const notice = { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<xml></xml>' } as const;
    expect(await sendRequest(`${withoutKey.url}/wechat/notify/${kind}`, notice)).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect(await sendRequest(`${shop.url}/wechat/notify/${kind}`, notice)).toMatchObject({ status: 200 });
  });

  it('begins no payment, and leaves an order that was begun with v2 undecided until the key is back', async () => {
    const registry = withoutKey.app.get(PaymentProviderRegistry);
    expect(registry.of('wechat-v2').isConfigured).toBe(false);
    const fresh = await alice.createOrder({ productId: await shop.createProduct() });
    expect(await alice.tryStartPayment(fresh, 'JSAPI', at)).toMatchObject({
      status: 409,
      body: { code: 'ORDER_NOT_PAYABLE', detail: expect.stringContaining('JSAPI') },
    });

    const order = await alice.createOrder({ productId: await shop.createProduct() });
    await shop.wechat.injectFault({ endpoint: 'notice', kind: 'lose' });
    const started = await alice.startPayment(order);
    expect(await alice.confirmPayment(started)).toBe('requestPayment:ok');
    const [payment] = await shop.getPayments(order.orderNo);
    if (!payment) throw new Error('no payment');
    const unknown = { kind: 'unknown', failure: { kind: 'NOT_CONFIGURED' } };
    const provider = registry.of(payment.channel);
    expect(await provider.queryPayment(payment)).toMatchObject(unknown);
    expect(await provider.closePayment(payment)).toMatchObject(unknown);
    expect(await provider.queryRefund('RF1', payment)).toMatchObject(unknown);
    const synced = await alice.call('POST', `orders/${order.orderNo}/sync`, undefined, { at });
    expect(synced).toMatchObject({ status: 502, body: { code: 'WECHAT_UNAVAILABLE' } });
    const ours = await alice.call('POST', `orders/${order.orderNo}/sync`);
    expect(ours).toMatchObject({ status: 200, body: { status: 'PAID' } });
  });

  it('leaves the refund of a v2 payment undecided, and sends it once when the key is back', async () => {
    const order = await alice.createOrder({ productId: await shop.createProduct() });
    await alice.pay(order);
    expect(await alice.syncOrder(order)).toMatchObject({ status: 200, body: { status: 'PAID' } });
    const { refundNo } = await alice.requestRefund(order);
    const boss = await logInStaff(shop, 'boss');
    const refund = async (): Promise<Record<string, unknown>> => (await boss.call('GET', `refunds/${refundNo}`)).body;
    const countSent = async (): Promise<number> =>
      (await shop.wechat.getMessages('/secapi/pay/refund')).filter(({ request }) => request.includes(refundNo)).length;

    const approved = await boss.call('POST', `refunds/${refundNo}/approve`, {}, at);
    expect(approved).toMatchObject({ status: 200, body: { status: 'PROCESSING' } });
    for (let hour = 0; hour < 3; hour++) {
      await shop.wechat.advanceTime({ hours: 1 });
      await withoutKey.runJobs();
      expect(await refund()).toMatchObject({ status: 'PROCESSING' });
    }
    expect(await countSent()).toBe(0);

    // The shop has set the key again: only the instance with it is left.
    await shop.wechat.advanceTime({ hours: 24 });
    await shop.firstInstance.runJobs();
    await shop.wechat.advanceTime({ hours: 1 });
    await shop.runJobs();
    expect(await refund()).toMatchObject({ status: 'SUCCEEDED' });
    expect(await countSent()).toBe(1);
    const ledger = await shop.wechat.control('GET', 'ledger');
    const lines = (ledger.body as { items: { out_trade_no: string; refundedFen: number; refunds: unknown[] }[] }).items;
    expect(lines.filter((line) => line.out_trade_no.startsWith(order.orderNo))).toMatchObject([
      { refundedFen: order.payableFen, refunds: [expect.anything()] },
    ]);
  });
});
