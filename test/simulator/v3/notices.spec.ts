import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MCH_ID, OPENID } from '../support/signing.js';
import { Json, ReceivedV3Notice, V3Merchant } from '../support/v3-merchant.js';
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

const isSigned = ({ headers, body }: ReceivedV3Notice): boolean =>
  shop.isSigned({ headers: headers as Record<string, string>, text: body });

function noticeAt(index: number): ReceivedV3Notice {
  const notice = shop.notices[index];
  if (notice === undefined) throw new Error(`There is no notice ${index}.`);
  return notice;
}

const payAndWait = async (): Promise<{ outTradeNo: string; transactionId: string }> =>
  shop.createPaidOrder({}, { notify: 'before-answer' });

async function attemptsOf(kind: string): Promise<Json[]> {
  const { body } = await shop.control('GET', '/notices');
  const notice = (body['items'] as Json[]).find((item) => item['kind'] === kind);
  return notice?.['attempts'] as Json[];
}

describe('simulator v3: the payment notice', () => {
  it('is signed, encrypted for the merchant, and has the form of the documents', async () => {
    const { outTradeNo, transactionId } = await payAndWait();
    const notice = noticeAt(0);
    const body = JSON.parse(notice.body) as Json;
    expect(Object.keys(body)).toEqual(['id', 'create_time', 'resource_type', 'event_type', 'summary', 'resource']);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      event_type: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
      summary: '支付成功',
      resource: {
        original_type: 'transaction',
        algorithm: 'AEAD_AES_256_GCM',
        associated_data: 'transaction',
        nonce: expect.stringMatching(/^\w{12}$/),
      },
    });
    expect(notice.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Mozilla/4.0',
      'wechatpay-serial': shop.wechat.v3.publicKeyId,
      'wechatpay-nonce': expect.stringMatching(/^\w{32}$/),
      'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
    });
    expect(isSigned(notice)).toBe(true);
    expect(shop.contentOf(notice)).toMatchObject({
      mchid: MCH_ID,
      out_trade_no: outTradeNo,
      transaction_id: transactionId,
      trade_state: 'SUCCESS',
      attach: '',
      payer: { openid: OPENID },
      amount: { total: 1288, payer_total: 1288, currency: 'CNY', payer_currency: 'CNY' },
    });
    expect(() => shop.decrypt(body['resource'] as Json, '0'.repeat(32))).toThrow();
  });

  it('is accepted by HTTP 200 with any body and by 204, and by nothing else', async () => {
    for (const [status, isAccepted] of [
      [200, true],
      [204, true],
      [201, false],
      [302, false],
      [400, false],
      [500, false],
    ] as const) {
      await shop.control('POST', '/reset');
      shop.answerNotice = (response) => response.writeHead(status).end(status === 200 ? '{"code":"FAIL"}' : '');
      await payAndWait();
      expect(await attemptsOf('payment')).toEqual([expect.objectContaining({ status, isAccepted })]);
    }
  });

  it('is repeated on the schedule with the same body and id and a fresh signature, 15 times at most', async () => {
    shop.answerNotice = (response) => response.writeHead(500).end();
    await payAndWait();
    await shop.advanceClock(90_000);
    await waitFor('the notices', () => shop.notices.length === 16);
    expect(new Set(shop.notices.map(({ body }) => body)).size).toBe(1);
    const signatures = new Set(shop.notices.map(({ headers }) => headers['wechatpay-signature']));
    expect(signatures.size).toBe(16);
    expect(shop.notices.every(isSigned)).toBe(true);
    const { body } = await shop.control('GET', '/notices');
    expect(body['items']).toEqual([expect.objectContaining({ state: 'given_up' })]);
  });

  it('tests the client by a signature probe, never on the repeat, and reports a client that accepts one', async () => {
    await shop.setBehaviours({ wrongSignatureEvery: 1 });
    await payAndWait(); // the answer of the order call was the first probe
    const [probe] = shop.notices;
    expect(probe?.headers['wechatpay-signature']).toMatch(/^WECHATPAY\/SIGNTEST\/.{342}==$/);
    expect(await attemptsOf('payment')).toEqual([
      expect.objectContaining({
        forgery: 'probe',
        isAccepted: false,
        reason: 'a success for a signature probe: the client does not check signatures',
      }),
    ]);
    await shop.advanceClock(15);
    await waitFor('the notices', () => shop.notices.length === 2);
    expect(isSigned(noticeAt(1))).toBe(true);
  });

  it.each(['lose', 'duplicate', 'delay', 'repeat_after_success'])('takes the fault %s of all notices', async (kind) => {
    await shop.addFault({ endpoint: 'notice', kind });
    await shop.createPaidOrder({}, { notify: 'normal' });
    await shop.advanceClock(60);
    await waitFor('the notices', () => shop.notices.length === (kind === 'lose' || kind === 'delay' ? 1 : 2));
  });
});

