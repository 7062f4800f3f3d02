import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { decryptOaep, encryptOaep, Json, V3Merchant } from '../support/v3-merchant.js';
import { waitFor } from '../support/wait-for.js';

let shop: V3Merchant;
beforeAll(async () => {
  shop = await V3Merchant.start({ behaviours: { unknownField: false } });
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  shop.notices.length = 0;
  shop.answerNotice = (response) => response.writeHead(204).end();
});
afterAll(() => shop.close());

const PATH = '/v3/security/echo';

describe('simulator v3: the self-test call', () => {
  it('returns both messages, the secret one encrypted for the merchant, and sends a notice', async () => {
    const { publicKey, merchantPrivateKey } = shop.wechat.v3;
    const answer = await shop.post(PATH, {
      echo_message: '你好',
      encrypted_echo_message: encryptOaep('秘密', publicKey),
      notify_url: shop.notifyUrl,
    });
    expect([answer.status, answer.json['echo_message'], shop.isSigned(answer)]).toEqual([200, '你好', true]);
    expect(decryptOaep(String(answer.json['encrypted_echo_message']), merchantPrivateKey)).toBe('秘密');
    const notice = await waitFor('the notice', () => shop.notices[0]);
    expect(JSON.parse(notice.body)).toMatchObject({
      event_type: 'SECURITY_ECHO.SUCCESS',
      summary: '回调通知成功',
      resource: { original_type: 'security', associated_data: 'security' },
    });
    expect(shop.contentOf(notice)).toEqual({ echo_message: '你好', encrypt_echo_message: expect.any(String) });
  });

  it('refuses a message that another key encrypted, and a request without Wechatpay-Serial', async () => {
    const { publicKey } = new X509Certificate(shop.wechat.certificates.merchant.cert);
    const other = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const body = { echo_message: 'a', encrypted_echo_message: encryptOaep('秘密', other) };
    const wrong = await shop.post(PATH, body);
    expect([wrong.status, wrong.json['message']]).toEqual([400, '加密回显消息解密失败']);
    const without = await shop.post(PATH, { echo_message: 'a' }, { headers: { 'wechatpay-serial': '' } });
    expect(without.json['message']).toBe('平台证书序列号Wechatpay-Serial错误');
  });
});

/** The only notice, when it has this state after this number of attempts. */
async function noticeIn(state: string, tries: number): Promise<Json> {
  return waitFor(`the state ${state} after ${tries} attempts`, async () => {
    const { body } = await shop.control('GET', '/notices');
    const [notice] = body['items'] as Json[];
    return notice?.['state'] === state && notice['tries'] === tries ? notice : undefined;
  });
}

const requestNotice = async (): Promise<void> => {
  const { status } = await shop.post(PATH, { echo_message: 'a', notify_url: shop.notifyUrl });
  expect(status).toBe(200);
};

/** Seconds from the first attempt to each attempt. */
function offsetsOf(notice: Json): number[] {
  const times = (notice['attempts'] as { at: string }[]).map(({ at }) => Date.parse(at));
  return times.map((time) => Math.round((time - (times[0] ?? 0)) / 1000));
}

describe('simulator v3: the notice of the self-test call', () => {
  it('is sent ten times in 3 h 4 min until it is accepted, each time with a fresh signature', async () => {
    shop.answerNotice = (response) => response.writeHead(500).end();
    await requestNotice();
    for (const [index, delayS] of [15, 15, 30, 180, 1800, 1800, 1800, 1800, 3600].entries()) {
      await noticeIn('waiting', index + 1);
      await shop.advanceClock(delayS);
    }
    const notice = await noticeIn('given_up', 10);
    expect(offsetsOf(notice)).toEqual([0, 15, 30, 60, 240, 2040, 3840, 5640, 7440, 11_040]);
    expect(notice).toMatchObject({ kind: 'echo', out_trade_no: null, transaction_id: null });
    expect(new Set(shop.notices.map(({ body }) => body)).size).toBe(1);
    expect(new Set(shop.notices.map(({ headers }) => headers['wechatpay-signature'])).size).toBe(10);
  });

  it('is not repeated after it is accepted', async () => {
    await requestNotice();
    expect(await noticeIn('accepted', 1)).toMatchObject({ nextDueAt: null });
  });

  it('takes the faults of a delivery and the forgeries that fit any content', async () => {
    await shop.addFault({ endpoint: 'echo-notice', kind: 'lose' });
    await shop.addFault({ endpoint: 'echo-notice', kind: 'wrong-sign' });
    await requestNotice();
    await noticeIn('waiting', 1);
    await shop.advanceClock(15);
    await noticeIn('waiting', 2);
    const { headers, body: text } = shop.notices[0] ?? { headers: {}, body: '' };
    expect([text === '', shop.isSigned({ headers: headers as Record<string, string>, text })]).toEqual([false, false]);
    await shop.advanceClock(15);
    await noticeIn('accepted', 3);
    const refused = await shop.control('POST', '/faults', { endpoint: 'echo-notice', kind: 'lower-fee' });
    expect(refused.status).toBe(400);
  });
});
