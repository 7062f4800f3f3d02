import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GOOD_REPLY, MerchantServer } from '../support/merchant-server.js';
import { fromXml } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';
import { V1AppServer } from '../support/v1-app-server.js';
import { md5Of, MOBILE_APPID, PARTNER, sha1Of, readNoticeQuery, V1Fields } from '../support/v1-signing.js';

type Json = Record<string, unknown>;

let shop: MerchantServer;
let app: V1AppServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
  app = new V1AppServer(shop);
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  app.clearToken();
  shop.notices.length = 0;
  shop.answerNotice = (response) => response.end('success');
});
afterAll(() => shop.close());

const firstNotice = () => waitFor('the notice', () => shop.notices[0]);
const noticeState = async (): Promise<Json | undefined> => (await shop.listItems('/notices'))[0];
const isSigned = (trade: V1Fields): boolean => trade['sign'] === md5Of(trade, trade['input_charset'] ?? 'GBK');

async function sendByHand(outTradeNo: string, request: Json): Promise<{ trade: V1Fields; url: string; body: string }> {
  shop.notices.length = 0;
  const { status } = await shop.control('POST', `/orders/${outTradeNo}/notify`, request);
  expect(status).toBe(200);
  const { url = '', body = '' } = shop.notices[0] ?? {};
  return { trade: readNoticeQuery(url), url, body };
}

describe('simulator v1 notices: the notice', () => {
  it('has the trade in its query, signed by MD5, and the payer in its body, signed by SHA1', async () => {
    const { outTradeNo, prepayId } = await app.placeOrder({
      attach: 'a&b=c d',
      transport_fee: '88',
      product_fee: '1200',
    });
    const paid = await app.pay(prepayId, { couponFen: 88 });
    const { method, url, body } = await firstNotice();
    const trade = readNoticeQuery(url);
    expect(method).toBe('POST');
    expect(trade).toMatchObject({
      attach: 'a&b=c d',
      bank_type: '2011',
      discount: '88',
      fee_type: '1',
      input_charset: 'UTF-8',
      out_trade_no: outTradeNo,
      partner: PARTNER,
      product_fee: '1200',
      sign_type: 'MD5',
      total_fee: '1200',
      trade_mode: '1',
      trade_state: '0',
      transaction_id: paid['transaction_id'],
      transport_fee: '88',
    });
    expect(trade['notify_id']).toHaveLength(128);
    expect(isSigned(trade)).toBe(true);
    const payer = await fromXml(body);
    const { AppSignature, SignMethod, ...signed } = payer;
    const lower = Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]);
    expect(AppSignature).toBe(sha1Of(Object.fromEntries(lower) as V1Fields));
    expect([payer['AppId'], SignMethod]).toEqual([MOBILE_APPID, 'sha1']);
    expect(await noticeState()).toMatchObject({ state: 'accepted', tries: 1 });
  });

  it('is in GBK for an order in GBK', async () => {
    await shop.setBehaviours({ varyShape: false });
    const { prepayId } = await app.placeOrder({ attach: '测试', input_charset: 'GBK' });
    await app.pay(prepayId);
    const { url } = await firstNotice();
    expect(url).toContain('?attach=%B2%E2%CA%D4&');
    expect(readNoticeQuery(url)).toMatchObject({ attach: '测试', input_charset: 'GBK' });
    expect(isSigned(readNoticeQuery(url))).toBe(true);
  });

  it('is repeated on the schedule until the response is success, always with the same notify_id', async () => {
    const replies = ['fail', GOOD_REPLY, 'SUCCESS, and thank you'];
    shop.answerNotice = (response) => response.end(replies[shop.notices.length - 1]);
    await app.pay((await app.placeOrder()).prepayId);
    for (const seconds of [15, 15]) {
      await waitFor('a refusal', async () => (await noticeState())?.['state'] === 'waiting');
      await shop.advanceClock(seconds);
    }
    await waitFor('the end', async () => (await noticeState())?.['state'] === 'accepted');
    expect(shop.notices).toHaveLength(3);
    expect(new Set(shop.notices.map(({ url }) => readNoticeQuery(url)['notify_id'])).size).toBe(1);
    expect((await noticeState())?.['attempts']).toMatchObject([
      { reason: 'not success' },
      { reason: 'not success' },
      {},
    ]);
  });

  it('accepts only an exact success with v1Reply, and is a GET with v1NoticeMethod', async () => {
    await shop.setBehaviours({ v1Reply: 'exact', v1NoticeMethod: 'GET' });
    shop.answerNotice = (response) => response.end('SUCCESS');
    await app.pay((await app.placeOrder()).prepayId);
    expect(await firstNotice()).toMatchObject({ method: 'GET', body: '' });
    await waitFor('a refusal', async () => (await noticeState())?.['state'] === 'waiting');
  });

  it('accepts the faults lose, duplicate and forgeries', async () => {
    await shop.addFault({ endpoint: 'v1-notice', kind: 'lose_forever' });
    await app.pay((await app.placeOrder()).prepayId);
    await waitFor('the loss', async () => (await noticeState())?.['state'] === 'lost');
    await shop.addFault({ endpoint: 'v1-notice', kind: 'duplicate', connections: 3 });
    await app.pay((await app.placeOrder()).prepayId);
    await waitFor('three of it', () => shop.notices.length === 3);
    await shop.addFault({ endpoint: 'v1-notice', kind: 'wrong_signature' });
    await app.pay((await app.placeOrder()).prepayId);
    const forged = await waitFor('the forgery', () => shop.notices[3]);
    expect(isSigned(readNoticeQuery(forged.url))).toBe(false);
    await shop.advanceClock(15);
    const genuine = await waitFor('the genuine notice', () => shop.notices[4]);
    expect(isSigned(readNoticeQuery(genuine.url))).toBe(true);
    expect((await shop.control('POST', '/faults', { endpoint: 'notice', kind: 'utf8-sign' })).status).toBe(400);
  });

  it('has a wrong signature at every n-th time with wrongSignatureEvery', async () => {
    await shop.setBehaviours({ wrongSignatureEvery: 2 });
    const { outTradeNo } = await app.createPaidOrder();
    await shop.control('POST', `/orders/${outTradeNo}/notify`, { times: 4 });
    expect(shop.notices.map(({ url }) => isSigned(readNoticeQuery(url)))).toEqual([true, false, true, false]);
  });

  it('signs documented parameters that recorded notices of WeChat lack, undocumented ones, and empty ones', async () => {
    const { outTradeNo } = await app.createPaidOrder();
    await shop.control('POST', `/orders/${outTradeNo}/notify`, { times: 30, extra: { buyer_alias: '买家' } });
    const trades = shop.notices.map(({ url }) => readNoticeQuery(url));
    expect(trades.every(isSigned)).toBe(true);
    expect(trades.every((trade) => trade['buyer_alias'] === '买家' && trade['sim_extra'] !== undefined)).toBe(true);
    for (const name of ['service_version', 'attach']) {
      expect(new Set(trades.map((trade) => name in trade))).toEqual(new Set([true, false]));
    }
  });

  it('can arrive before genprepay has responded', async () => {
    await shop.setBehaviours({ noticeBeforeAnswer: true });
    const { outTradeNo } = await app.placeOrder();
    expect(readNoticeQuery(shop.notices[0]?.url ?? '')).toMatchObject({ out_trade_no: outTradeNo, trade_state: '0' });
  });

  it('is in the exchange log as it was sent', async () => {
    const { outTradeNo, prepayId } = await app.placeOrder();
    await app.pay(prepayId);
    await waitFor('the end', async () => (await noticeState())?.['state'] === 'accepted');
    const sent = (await shop.listItems(`/messages?out_trade_no=${outTradeNo}`)).find(
      ({ direction }) => direction === 'sent',
    );
    expect(sent).toMatchObject({ method: 'POST', path: shop.notifyUrl, verdict: 'accepted' });
    expect(sent?.['request']).toContain('trade_state=0');
  });
});