describe('simulator v3: forged notices', () => {
  const forged = async (forge: string): Promise<ReceivedV3Notice> => {
    const { outTradeNo } = await shop.createPaidOrder();
    shop.notices.length = 0;
    const { status, body } = await shop.control('POST', `/orders/${outTradeNo}/notify`, { forge });
    if (status !== 200) throw new Error(JSON.stringify(body));
    return noticeAt(0);
  };

  it.each(['wrong-sign', 'empty-sign', 'no-sign', 'tampered-fee', 'altered-body', 'probe'])(
    'are not validly signed: %s',
    async (forge) => {
      expect(isSigned(await forged(forge))).toBe(false);
    },
  );

  it.each<[string, Json]>([
    ['lower-fee', { amount: expect.objectContaining({ total: 1287 }) }],
    ['higher-fee', { amount: expect.objectContaining({ total: 1289 }) }],
    ['other-appid', { appid: 'wx0123456789abcdef' }],
    ['other-mch', { mchid: '1900000999' }],
    ['unknown-order', { out_trade_no: 'NOSUCHORDER00001' }],
    ['foreign-currency', { amount: expect.objectContaining({ currency: 'USD' }) }],
  ])('are validly signed and encrypted, with changed content: %s', async (forge, content) => {
    const notice = await forged(forge);
    expect(isSigned(notice)).toBe(true);
    expect(shop.contentOf(notice)).toMatchObject(content);
  });

  it('are signed under an unknown key or with an old timestamp', async () => {
    const serial = await forged('wrong-serial');
    expect([serial.headers['wechatpay-serial'] === shop.wechat.v3.publicKeyId, isSigned(serial)]).toEqual([
      false,
      true,
    ]);
    const stale = await forged('stale-timestamp');
    const ageS = shop.wechat.clock.now().getTime() / 1000 - Number(stale.headers['wechatpay-timestamp']);
    expect([ageS > 500, isSigned(stale)]).toEqual([true, true]);
  });

  it.each(['other-key', 'wrong-aad', 'plain-req-info', 'truncated-req-info'])(
    'are validly signed but cannot be decrypted: %s',
    async (forge) => {
      const notice = await forged(forge);
      expect(isSigned(notice)).toBe(true);
      expect(() => shop.contentOf(notice)).toThrow();
    },
  );

  it('are refused by the control API when the protocol of the notice does not have them', async () => {
    const { outTradeNo } = await shop.createPaidOrder();
    const { status } = await shop.control('POST', `/orders/${outTradeNo}/notify`, { forge: 'utf8-sign' });
    expect(status).toBe(400);
  });
});

describe('simulator v3: the refund notice', () => {
  it.each([
    ['SUCCESS', 'SUCCESS'],
    ['CHANGE', 'ABNORMAL'],
    ['REFUNDCLOSE', 'CLOSED'],
  ])('reports the end %s as %s', async (refundEnds, status) => {
    await shop.setBehaviours({ refundEnds, refundNoticeBeforeAnswer: true });
    const { outTradeNo, transactionId } = await shop.createPaidOrder();
    const { json } = await shop.refund(transactionId);
    const [notice] = shop.notices;
    if (notice === undefined) throw new Error('no notice');
    const body = JSON.parse(notice.body) as Json;
    expect(body).toMatchObject({
      event_type: `REFUND.${status}`,
      resource: { original_type: 'refund', associated_data: 'refund' },
    });
    const content = shop.contentOf(notice);
    expect(isSigned(notice)).toBe(true);
    expect(content).toMatchObject({
      mchid: MCH_ID,
      out_trade_no: outTradeNo,
      refund_id: json['refund_id'],
      refund_status: status,
      amount: { total: 1288, refund: 500, payer_total: 1288, payer_refund: 500 },
    });
    expect('success_time' in content).toBe(status === 'SUCCESS');
    expect('channel' in content).toBe(false);
  });
});
