import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GOOD_REPLY, MerchantServer } from '../support/merchant-server.js';
import { APPID, decryptRefundNotice, fromXml, readRefundNotice, MCH_ID, Message } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

const GAPS_S = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600];

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start({ speed: 0 });
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  shop.answerNotice = (response) => response.end(GOOD_REPLY);
  shop.notices.length = 0;
});
afterAll(() => shop.close());

type Seen = Record<string, unknown> & { attempts: { reason: string | null }[] };

/** Waits until the notice of the refund satisfies the condition. */
const noticeThat = (what: string, is: (notice: Seen) => boolean): Promise<Seen> =>
  waitFor(what, async () =>
    ((await shop.listItems('/notices')) as Seen[]).filter(({ kind }) => kind === 'refund').find(is),
  );

/** A finished refund of a new order; its notice is being sent. */
async function ended(changes: Message = {}): Promise<Message> {
  const answer = await shop.refund(shop.buildRefund((await shop.createPaidOrder()).outTradeNo, changes));
  await shop.advanceClock(2);
  return answer;
}

describe('simulator refund notices: the notice of a refund', () => {
  it('is sent when the refund finishes, encrypted and unsigned, and ends with an accepted response', async () => {
    await shop.setBehaviours({ varyShape: false, unknownField: false });
    const refund = await ended({ refund_fee: '500' });
    const notice = await noticeThat('it is accepted', ({ state }) => state === 'accepted');
    expect(notice).toMatchObject({
      out_refund_no: refund['out_refund_no'],
      refund_status: 'SUCCESS',
      url: shop.notifyUrl,
    });
    const outer = await fromXml(shop.notices[0]?.body ?? '');
    expect(outer).toEqual({
      return_code: 'SUCCESS',
      appid: APPID,
      mch_id: MCH_ID,
      nonce_str: expect.stringMatching(/^\w{32}$/),
      req_info: expect.stringMatching(/^[\w+/]+=*$/),
    });
    expect(decryptRefundNotice(outer['req_info'] ?? '')).toMatch(
      /^<root>\n<out_refund_no><!\[CDATA\[.*<\/transaction_id>\n<\/root>$/s,
    );
    expect(await readRefundNotice(shop.notices[0]?.body ?? '')).toEqual({
      out_refund_no: refund['out_refund_no'],
      out_trade_no: refund['out_trade_no'],
      refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
      refund_fee: '500',
      refund_id: refund['refund_id'],
      refund_recv_accout: '支付用户的零钱',
      refund_request_source: 'API',
      refund_status: 'SUCCESS',
      settlement_refund_fee: '500',
      settlement_total_fee: '1288',
      success_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      total_fee: '1288',
      transaction_id: refund['transaction_id'],
    });
    await shop.advanceClock(86_640);
    expect(shop.notices).toHaveLength(1);
  });

  it.each(['CHANGE', 'REFUNDCLOSE'])('reports %s without a success_time', async (refundEnds) => {
    await shop.setBehaviours({ refundEnds });
    await ended();
    await noticeThat('it is accepted', ({ state }) => state === 'accepted');
    const inner = await readRefundNotice(shop.notices[0]?.body ?? '');
    expect(inner['refund_status']).toBe(refundEnds);
    expect(inner).not.toHaveProperty('success_time');
  });

  it('is repeated on WeChat’s schedule: sixteen attempts', async () => {
    shop.answerNotice = (response) => response.end('success');
    await ended();
    for (const [tries, gapS] of GAPS_S.entries()) {
      await noticeThat(
        'the next attempt is planned',
        ({ attempts, nextDueAt }) => attempts.length === tries + 1 && nextDueAt !== null,
      );
      await shop.advanceClock(gapS);
    }
    const last = await noticeThat('it is given up', ({ state }) => state === 'given_up');
    expect(last.attempts).toHaveLength(16);
    expect(last.attempts[0]?.reason).toBe('plain text');
  });

  it('goes to the merchant platform’s URL when the refund has none, and is not sent without either', async () => {
    await ended({ notify_url: '' });
    await waitFor('it ends', async () => (await shop.listItems('/refunds'))[0]?.['refund_status'] === 'SUCCESS');
    expect((await shop.listItems('/notices')).map(({ kind }) => kind)).toEqual(['payment']);
    await shop.control('PUT', '/merchant', { refundNotifyUrl: shop.notifyUrl });
    await ended({ notify_url: '' });
    await waitFor('the notice', () => shop.notices.length === 1);
  });

  it('can be sent before the response of the refund call', async () => {
    await shop.setBehaviours({ refundNoticeBeforeAnswer: true });
    let isAnswered = false;
    let wasAnsweredFirst: boolean | undefined;
    shop.answerNotice = (response) => {
      wasAnsweredFirst = isAnswered;
      response.end(GOOD_REPLY);
    };
    const { outTradeNo } = await shop.createPaidOrder();
    await shop.refund(shop.buildRefund(outTradeNo)).then(() => (isAnswered = true));
    expect(wasAnsweredFirst).toBe(false);
    expect((await shop.listItems('/refunds'))[0]).toMatchObject({ refund_status: 'SUCCESS' });
  });
});

describe('simulator refund notices: faults', () => {
  it('lose: the next attempt follows the schedule; lose_forever: only refundquery reports the refund', async () => {
    await shop.addFault({ endpoint: 'notice', kind: 'lose', times: -1 });
    await shop.addFault({ endpoint: 'refund-notice', kind: 'lose' });
    await ended();
    await noticeThat('it is lost', ({ attempts }) => attempts[0]?.reason === 'lost on the way');
    await shop.advanceClock(15);
    await noticeThat('it is accepted', ({ state }) => state === 'accepted');
    await shop.addFault({ endpoint: 'refund-notice', kind: 'lose_forever' });
    const { out_refund_no = '' } = await ended();
    await noticeThat('it is lost', ({ state }) => state === 'lost');
    expect(await shop.call('refundquery', { out_refund_no })).toMatchObject({ refund_status_0: 'SUCCESS' });
    expect(shop.notices).toHaveLength(1);
  });

  it('duplicate, delay and repeat_after_success apply to refund notices too', async () => {
    await shop.addFault({ endpoint: 'refund-notice', kind: 'delay', delayMs: 60_000 });
    await shop.addFault({ endpoint: 'refund-notice', kind: 'duplicate', connections: 3 });
    await ended();
    await noticeThat('it waits', ({ nextDueAt, attempts }) => nextDueAt !== null && attempts.length === 0);
    await shop.advanceClock(60);
    await noticeThat('it is accepted', ({ state, attempts }) => state === 'accepted' && attempts.length === 3);
    expect(new Set(shop.notices.map(({ port }) => port)).size).toBe(3);
    shop.notices.length = 0;
    await shop.addFault({ endpoint: 'refund-notice', kind: 'repeat_after_success' });
    const { out_refund_no } = await ended();
    await noticeThat(
      'the next attempt is planned',
      (notice) => notice['out_refund_no'] === out_refund_no && notice['nextDueAt'] !== null,
    );
    await shop.advanceClock(15);
    await waitFor('it comes again', () => shop.notices.length === 2);
  });

  it('a forgery is followed by the genuine notice after any response', async () => {
    await shop.addFault({ endpoint: 'refund-notice', kind: 'other_key' });
    await ended();
    await noticeThat('it was forged', ({ attempts }) => attempts.length === 1);
    await expect(readRefundNotice(shop.notices[0]?.body ?? '')).rejects.toThrow();
    await shop.advanceClock(15);
    await noticeThat('it is accepted', ({ state }) => state === 'accepted');
    expect(await readRefundNotice(shop.notices[1]?.body ?? '')).toMatchObject({ refund_status: 'SUCCESS' });
  });

  it('wrongSignatureEvery encrypts every n-th notice with a wrong key', async () => {
    await shop.setBehaviours({ wrongSignatureEvery: 1 });
    await ended();
    await waitFor('the notice', () => shop.notices.length === 1);
    await expect(readRefundNotice(shop.notices[0]?.body ?? '')).rejects.toThrow();
  });
});

/** Sends a notice by hand and returns what was received. */
async function byHand(request: Record<string, unknown>, outRefundNo: string): Promise<string> {
  shop.notices.length = 0;
  const { status, body } = await shop.control('POST', `/refunds/${outRefundNo}/notify`, request);
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { attempts: expect.arrayContaining([expect.objectContaining({ isAccepted: true })]) },
  });
  return shop.notices[0]?.body ?? '';
}

