import { afterEach, describe, expect, it } from '@jest/globals';
import { PaymentProviderRegistry } from '../../../src/wechat/pay/payment-provider-registry.js';
import { SIMULATED_V3_KEY } from '../../../src/config/wechat/v3-settings.js';
import type { RefundJson } from '../../support/clients/test-buyer.js';
import { LIVE_ENVIRONMENT } from '../../support/fixtures/merchant-environment.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';

const [V2_REFUND, V3_REFUND] = ['/secapi/pay/refund', '/v3/refund/domestic/refunds'];
const V2 = { WECHAT_PAY_PROTOCOL: 'v2' };

/** API v2 and API v3 side by side, as docs/decisions/0044-both-protocols.md decides. */
describe('a shop with both protocols', () => {
  let fixture: RefundFixture;
  afterEach(() => fixture.shop.close());

  const channelOf = async (orderNo: string): Promise<string | undefined> =>
    (await fixture.shop.getPayments(orderNo))[0]?.channel;
  const getRefundPaths = async ({ refundNo }: RefundJson): Promise<string[]> =>
    (await fixture.shop.wechat.getPayCalls('refund'))
      .filter(({ out_refund_no }) => out_refund_no === refundNo)
      .map(({ path }) => path);

  it('a payment of v3 is paid, refunded and confirmed with v3', async () => {
    fixture = await RefundFixture.open({ environment: { WECHAT_PAY_PROTOCOL: 'v3' } });
    const order = await fixture.createPaidOrder();
    expect(await channelOf(order.orderNo)).toBe('wechat-v3');
    const refund = await fixture.createApprovedRefund(order, 4000);
    expect(refund).toMatchObject({ status: 'PROCESSING', waitReason: null });
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.getLedger(order)).toMatchObject({ paidFen: 10_000, refundedFen: 4000, refunds: 1 });
    expect(await getRefundPaths(refund)).toEqual([V3_REFUND]);
  });

  it('after the switch an open payment of v2 continues with v2, and new payments begin with v3', async () => {
    fixture = await RefundFixture.open({ environment: V2 });
    const { alice, shop, tea } = fixture;
    const order = await alice.createOrder({ productId: tea });
    const before = await alice.startPayment(order);
    await fixture.withExtraInstance({ WECHAT_PAY_PROTOCOL: 'v3' }, async (at) => {
      const { body: again } = await alice.tryStartPayment<{ outTradeNo: string }>(order, 'JSAPI', at);
      expect(again.outTradeNo).toBe(before.outTradeNo);
      const other = await alice.createOrder({ productId: tea });
      const { body: started } = await alice.tryStartPayment<{ requestPayment: object }>(other, 'JSAPI', at);
      expect(started.requestPayment).toMatchObject({ signType: 'RSA' });
      expect(await channelOf(other.orderNo)).toBe('wechat-v3');
    });
    expect(await alice.confirmPayment(before)).toBe('requestPayment:ok');
    const { body } = await alice.syncOrder(order);
    expect(body).toMatchObject({ status: 'PAID' });
    expect(await shop.getPayments(order.orderNo)).toMatchObject([{ channel: 'wechat-v2' }]);
  });

  it('a payment of v2 is refunded with v2 while its key is set, and with v3 without it', async () => {
    fixture = await RefundFixture.open({ environment: { ...V2, ...LIVE_ENVIRONMENT, ...SIMULATED_V3_KEY } });
    const order = await fixture.createPaidOrder();
    const first = await fixture.createApprovedRefund(order, 1000);
    expect(await getRefundPaths(first)).toEqual([V2_REFUND]);
    await fixture.runJobsAfter({ minutes: 15 });
    await fixture.withExtraInstance({ WECHAT_API_KEY: '', WECHAT_PAY_PROTOCOL: 'v3' }, async (at) => {
      const registry = fixture.shop.instances[at]?.app.get(PaymentProviderRegistry);
      expect(registry?.of('wechat-v2').isConfigured).toBe(false);
      const requested = await fixture.alice.requestRefund(order, { amountFen: 2000 });
      const { body: refund } = await fixture.approveRefund(requested, {}, at);
      expect(refund).toMatchObject({ status: 'PROCESSING', waitReason: null });
      expect(await getRefundPaths(refund)).toEqual([V3_REFUND]);
    });
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 3000, refunds: 2 });
  });

  it('the money of an abnormal refund is sent to the merchant, once WeChat knows the refund as abnormal', async () => {
    fixture = await RefundFixture.open({ environment: { WECHAT_PAY_PROTOCOL: 'v3' } });
    const order = await fixture.createPaidOrder();
    await fixture.shop.wechat.setBehaviours({ refundEnds: 'CHANGE' });
    const refund = await fixture.createApprovedRefund(order, 4000);
    const redirect = (body: object) => fixture.boss.call('POST', `refunds/${refund.refundNo}/redirect`, body);
    expect(await redirect({ to: 'MERCHANT' })).toMatchObject({ status: 409, body: { code: 'REFUND_NOT_DECIDABLE' } });
    await fixture.runJobsAfter({ minutes: 15 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'ABNORMAL', errorCode: 'ABNORMAL' });
    for (const body of [{}, { to: 'ELSEWHERE' }, { to: 'USER_BANK_CARD' }, { to: 'USER_BANK_CARD', bankType: 'X' }])
      expect(await redirect(body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(await redirect({ to: 'MERCHANT' })).toMatchObject({ status: 200 });
    await fixture.runJobsAfter({ hours: 24 });
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await fixture.getLedger(order)).toMatchObject({ refundedFen: 4000, refunds: 1 });
  });
});
