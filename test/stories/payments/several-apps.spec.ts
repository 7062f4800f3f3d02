import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refund } from '../../../src/refund/refund.entity.js';
import {
  AMOUNT_FEN,
  PaymentOrderFixture,
  type PaymentOrderJson,
  type PayOrderJson,
} from '../../support/fixtures/payment-order-fixture.js';
import { byProtocol } from '../../support/wechat/pay-protocol.js';
import { findViolations } from '../../verify/support/find-violations.js';

const SHOP_APP = 'wx8888888888888888';
const [EXTRA_APP, REMOVED_APP] = ['wx6666666666666666', 'wx5555555555555555'];
/** The openid of one person in the shop's own app, and of another person in the further apps. */
const SHARED_OPENID = 'oShared000000000000000000001';
const [BOB, ALICE_ELSEWHERE] = ['oBob000000000000000000000001', 'oAlice0000000000000000000001'];

describe('several apps of one merchant', () => {
  let fixture: PaymentOrderFixture;
  beforeAll(async () => {
    fixture = await PaymentOrderFixture.open({
      environment: { WECHAT_EXTRA_APP_IDS: `${EXTRA_APP},${REMOVED_APP}` },
    });
    const addUser = (openid: string, elsewhere: string): Promise<unknown> =>
      fixture.shop.wechat.control('POST', 'users', {
        openid,
        extraOpenids: { [EXTRA_APP]: elsewhere, [REMOVED_APP]: elsewhere },
      });
    await addUser(SHARED_OPENID, ALICE_ELSEWHERE);
    await addUser(BOB, SHARED_OPENID);
  });
  afterAll(async () => {
    expect(await findViolations(fixture.shop)).toEqual([]);
    await fixture.shop.close();
  });

  const createOrder = (appId?: string): Promise<PaymentOrderJson> =>
    fixture.create({ ...(appId !== undefined && { appId }), payer: { openid: SHARED_OPENID } });
  /** @param person by the openid in the shop's own app. */
  const payAs = (person: string, { requestPayment }: PayOrderJson, notify: 'normal' | 'lost' = 'lost') =>
    fixture.shop.wechat.confirmPayment(person, requestPayment, { notify });
  const createPaid = async (appId: string): Promise<PaymentOrderJson & { outTradeNo: string }> => {
    const pay = await fixture.startPayment(await createOrder(appId));
    expect(await payAs(BOB, pay)).toBe('requestPayment:ok');
    await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo);
    return { ...(await fixture.get(pay)), outTradeNo: pay.outTradeNo };
  };
  const payerAtWechat = async (outTradeNo: string): Promise<unknown> => {
    const { appid, transaction } = await fixture.shop.wechat.getOrder(outTradeNo);
    return { appid, openid: transaction?.openid };
  };
  const refundsOf = async ({ orderNo }: PaymentOrderJson): Promise<Refund[]> =>
    (await fixture.shop.firstInstance.findAll(Refund)).filter((refund) => refund.orderNo === orderNo);

  it('several apps: the same openid in the shop’s own app and in a further app is two payers', async () => {
    const [own, elsewhere] = [await createOrder(), await createOrder(EXTRA_APP)];
    expect([own.appId, elsewhere.appId]).toEqual([null, EXTRA_APP]);
    const [payOwn, payElsewhere] = [await fixture.startPayment(own), await fixture.startPayment(elsewhere)];
    expect([payOwn, payElsewhere].map(({ requestPayment }) => requestPayment['appId'])).toEqual([SHOP_APP, EXTRA_APP]);
    expect(await payAs(BOB, payOwn)).toContain('fail');
    expect(await payAs(SHARED_OPENID, payElsewhere)).toContain('fail');
    expect(await payAs(SHARED_OPENID, payOwn)).toBe('requestPayment:ok');
    expect(await payAs(BOB, payElsewhere)).toBe('requestPayment:ok');
    for (const [order, pay, appid] of [
      [own, payOwn, SHOP_APP],
      [elsewhere, payElsewhere, EXTRA_APP],
    ] as const) {
      expect(await payerAtWechat(pay.outTradeNo)).toEqual({ appid, openid: SHARED_OPENID });
      expect(await fixture.call(order, 'sync')).toMatchObject({ status: 200, body: { status: 'PAID' } });
      expect(await fixture.shop.getPayments(order.orderNo)).toMatchObject([{ appId: appid, status: 'PAID' }]);
    }
  });

  it('several apps: a notice pays the order, but not one that names another app of the merchant', async () => {
    const pay = await fixture.startPayment(await createOrder(EXTRA_APP));
    await payAs(BOB, pay);
    const attempt = `UPDATE payments SET app_id = '${SHOP_APP}' WHERE out_trade_no = '${pay.outTradeNo}'`;
    // A genuine notice for the further app, while the attempt belongs to the shop's own one, and the other way round.
    await fixture.shop.rawUpdate(attempt);
    expect(await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo)).toMatchObject([{ isAccepted: false }]);
    expect((await fixture.get(pay)).status).toBe('PENDING');
    await fixture.shop.rawUpdate(attempt.replace(SHOP_APP, EXTRA_APP));
    expect(await fixture.shop.wechat.sendPaymentNotice(pay.outTradeNo)).toMatchObject([{ isAccepted: true }]);
    expect((await fixture.get(pay)).status).toBe('PAID');

    const own = await fixture.startPayment(await createOrder());
    await payAs(SHARED_OPENID, own);
    await fixture.shop.rawUpdate(
      `UPDATE payments SET app_id = '${EXTRA_APP}' WHERE out_trade_no = '${own.outTradeNo}'`,
    );
    expect(await fixture.shop.wechat.sendPaymentNotice(own.outTradeNo)).toMatchObject([{ isAccepted: false }]);
    await fixture.shop.rawUpdate(`UPDATE payments SET app_id = '${SHOP_APP}' WHERE out_trade_no = '${own.outTradeNo}'`);
    await fixture.call({ orderNo: own.orderNo }, 'sync');
    const results = (await fixture.shop.getEvents(own.outTradeNo)).map(({ type, result }) => `${type} ${result}`);
    expect(results).toContain('NOTICE FOREIGN_MERCHANT');
  });

  it('several apps: a payment in a further app is refunded under that app, and its notice completes the refund', async () => {
    const order = await createPaid(EXTRA_APP);
    expect(order.status).toBe('PAID');
    expect((await fixture.tryRefund(order, { amountFen: 1000 })).status).toBe(201);
    const [refund] = await refundsOf(order);
    expect(refund).toMatchObject({ appId: EXTRA_APP, channel: byProtocol({ v2: 'wechat-v2', v3: 'wechat-v3' }) });
    await fixture.runJobsAfter({ minutes: 15 });
    expect((await refundsOf(order))[0]?.status).toBe('SUCCEEDED');
    expect(await fixture.get(order)).toMatchObject({ refundStatus: 'PARTIAL', refundedFen: 1000, paidFen: AMOUNT_FEN });
  });

  it('several apps: closing queries and closes the attempt under its app', async () => {
    const order = await createOrder(EXTRA_APP);
    const { outTradeNo } = await fixture.startPayment(order);
    await fixture.shop.wechat.setBehaviours({ earlyClose: 'allow' });
    expect(await fixture.call(order, 'close')).toMatchObject({ status: 200, body: { status: 'CLOSED' } });
    expect((await fixture.shop.wechat.getOrder(outTradeNo)).trade_state).toBe('CLOSED');
  });

  it('several apps: a QR code belongs to the named app, and needs no payer', async () => {
    const order = await fixture.create({ appId: EXTRA_APP, payer: undefined });
    const pay = await fixture.startPayment(order, { tradeType: 'NATIVE' });
    expect(await payerAtWechat(pay.outTradeNo)).toMatchObject({ appid: EXTRA_APP });
  });

  it('several apps: a shipment of a payment in a further app is not uploaded with the access token of the shop’s own app', async () => {
    const order = await fixture.create({ appId: EXTRA_APP, payer: { openid: SHARED_OPENID }, shipping: 'required' });
    await payAs(BOB, await fixture.startPayment(order));
    await fixture.call(order, 'sync');
    const shipment = { kind: 'SELF_PICKUP', itemDesc: '龙井茶' };
    const { status, body } = await fixture.boss.call<{ state: string }>(
      'POST',
      `orders/${order.orderNo}/shipments`,
      shipment,
    );
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'NOT_REQUIRED' } });
  });

  it('several apps: an app that is removed from the settings takes no new order, and its payments continue', async () => {
    const facts = { merchantOrderNo: 'removed-1', appId: REMOVED_APP, payer: { openid: SHARED_OPENID } };
    const pending = await fixture.create(facts);
    const paid = await createPaid(REMOVED_APP);
    await fixture.shop.restart({ WECHAT_EXTRA_APP_IDS: EXTRA_APP });
    expect((await fixture.tryCreate({ ...facts, merchantOrderNo: 'removed-2' })).status).toBe(400);
    expect(await fixture.tryCreate(facts)).toMatchObject({ status: 200, body: { orderNo: pending.orderNo } });
    expect(await payAs(BOB, await fixture.startPayment(pending))).toBe('requestPayment:ok');
    expect(await fixture.call(pending, 'sync')).toMatchObject({ body: { status: 'PAID' } });
    expect((await fixture.tryRefund(paid, { amountFen: 1000 })).status).toBe(201);
    await fixture.runJobsAfter({ minutes: 15 });
    expect((await fixture.get(paid)).refundedFen).toBe(1000);
  });
});
