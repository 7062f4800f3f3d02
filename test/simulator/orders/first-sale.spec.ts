import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, fromXml, hasValidSignature, SECRET } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

describe('simulator: a complete sale', () => {
  let shop: MerchantServer;
  beforeAll(async () => {
    shop = await MerchantServer.start();
  });
  afterAll(() => shop.close());

  it('works from login, order and payment to the notice and the query', async () => {
    const code = (await shop.control('POST', '/codes', {})).body;
    const query = new URLSearchParams({
      appid: APPID,
      secret: SECRET,
      js_code: String(code['code']),
      grant_type: 'authorization_code',
    });
    const session = await fetch(`${shop.wechat.url}/sns/jscode2session?${query.toString()}`).then(
      (response) => response.json() as Promise<Record<string, string>>,
    );
    expect(session).toEqual({ openid: code['openid'], session_key: expect.stringMatching(/^.{24}$/) });
    const openid = session['openid'] ?? '';

    const { outTradeNo, prepayId, answer } = await shop.placeOrder({ openid, device_info: 'WEB', attach: 'a&b=<1>' });
    expect(hasValidSignature(answer)).toBe(true);
    expect(prepayId).toMatch(/^wx\d{14}[0-9a-f]{20}$/);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY', result_code: 'SUCCESS' });

    const paid = await shop.pay(prepayId, { openid });
    expect(paid).toMatchObject({ errMsg: 'requestPayment:ok' });

    const received = await waitFor('the notice', () => shop.notices[0]);
    const notice = await fromXml(received.body);
    expect(hasValidSignature(notice)).toBe(true);
    expect(notice).toMatchObject({
      out_trade_no: outTradeNo,
      total_fee: '1288',
      cash_fee: '1288',
      attach: 'a&b=<1>',
      transaction_id: paid['transaction_id'],
    });
    const answered = await shop.query(outTradeNo);
    expect(hasValidSignature(answered)).toBe(true);
    expect(answered).toMatchObject({ trade_state: 'SUCCESS', transaction_id: paid['transaction_id'], openid });
    await waitFor('the notice is done', async () => (await shop.listItems('/notices'))[0]?.['state'] === 'accepted');
    expect((await shop.control('GET', '/ledger')).body['totals']).toEqual({
      orders: 1,
      paidOrders: 1,
      paidFen: 1288,
      refundedFen: 0,
      refundingFen: 0,
      abnormalFen: 0,
    });
  });
});
