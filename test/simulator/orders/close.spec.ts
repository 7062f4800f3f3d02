import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { waitFor } from '../support/wait-for.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

describe('simulator closeorder', () => {
  it('closes an order for good', async () => {
    const { outTradeNo, prepayId } = await shop.placeOrder();
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'CLOSED', attach: '' });
    expect(await shop.pay(prepayId)).toMatchObject({ reason: 'ORDERCLOSED' });
    expect((await shop.control('POST', `/orders/${outTradeNo}/pay`, {})).status).toBe(409);
    expect((await shop.control('POST', `/orders/${outTradeNo}/state`, { state: 'SUCCESS' })).status).toBe(409);
  });

  it('responds with ORDERCLOSED for a closed order, or SUCCESS with closeTwice', async () => {
    const { outTradeNo } = await shop.placeOrder();
    await shop.closeOrder(outTradeNo);
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ err_code: 'ORDERCLOSED' });
    await shop.setBehaviours({ closeTwice: 'SUCCESS' });
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('responds with ORDERPAID for a paid order and ORDERNOTEXIST for an unknown one', async () => {
    const { outTradeNo, prepayId } = await shop.placeOrder();
    await shop.pay(prepayId);
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ err_code: 'ORDERPAID' });
    expect(await shop.closeOrder('NEVERMADE01')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(await shop.query('NEVERMADE01')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
  });

  it('of an order that is paid at the same time: exactly one of both succeeds', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { outTradeNo, prepayId } = await shop.placeOrder();
      const both = [shop.closeOrder(outTradeNo), shop.pay(prepayId)] as const;
      const [close, payment] =
        round % 2 === 0 ? await Promise.all(both) : (await Promise.all([...both].reverse())).reverse();
      const isClosed = close?.['result_code'] === 'SUCCESS';
      const isPaid = payment?.['errMsg'] === 'requestPayment:ok';
      expect([isClosed, isPaid].filter(Boolean)).toHaveLength(1);
      expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: isPaid ? 'SUCCESS' : 'CLOSED' });
    }
  });

  it('is ignored in the first five minutes with earlyClose', async () => {
    await shop.setBehaviours({ earlyClose: 'ignore' });
    const { outTradeNo } = await shop.placeOrder();
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    await shop.advanceClock(300);
    await shop.closeOrder(outTradeNo);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('succeeds while the payer enters the password, or is refused with closeWhilePaying', async () => {
    const { outTradeNo, prepayId } = await shop.placeOrder();
    await shop.control('POST', `/orders/${outTradeNo}/state`, { state: 'USERPAYING' });
    await shop.setBehaviours({ closeWhilePaying: 'TRADE_STATE_ERROR' });
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ err_code: 'TRADE_STATE_ERROR' });
    await shop.setBehaviours({ closeWhilePaying: 'close' });
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.pay(prepayId)).toMatchObject({ reason: 'ORDERCLOSED' });
  });

  it('is not needed after seven days, when WeChat closes the order itself', async () => {
    const { outTradeNo } = await shop.placeOrder();
    await shop.advanceClock(7 * 86_400 - 60);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    await shop.advanceClock(60);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('is impossible for a paid order, by time and by force', async () => {
    const { outTradeNo, prepayId } = await shop.placeOrder();
    await shop.pay(prepayId, { notify: 'lost' });
    await shop.advanceClock(8 * 86_400);
    expect((await shop.control('POST', `/orders/${outTradeNo}/state`, { state: 'CLOSED' })).status).toBe(409);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
  });

  it('leaves no planned state after a reset', async () => {
    const { outTradeNo } = await shop.placeOrder();
    const plan = { state: 'USERPAYING', thenState: 'SUCCESS', afterSeconds: 30 };
    await shop.control('POST', `/orders/${outTradeNo}/state`, plan);
    await shop.control('POST', '/reset');
    let isDone = false;
    shop.wechat.clock.schedule(new Date(shop.wechat.clock.now().getTime() + 30_000), () => (isDone = true));
    await shop.advanceClock(31);
    await waitFor('the time is over', () => isDone);
    expect(await shop.listItems('/notices')).toEqual([]);
  });
});
