import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, fromXml, hasValidSignature, MCH_ID, Message } from '../support/signing.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
afterAll(() => shop.close());

/** Sends a forged notice for a new order and returns what was received. */
async function forged(forge: string): Promise<{ body: string; outTradeNo: string }> {
  const { outTradeNo } = await shop.placeOrder();
  shop.notices.length = 0;
  const { status, body } = await shop.control('POST', `/orders/${outTradeNo}/notify`, { forge });
  expect({ status, body }).toMatchObject({ status: 200, body: { attempts: [{ forgery: forge }] } });
  return { body: shop.notices[0]?.body ?? '', outTradeNo };
}

it.each<[string, boolean, Message]>([
  ['wrong-sign', false, {}],
  ['tampered-fee', false, { total_fee: '1' }],
  ['other-appid', true, { appid: 'wx0123456789abcdef' }],
  ['other-mch', true, { mch_id: '1900000999' }],
  ['lower-fee', true, { total_fee: '1287' }],
  ['higher-fee', true, { total_fee: '1289' }],
  ['foreign-currency', true, { fee_type: 'USD' }],
  ['unknown-order', true, { out_trade_no: 'NOSUCHORDER00001' }],
  ['failed-result', true, { result_code: 'FAIL' }],
])('simulator forged payment notices: %s is validly signed: %s', async (kind, isSigned, content) => {
  const { body, outTradeNo } = await forged(kind);
  const notice = await fromXml(body);
  expect(notice).toMatchObject({ appid: APPID, mch_id: MCH_ID, out_trade_no: outTradeNo, ...content });
  expect(hasValidSignature(notice)).toBe(isSigned);
});

it('simulator forged payment notices: no-sign, empty-sign, missing-fee and failed-return lack the named element', async () => {
  expect(await fromXml((await forged('no-sign')).body)).not.toHaveProperty('sign');
  expect(await fromXml((await forged('empty-sign')).body)).toMatchObject({ sign: '' });
  expect(await fromXml((await forged('missing-fee')).body)).not.toHaveProperty('total_fee');
  expect(await fromXml((await forged('failed-return')).body)).toEqual({ return_code: 'FAIL', return_msg: '系统错误' });
});

it('simulator forged payment notices: other-order replays the genuine notice of another payment', async () => {
  const other = await shop.placeOrder();
  await shop.pay(other.prepayId, { notify: 'lost' });
  const notice = await fromXml((await forged('other-order')).body);
  expect(notice['out_trade_no']).toBe(other.outTradeNo);
  expect(hasValidSignature(notice)).toBe(true);
});

it.each<[string, RegExp]>([
  ['doctype', /^<!DOCTYPE xml>\n<xml>/],
  ['external-entity', /SYSTEM "file:.*&secret;/s],
  ['entity-bomb', /<!ENTITY b "(&a;){10}">.*<!ENTITY i "(&h;){10}">.*&i;/s],
  ['duplicate-element', /<total_fee>1<\/total_fee><\/xml>$/],
  ['truncated', /^<xml>(?!.*<\/xml>)/s],
  ['empty', /^$/],
  ['garbage', /return_code SUCCESS/],
  ['json', /^\{/],
  ['huge', /x{2000000}/],
])('simulator forged payment notices: %s is unreadable', async (kind, pattern) => {
  expect((await forged(kind)).body).toMatch(pattern);
});

it('simulator forged payment notices: the genuine notice needs a payment; extra elements are signed', async () => {
  const { outTradeNo, prepayId } = await shop.placeOrder();
  expect((await shop.control('POST', `/orders/${outTradeNo}/notify`, {})).status).toBe(409);
  await shop.pay(prepayId, { notify: 'lost' });
  shop.notices.length = 0;
  const input = { times: 2, connections: 2, signType: 'HMAC-SHA256', extra: { promotion_detail: '{"a":[]}' } };
  const { body } = await shop.control('POST', `/orders/${outTradeNo}/notify`, input);
  expect(body['attempts']).toHaveLength(4);
  const notice = await fromXml(shop.notices[0]?.body ?? '');
  expect(notice).toMatchObject({ promotion_detail: '{"a":[]}', sign: expect.stringMatching(/^.{64}$/) });
  expect(hasValidSignature(notice)).toBe(true);
});
