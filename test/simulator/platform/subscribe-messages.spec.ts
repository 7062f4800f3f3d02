import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DEMO_TEMPLATES } from '../../../packages/wechat-pay-simulator/src/messages/wechat-template-store.js';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, OPENID, SECRET } from '../support/signing.js';

type Json = Record<string, unknown>;

const TEMPLATE = DEMO_TEMPLATES[0]?.templateId ?? '';
/** The example of the documents. */
const VALUES: Readonly<Record<string, unknown>> = {
  character_string1: 'SHOP20261121000001',
  amount2: '￥12.88',
  date3: '2026-11-21 12:00',
  thing4: '演示商城-文具',
};

let shop: MerchantServer;
let token: string;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  token = await freshToken();
});
afterAll(() => shop.close());

async function freshToken(): Promise<string> {
  const body = JSON.stringify({ grant_type: 'client_credential', appid: APPID, secret: SECRET });
  const answer = await fetch(`${shop.wechat.url}/cgi-bin/stable_token`, { method: 'POST', body });
  return String(((await answer.json()) as Json)['access_token']);
}

function dataOf(values: Readonly<Record<string, unknown>>): Json {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
}

async function send(changes: Json = {}, init: { token?: string; body?: string; method?: string } = {}): Promise<Json> {
  const message = { touser: OPENID, template_id: TEMPLATE, data: dataOf(VALUES), ...changes };
  const address = `${shop.wechat.url}/cgi-bin/message/subscribe/send?access_token=${init.token ?? token}`;
  const { method = 'POST' } = init;
  const body = method === 'GET' ? undefined : (init.body ?? JSON.stringify(message));
  const response = await fetch(address, { method, ...(body !== undefined && { body }) });
  expect(response.status).toBe(200);
  return (await response.json()) as Json;
}

const agree = (templateIds: string[] = [TEMPLATE], more: Json = {}) =>
  shop.control('POST', `/users/${OPENID}/consents`, { templateIds, ...more });

describe('simulator subscribe messages: a message', () => {
  it('is delivered once for each consent, with its values', async () => {
    await agree();
    await agree();
    expect(await send({ page: 'pages/order/order?orderNo=1', miniprogram_state: 'trial', lang: 'en_US' })).toEqual({
      errcode: 0,
      errmsg: 'ok',
    });
    expect(await send()).toMatchObject({ errcode: 0 });
    expect(await send()).toMatchObject({ errcode: 43101, errmsg: expect.stringContaining('refuse') });
    expect(await shop.listItems('/subscribe-messages')).toEqual([
      expect.objectContaining({
        openid: OPENID,
        templateId: TEMPLATE,
        title: '支付成功通知',
        data: VALUES,
        page: 'pages/order/order?orderNo=1',
        miniprogramState: 'trial',
        lang: 'en_US',
      }),
      expect.objectContaining({ page: null, miniprogramState: 'formal', lang: 'zh_CN' }),
    ]);
    expect(await shop.listItems('/subscribe-messages?openid=oNobody')).toEqual([]);
  });

  it('is not delivered to a user who rejected it; a rejection does not remove an earlier consent', async () => {
    await agree([TEMPLATE], { decision: 'reject' });
    expect(await send()).toMatchObject({ errcode: 43101 });
    await agree();
    await agree([TEMPLATE], { decision: 'reject' });
    expect(await send()).toMatchObject({ errcode: 0 });
  });

  it('needs a consent for its own template', async () => {
    await agree([DEMO_TEMPLATES[1]?.templateId ?? '']);
    expect(await send()).toMatchObject({ errcode: 43101 });
  });

  it.each<[string, Json, number]>([
    ['an unknown touser', { touser: 'oNobody00000000000000000000' }, 40003],
    ['no touser', { touser: undefined }, 40003],
    ['an unknown template', { template_id: 'x'.repeat(43) }, 40037],
    ['a page with a leading slash', { page: '/pages/order/order' }, 41030],
    ['no data', { data: undefined }, 47003],
    ['an unknown miniprogram_state', { miniprogram_state: 'beta' }, 47003],
    ['an unknown language', { lang: 'de_DE' }, 47003],
  ])('is refused with %s, and the consent remains', async (_what, changes, errcode) => {
    await agree();
    expect(await send(changes)).toMatchObject({ errcode });
    expect(await send()).toMatchObject({ errcode: 0 });
  });

  it('cannot open a page that is not published', async () => {
    await agree();
    await shop.setBehaviours({ messagePage: 'missing' });
    expect(await send({ page: 'pages/order/order' })).toMatchObject({ errcode: 41030 });
    expect(await send()).toMatchObject({ errcode: 0 });
  });

  it('requires POST, JSON and a valid token', async () => {
    expect(await send({}, { token: 'none' })).toMatchObject({ errcode: 40001 });
    expect(await send({}, { token: '' })).toMatchObject({ errcode: 41001 });
    expect(await send({}, { body: 'touser=o' })).toMatchObject({ errcode: 47001 });
    expect(await send({}, { method: 'GET' })).toMatchObject({ errcode: 43002 });
    await shop.advanceClock(7200);
    expect(await send()).toMatchObject({ errcode: 42001 });
  });

  it('accepts faults before and after the effect', async () => {
    await agree();
    await shop.control('POST', '/faults', { endpoint: 'subscribe_send', kind: 'SYSTEMERROR' });
    expect(await send()).toMatchObject({ errcode: -1 });
    await shop.control('POST', '/faults', { endpoint: 'subscribe_send', kind: 'SYSTEMERROR', when: 'after' });
    expect(await send()).toMatchObject({ errcode: -1 });
    expect(await shop.listItems('/subscribe-messages')).toHaveLength(1);
    expect(await send()).toMatchObject({ errcode: 43101 });
  });
});