/** One wrong key in 256 yields valid padding: then the decryption succeeds, with a meaningless result. */
function isReadable(reqInfo: string): boolean {
  try {
    return decryptRefundNotice(reqInfo).startsWith('<root>');
  } catch {
    return false;
  }
}

describe('simulator refund notices: a notice by hand', () => {
  let refund: Message;
  beforeEach(async () => {
    await shop.setBehaviours({ refundEnds: 'PROCESSING' });
    refund = await ended();
  });
  const forged = (forge: string): Promise<string> => byHand({ forge }, refund['out_refund_no'] ?? '');

  it('reports a finished refund, as often as requested', async () => {
    const outRefundNo = refund['out_refund_no'] ?? '';
    expect((await shop.control('POST', `/refunds/${outRefundNo}/notify`, {})).status).toBe(409);
    await shop.control('POST', `/refunds/${outRefundNo}/state`, { state: 'CHANGE' });
    await noticeThat('its own notice', ({ state }) => state === 'accepted');
    const body = await byHand({ times: 2, connections: 2, extra: { sim: '1' } }, outRefundNo);
    expect(shop.notices).toHaveLength(4);
    expect(await readRefundNotice(body)).toMatchObject({ refund_status: 'CHANGE', sim: '1' });
    expect((await shop.control('POST', '/refunds/NONE/notify', {})).status).toBe(404);
    expect((await shop.control('POST', `/refunds/${outRefundNo}/notify`, { forge: 'no-sign' })).status).toBe(400);
  });

  it.each<[string, Message]>([
    ['lower-fee', { refund_fee: '1287' }],
    ['higher-fee', { refund_fee: '1289' }],
    ['other-total', { total_fee: '1289' }],
    ['unknown-refund', { out_refund_no: 'NOSUCHREFUND00001' }],
    ['unknown-order', { out_trade_no: 'NOSUCHORDER00001' }],
    ['other-refund-id', { refund_id: '50000000002020010100000000000' }],
    ['unknown-status', { refund_status: 'NOTSURE' }],
  ])('%s is validly encrypted, with changed content', async (kind, content) => {
    const { out_trade_no, out_refund_no, refund_id } = refund;
    const inner = await readRefundNotice(await forged(kind));
    expect(inner).toMatchObject({ refund_status: 'SUCCESS', out_trade_no, out_refund_no, ...content });
    if (!('refund_id' in content) && kind !== 'unknown-refund') expect(inner['refund_id']).toBe(refund_id);
  });

  it.each<[string, Message]>([
    ['other-appid', { appid: 'wx0123456789abcdef' }],
    ['other-mch', { mch_id: '1900000999' }],
  ])('%s', async (kind, content) => {
    const body = await forged(kind);
    expect(await fromXml(body)).toMatchObject(content);
    expect(await readRefundNotice(body)).toMatchObject({ refund_fee: '1288' });
  });

  it('other-refund replays the genuine notice of another refund', async () => {
    const other = await ended();
    expect(await readRefundNotice(await forged('other-refund'))).toMatchObject({
      out_refund_no: other['out_refund_no'],
    });
  });

  it.each(['other-key', 'garbage-req-info', 'truncated-req-info', 'plain-req-info'])(
    '%s cannot be decrypted',
    async (kind) => {
      const reqInfo = (await fromXml(await forged(kind)))['req_info'] ?? '';
      expect(reqInfo).not.toBe('');
      expect(isReadable(reqInfo)).toBe(false);
    },
  );

  it('lacks an element, or has a dangerous construct in the encrypted document', async () => {
    expect(await fromXml(await forged('no-req-info'))).not.toHaveProperty('req_info');
    expect(await fromXml(await forged('empty-req-info'))).toMatchObject({ req_info: '' });
    expect(await readRefundNotice(await forged('missing-fee'))).not.toHaveProperty('refund_fee');
    expect(await fromXml(await forged('failed-return'))).toEqual({ return_code: 'FAIL', return_msg: '系统错误' });
    const document = async (kind: string): Promise<string> =>
      decryptRefundNotice((await fromXml(await forged(kind)))['req_info'] ?? '');
    expect(await document('req-info-doctype')).toMatch(/^<!DOCTYPE root .*<root>/s);
    expect(await document('req-info-json')).toMatch(/^\{/);
  });

  it.each<[string, RegExp]>([
    ['doctype', /^<!DOCTYPE xml>\n<xml>/],
    ['external-entity', /SYSTEM "file:.*&secret;/s],
    ['entity-bomb', /<!ENTITY b "(&a;){10}">.*&i;/s],
    ['duplicate-element', /<req_info>.*<req_info>A+==<\/req_info><\/xml>$/s],
    ['truncated', /^<xml>(?!.*<\/xml>)/s],
    ['empty', /^$/],
    ['garbage', /return_code SUCCESS/],
    ['json', /^\{/],
    ['huge', /x{2000000}/],
  ])('%s is unreadable', async (kind, pattern) => {
    expect(await forged(kind)).toMatch(pattern);
  });
});