describe('simulator v1 notices: a forged notice', () => {
  it.each<[string, V1Fields]>([
    ['lower-fee', { total_fee: '1287' }],
    ['higher-fee', { total_fee: '1289' }],
    ['other-partner', { partner: '1900000999' }],
    ['foreign-currency', { fee_type: '2' }],
    ['unknown-order', { out_trade_no: 'NOSUCHORDER00001' }],
    ['failed-result', { trade_state: '1', pay_info: '支付失败' }],
  ])('%s is validly signed, with changed content', async (forge, content) => {
    const { outTradeNo } = await app.placeOrder();
    const { trade } = await sendByHand(outTradeNo, { forge });
    expect(trade).toMatchObject(content);
    expect(isSigned(trade)).toBe(true);
  });

  it.each(['no-sign', 'empty-sign', 'wrong-sign', 'tampered-fee', 'utf8-sign'])(
    '%s is not validly signed',
    async (forge) => {
      const { outTradeNo } = await app.createPaidOrder({ input_charset: 'GBK' });
      expect(isSigned((await sendByHand(outTradeNo, { forge })).trade)).toBe(false);
    },
  );

  it('utf8-sign is signed over UTF-8 instead of GBK', async () => {
    const { outTradeNo } = await app.createPaidOrder({ input_charset: 'GBK', attach: '测试' });
    const { trade } = await sendByHand(outTradeNo, { forge: 'utf8-sign' });
    expect(trade).toMatchObject({ attach: '测试', sign: md5Of(trade, 'UTF-8') });
  });

  it('other-order is the genuine notice of another payment', async () => {
    const first = await app.createPaidOrder();
    const { outTradeNo } = await app.createPaidOrder();
    const { trade } = await sendByHand(outTradeNo, { forge: 'other-order' });
    expect(trade).toMatchObject({ out_trade_no: first.outTradeNo, transaction_id: first.transactionId });
    expect(isSigned(trade)).toBe(true);
  });

  it.each<[string, RegExp]>([
    ['doctype', /^<!DOCTYPE/],
    ['entity-bomb', /<!ENTITY/],
    ['external-entity', /SYSTEM/],
    ['truncated', /^<xml>(?![\s\S]*<\/xml>)/],
    ['empty', /^$/],
    ['json', /^\{/],
    ['other-appid', /wx0123456789abcdef/],
  ])('%s has a genuine query and another body', async (forge, body) => {
    const { outTradeNo } = await app.createPaidOrder();
    const sent = await sendByHand(outTradeNo, { forge });
    expect(isSigned(sent.trade)).toBe(true);
    expect(sent.body).toMatch(body);
  });

  it.each<[string, RegExp]>([
    ['duplicate-parameter', /total_fee=1288&.*&total_fee=1$/],
    ['empty-query', /\/notify\??$/],
    ['broken-encoding', /\?attach=%ZZ/],
  ])('%s has an invalid query', async (forge, url) => {
    const { outTradeNo } = await app.createPaidOrder();
    expect((await sendByHand(outTradeNo, { forge })).url).toMatch(url);
  });

  it('has other kinds than a v2 notice', async () => {
    const { outTradeNo } = await app.createPaidOrder();
    const notify = async (number: string, forge: string): Promise<number> =>
      (await shop.control('POST', `/orders/${number}/notify`, { forge })).status;
    expect(await notify(outTradeNo, 'failed-return')).toBe(400);
    expect(await notify((await shop.createPaidOrder()).outTradeNo, 'utf8-sign')).toBe(400);
  });
});