describe('simulator subscribe messages: a value', () => {
  it.each<[string, string, string]>([
    ['thing1', '二十个字二十个字二十个字二十个字二十个字', '二十个字二十个字二十个字二十个字二十个字多'],
    ['number1', '3.14', '3a'],
    ['letter1', 'OK', '好'],
    ['symbol1', '@@@', 'a'],
    ['character_string1', 'RF-1 (a)', '单号1'],
    ['character_string1', '1'.repeat(32), '1'.repeat(33)],
    ['time1', '12:00', '12点'],
    ['time1', '2026年11月21日 12:00', 'yesterday'],
    ['date1', '2026-11-21 12:00:00', '12:00'],
    ['date1', '2026年11月21日', '2026-11-21T12:00:00Z'],
    ['amount1', '￥12.88', '￥12.88 CNY'],
    ['amount1', '12.88元', '12345678901'],
    ['phone_number1', '+86-571 8888-0000', '电话'],
    ['car_number1', '粤A8Z888挂', '粤A8Z888挂长'],
    ['name1', '王小明', '王小明 Wang'],
    ['phrase1', '退款成功', '退款已成功了'],
  ])('can be, for %s: %s, but not %s', async (key, good, bad) => {
    await shop.control('POST', '/message-templates', { templateId: 'mine', title: '我的', keys: [key] });
    await agree(['mine']);
    for (const value of [bad, '', ' ', 7, null, undefined]) {
      expect(await send({ template_id: 'mine', data: dataOf({ [key]: value }) })).toMatchObject({ errcode: 47003 });
    }
    expect(await send({ template_id: 'mine', data: dataOf({ [key]: good }) })).toMatchObject({ errcode: 0 });
  });

  it('is ignored when the template does not have it, and required when it has', async () => {
    await agree();
    expect(await send({ data: { ...dataOf(VALUES), thing4: undefined } })).toMatchObject({
      errcode: 47003,
      errmsg: expect.stringContaining('thing4'),
    });
    expect(await send({ data: dataOf({ ...VALUES, thing9: '多' }) })).toMatchObject({ errcode: 0 });
    expect((await shop.listItems('/subscribe-messages'))[0]?.['data']).toEqual(VALUES);
  });
});

describe('simulator subscribe messages: the consent', () => {
  it('can be given for up to three existing templates by an existing user', async () => {
    const [one = '', two = '', three = '', four = ''] = DEMO_TEMPLATES.map(({ templateId }) => templateId);
    expect((await agree([one, two, three])).body).toEqual({
      items: [one, two, three].map((templateId) => ({ templateId, left: 1 })),
    });
    expect((await agree([one, two, three, four])).status).toBe(400);
    expect((await agree([])).status).toBe(400);
    expect((await agree(['unknown'])).status).toBe(404);
    expect((await shop.control('POST', '/users/oNobody/consents', { templateIds: [one] })).status).toBe(404);
  });

  it('is preceded by the list of templates with their titles', async () => {
    expect(await shop.listItems('/message-templates')).toEqual(DEMO_TEMPLATES);
    const odd = { templateId: 'mine', title: '我的', keys: ['thinks1'] };
    expect((await shop.control('POST', '/message-templates', odd)).status).toBe(400);
  });
});
