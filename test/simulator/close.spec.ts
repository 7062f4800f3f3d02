import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Shop } from './support/shop.js';
import { until } from './support/until.js';

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

describe('closing an order', () => {
  it('ends it for good', async () => {
    const { outTradeNo, prepayId } = await shop.places();
    expect(await shop.closes(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'CLOSED', attach: '' });
    expect(await shop.pays(prepayId)).toMatchObject({ reason: 'ORDERCLOSED' });
    expect((await shop.control('POST', `/orders/${outTradeNo}/pay`, {})).status).toBe(409);
    expect((await shop.control('POST', `/orders/${outTradeNo}/state`, { state: 'SUCCESS' })).status).toBe(409);
  });

  it('twice is ORDERCLOSED, or SUCCESS in the mode for it', async () => {
    const { outTradeNo } = await shop.places();
    await shop.closes(outTradeNo);
    expect(await shop.closes(outTradeNo)).toMatchObject({ err_code: 'ORDERCLOSED' });
    await shop.behaves({ closeTwice: 'SUCCESS' });
    expect(await shop.closes(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('that was paid or never made says so', async () => {
    const { outTradeNo, prepayId } = await shop.places();
    await shop.pays(prepayId);
    expect(await shop.closes(outTradeNo)).toMatchObject({ err_code: 'ORDERPAID' });
    expect(await shop.closes('NEVERMADE01')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(await shop.query('NEVERMADE01')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
  });

  it('against a payment: exactly one of them wins, again and again', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { outTradeNo, prepayId } = await shop.places();
      const both = [shop.closes(outTradeNo), shop.pays(prepayId)] as const;
      const [close, payment] =
        round % 2 === 0 ? await Promise.all(both) : (await Promise.all([...both].reverse())).reverse();
      const isClosed = close?.['result_code'] === 'SUCCESS';
      const isPaid = payment?.['errMsg'] === 'requestPayment:ok';
      expect([isClosed, isPaid].filter(Boolean)).toHaveLength(1);
      expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: isPaid ? 'SUCCESS' : 'CLOSED' });
    }
  });

  it('younger than five minutes may be ignored silently', async () => {
    await shop.behaves({ earlyClose: 'ignore' });
    const { outTradeNo } = await shop.places();
    expect(await shop.closes(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    await shop.timePasses(300);
    await shop.closes(outTradeNo);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('while the payer types the password wins, or is refused in the mode for it', async () => {
    const { outTradeNo, prepayId } = await shop.places();
    await shop.control('POST', `/orders/${outTradeNo}/state`, { state: 'USERPAYING' });
    await shop.behaves({ closeWhilePaying: 'TRADE_STATE_ERROR' });
    expect(await shop.closes(outTradeNo)).toMatchObject({ err_code: 'TRADE_STATE_ERROR' });
    await shop.behaves({ closeWhilePaying: 'close' });
    expect(await shop.closes(outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.pays(prepayId)).toMatchObject({ reason: 'ORDERCLOSED' });
  });

  it('is done by WeChat after seven days, not earlier', async () => {
    const { outTradeNo } = await shop.places();
    await shop.timePasses(7 * 86_400 - 60);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    await shop.timePasses(60);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('never happens to a paid one: not after a week, and not by force', async () => {
    const { outTradeNo, prepayId } = await shop.places();
    await shop.pays(prepayId, { notify: 'lost' });
    await shop.timePasses(8 * 86_400);
    expect((await shop.control('POST', `/orders/${outTradeNo}/state`, { state: 'CLOSED' })).status).toBe(409);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
  });

  it('or anything else planned is off after a reset', async () => {
    const { outTradeNo } = await shop.places();
    const plan = { state: 'USERPAYING', thenState: 'SUCCESS', afterSeconds: 30 };
    await shop.control('POST', `/orders/${outTradeNo}/state`, plan);
    await shop.control('POST', '/reset');
    let isDone = false;
    shop.wechat.clock.at(new Date(shop.wechat.clock.now().getTime() + 30_000), () => (isDone = true));
    await shop.timePasses(31);
    await until('the time is over', () => isDone);
    expect(await shop.list('/notices')).toEqual([]);
  });
});
