import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

describe('simulator unifiedorder: the same out_trade_no again', () => {
  it('returns the same prepay_id for the same parameters; nonce and IP may differ', async () => {
    const order = shop.buildOrder();
    const first = await shop.call('unifiedorder', order);
    const again = await shop.call('unifiedorder', { ...order, spbill_create_ip: '2001:db8::7' });
    expect(again).toMatchObject({ result_code: 'SUCCESS', prepay_id: first['prepay_id'] });
  });

  it('returns a new prepay_id beside the old one with prepayIdOnReentry; both can be paid', async () => {
    await shop.setBehaviours({ prepayIdOnReentry: 'new' });
    const order = shop.buildOrder();
    const first = await shop.call('unifiedorder', order);
    const again = await shop.call('unifiedorder', order);
    expect(again['prepay_id']).not.toBe(first['prepay_id']);
    expect(await shop.pay(first['prepay_id'] ?? '')).toMatchObject({ errMsg: 'requestPayment:ok' });
    expect(await shop.pay(again['prepay_id'] ?? '')).toMatchObject({ reason: 'ORDERPAID' });
  });

  it.each([
    [{ total_fee: '1289' }],
    [{ body: 'other' }],
    [{ notify_url: 'https://shop.example.com/elsewhere' }],
    [{ attach: '' }],
    [{ sign_type: 'HMAC-SHA256' }],
    [{ trade_type: 'NATIVE', product_id: 'pen-01' }],
  ])('is a duplicate with %j', async (changes) => {
    const order = shop.buildOrder({ attach: 'a' });
    await shop.call('unifiedorder', order);
    const duplicate = await shop.call('unifiedorder', { ...order, ...changes });
    expect(duplicate).toMatchObject({ err_code: 'INVALID_REQUEST', err_code_des: '201 商户订单号重复' });
    await shop.setBehaviours({ duplicateAnswer: 'OUT_TRADE_NO_USED' });
    expect(await shop.call('unifiedorder', { ...order, ...changes })).toMatchObject({ err_code: 'OUT_TRADE_NO_USED' });
  });

  it('is refused once it is paid or closed', async () => {
    const paid = shop.buildOrder();
    await shop.call('unifiedorder', paid);
    await shop.control('POST', `/orders/${paid['out_trade_no'] ?? ''}/pay`, {});
    expect(await shop.call('unifiedorder', { ...paid, total_fee: '1' })).toMatchObject({ err_code: 'ORDERPAID' });
    const closed = shop.buildOrder();
    await shop.call('unifiedorder', closed);
    await shop.closeOrder(closed['out_trade_no'] ?? '');
    expect(await shop.call('unifiedorder', closed)).toMatchObject({ err_code: 'ORDERCLOSED' });
  });

  it('renews an expired prepay_id after two hours', async () => {
    const order = shop.buildOrder();
    const first = (await shop.call('unifiedorder', order))['prepay_id'] ?? '';
    await shop.advanceClock(7201);
    expect(await shop.pay(first)).toMatchObject({ reason: 'prepay_id' });
    const second = (await shop.call('unifiedorder', order))['prepay_id'] ?? '';
    expect(second).not.toBe(first);
    expect(await shop.pay(second)).toMatchObject({ errMsg: 'requestPayment:ok' });
  });

  it('makes an order payable again after its time_expire; the order was NOTPAY all the time', async () => {
    const inTenMinutes = new Date(shop.wechat.clock.now().getTime() + 8 * 3_600_000 + 600_000);
    const order = shop.buildOrder({ time_expire: inTenMinutes.toISOString().replace(/\D/g, '').slice(0, 14) });
    const prepayId = (await shop.call('unifiedorder', order))['prepay_id'] ?? '';
    await shop.advanceClock(601);
    expect(await shop.pay(prepayId)).toMatchObject({ reason: 'time_expire' });
    expect(await shop.query(order['out_trade_no'] ?? '')).toMatchObject({ trade_state: 'NOTPAY' });
    await shop.call('unifiedorder', order);
    expect(await shop.pay(prepayId)).toMatchObject({ errMsg: 'requestPayment:ok' });
  });
});
