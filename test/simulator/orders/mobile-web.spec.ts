import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { fromXml, OPENID } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  shop.notices.length = 0;
});
afterAll(() => shop.close());

const REFERER = 'https://m.shop.example.com/pay';
const WAP = { type: 'Wap', wap_url: 'https://m.shop.example.com', wap_name: 'Shop' };
const MWEB = { trade_type: 'MWEB', openid: '', scene_info: JSON.stringify({ h5_info: WAP }) };

async function placed(changes: Record<string, string> = {}): Promise<{ outTradeNo: string; mwebUrl: string }> {
  const { outTradeNo, answer } = await shop.placeOrder({ ...MWEB, ...changes });
  return { outTradeNo, mwebUrl: answer['mweb_url'] ?? '' };
}

/** A mobile browser that comes from a page of the shop. */
async function visit(url: string, headers: Record<string, string> = { referer: REFERER }): Promise<string> {
  const response = await fetch(url, { headers });
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return response.text();
}

function submit(url: string, form: Record<string, string>): Promise<Response> {
  return fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });
}

describe('simulator mobile web: the page behind an mweb_url', () => {
  it('shows the order, and can be paid once', async () => {
    const { outTradeNo, mwebUrl } = await placed({ body: '茶 <b>' });
    expect(new URL(mwebUrl).origin).toBe(shop.wechat.url);
    const page = await visit(mwebUrl);
    expect(page).toContain('¥12.88');
    expect(page).toContain('茶 &lt;b&gt;');
    expect(page).toContain(OPENID);
    expect(await (await submit(mwebUrl, { openid: OPENID, outcome: 'ok' })).text()).toContain('支付成功');
    const notice = await fromXml((await waitFor('the notice', () => shop.notices[0])).body);
    expect(notice).toMatchObject({ trade_type: 'MWEB', out_trade_no: outTradeNo, openid: OPENID });
    expect(await visit(mwebUrl)).toContain('该订单已支付');
    expect((await shop.control('GET', '/ledger')).body).toMatchObject({ totals: { paidFen: 1288 } });
  });

  it('redirects to redirect_url, paid or not', async () => {
    const { outTradeNo, mwebUrl } = await placed();
    const url = `${mwebUrl}&redirect_url=${encodeURIComponent('https://m.shop.example.com/back?a=1')}`;
    expect(await visit(url)).toContain('¥12.88');
    const cancelled = await submit(url, { outcome: 'cancel' });
    expect([cancelled.status, cancelled.headers.get('location')]).toEqual([303, 'https://m.shop.example.com/back?a=1']);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    expect((await submit(url, { openid: '', outcome: 'ok' })).status).toBe(303);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
    const { mwebUrl: other } = await placed();
    const script = await submit(`${other}&redirect_url=javascript:alert(1)`, { outcome: 'cancel' });
    expect(script.status).not.toBe(303);
  });

  it('refuses a browser without Referer, from an unregistered domain, or inside WeChat', async () => {
    const { mwebUrl } = await placed();
    expect(await visit(mwebUrl, {})).toContain('商家参数格式有误，请联系商家解决');
    const inside = { referer: REFERER, 'user-agent': 'Mozilla/5.0 MicroMessenger/8.0.49' };
    expect(await visit(mwebUrl, inside)).toContain('请在微信外打开订单，进行支付');
    await shop.control('PUT', '/merchant', { h5Domains: ['shop.example.com'] });
    expect(await visit(mwebUrl)).toContain('¥12.88');
    const strange = { referer: 'https://notshop.example.com/' };
    expect(await visit(mwebUrl, strange)).toContain('商家存在未配置的参数，请联系商家解决');
  });

  it('expires after five minutes; the same order again returns the expired link or a new one', async () => {
    const order = shop.buildOrder(MWEB);
    const outTradeNo = order['out_trade_no'] ?? '';
    const place = async (): Promise<string> => (await shop.call('unifiedorder', order))['mweb_url'] ?? '';
    const mwebUrl = await place();
    expect(await place()).toBe(mwebUrl);
    await shop.advanceClock(299);
    expect(await visit(mwebUrl)).toContain('¥12.88');
    await shop.advanceClock(1);
    expect(await visit(mwebUrl)).toContain('支付请求已失效，请重新发起支付');
    await submit(mwebUrl, { openid: OPENID, outcome: 'ok' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
    expect(await place()).toBe(mwebUrl);
    await shop.setBehaviours({ mwebUrlOnReentry: 'new' });
    expect(await visit(await place())).toContain('¥12.88');
    expect(await visit(mwebUrl)).toContain('支付请求已失效，请重新发起支付');
  });

  it('rejects a link with other parameters', async () => {
    const { mwebUrl } = await placed();
    expect(await visit(mwebUrl.replace(/package=\d+/, 'package=1'))).toContain('商家参数格式有误');
    expect(await visit(mwebUrl.replace('prepay_id', 'prepayid'))).toContain('商家参数格式有误');
  });

  it('has WeChat’s real host with mwebUrlHost; the cashier accepts both', async () => {
    await shop.setBehaviours({ mwebUrlHost: 'wx.tenpay.com' });
    const { mwebUrl } = await placed();
    expect(mwebUrl).toMatch(/^https:\/\/wx\.tenpay\.com\/cgi-bin\/mmpayweb-bin\/checkmweb\?prepay_id=wx/);
    const paid = await shop.control('POST', '/cashier/mweb', { openid: OPENID, mwebUrl });
    expect(paid.body).toMatchObject({ errMsg: 'requestPayment:ok' });
  });
});

describe('simulator mobile web: an MWEB order', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['no JSON', 'Wap'],
    ['a shop', '{"store_info":{"id":"S001"}}'],
    ['an empty h5_info', '{"h5_info":{}}'],
    ['a site without its name', '{"h5_info":{"type":"Wap","wap_url":"https://shop.example.com"}}'],
    ['another type', '{"h5_info":{"type":"Web","wap_url":"https://shop.example.com","wap_name":"Shop"}}'],
  ])('is refused when scene_info is invalid: %s', async (_what, scene_info) => {
    expect(await shop.call('unifiedorder', shop.buildOrder({ ...MWEB, scene_info }))).toMatchObject({
      return_msg: 'scene_info参数格式错误',
    });
  });

  it.each([
    { type: 'IOS', app_name: 'Shop', bundle_id: 'com.example.shop' },
    { type: 'Android', app_name: 'Shop', package_name: 'com.example.shop' },
  ])('is accepted from an app: $type', async (place) => {
    const scene_info = JSON.stringify({ h5_info: place });
    expect((await placed({ scene_info })).mwebUrl).toContain('prepay_id=wx');
  });

  it('is refused with mwebUrlInFailure, with an mweb_url but no prepay_id', async () => {
    await shop.setBehaviours({ mwebUrlInFailure: true });
    const order = shop.buildOrder(MWEB);
    await shop.call('unifiedorder', order);
    const refused = await shop.call('unifiedorder', { ...order, total_fee: '1' });
    expect(refused).toMatchObject({ result_code: 'FAIL', err_code: 'INVALID_REQUEST' });
    expect(refused['mweb_url']).toContain('checkmweb?prepay_id=&package=');
  });
});

it('simulator cashier: the QR code of a NATIVE order is valid for two hours', async () => {
  const { outTradeNo, answer } = await shop.placeOrder({ trade_type: 'NATIVE', product_id: 'pen-01', openid: '' });
  const scan = { openid: OPENID, codeUrl: answer['code_url'] };
  await shop.advanceClock(7199);
  expect((await shop.control('POST', '/cashier/scan', { ...scan, outcome: 'cancel' })).body).toMatchObject({
    reason: 'cancel',
  });
  await shop.advanceClock(1);
  expect((await shop.control('POST', '/cashier/scan', scan)).body).toMatchObject({ reason: 'prepay_id' });
  expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'NOTPAY' });
});
