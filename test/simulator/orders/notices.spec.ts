import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GOOD_REPLY, MerchantServer } from '../support/merchant-server.js';
import { fromXml, hasValidSignature } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

const GAPS_S = [15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600];

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(async () => {
  await shop.control('POST', '/reset');
  await shop.control('PUT', '/clock', { speed: 1 });
  shop.answerNotice = (response) => response.end(GOOD_REPLY);
  shop.notices.length = 0;
});
afterAll(() => shop.close());

interface NoticeSeen {
  state: string;
  nextDueAt: string | null;
  attempts: { isAccepted: boolean; reason: string | null; reply: string | null }[];
}

const noticeNow = async (): Promise<NoticeSeen | undefined> =>
  (await shop.listItems('/notices'))[0] as NoticeSeen | undefined;
const noticeThat = (what: string, is: (notice: NoticeSeen) => boolean): Promise<NoticeSeen> =>
  waitFor(what, async () => {
    const notice = await noticeNow();
    return notice !== undefined && is(notice) ? notice : undefined;
  });

describe('simulator notices: a notice without an accepted response', () => {
  it('is repeated on WeChat’s schedule: sixteen attempts in 24 hours and 4 minutes, then given up', async () => {
    shop.answerNotice = (response) => response.end('success');
    await shop.control('PUT', '/clock', { speed: 0 });
    const { prepayId } = await shop.placeOrder();
    await shop.pay(prepayId);
    let dueAt = shop.wechat.clock.now().getTime();
    for (const [tries, gapS] of GAPS_S.entries()) {
      const notice = await noticeThat('the next attempt is planned', ({ attempts, nextDueAt }) => {
        return attempts.length === tries + 1 && nextDueAt !== null;
      });
      dueAt += gapS * 1000;
      expect(Date.parse(notice.nextDueAt ?? '')).toBe(dueAt);
      await shop.advanceClock(gapS);
    }
    const last = await noticeThat('it is given up', ({ state }) => state === 'given_up');
    expect(last.attempts).toHaveLength(16);
    expect(GAPS_S.reduce((sum, gapS) => sum + gapS)).toBe(86_640);
    expect(new Set(shop.notices.map(({ body }) => body)).size).toBe(16);
  });

  it('makes all due attempts when a whole day is skipped', async () => {
    shop.answerNotice = (response) => response.end('');
    await shop.control('PUT', '/clock', { speed: 0 });
    await shop.pay((await shop.placeOrder()).prepayId);
    await waitFor('the first attempt', () => shop.notices.length === 1);
    await shop.advanceClock(86_640);
    await noticeThat('it is given up', ({ state, attempts }) => state === 'given_up' && attempts.length === 16);
  });

  it('ends with the first accepted response', async () => {
    shop.answerNotice = (response) => response.end('nearly');
    await shop.pay((await shop.placeOrder()).prepayId);
    await noticeThat('the first attempt failed', ({ attempts }) => attempts.length === 1);
    shop.answerNotice = (response) => response.end(GOOD_REPLY);
    await shop.advanceClock(15);
    const notice = await noticeThat('it is accepted', ({ state }) => state === 'accepted');
    expect(notice).toMatchObject({ nextDueAt: null, attempts: [{ isAccepted: false }, { isAccepted: true }] });
  });
});

describe('simulator notices: a response under the strict rule', () => {
  beforeEach(() => shop.setBehaviours({ replyRule: 'strict' }));

  it.each([
    ['without CDATA', GOOD_REPLY.replaceAll(/<!\[CDATA\[|\]\]>/g, ''), null],
    ['with return_code alone', '<xml><return_code>SUCCESS</return_code></xml>', null],
    ['that is empty', '', 'empty body'],
    ['of one word', 'success', 'plain text'],
    ['in JSON', '{"return_code":"SUCCESS"}', 'JSON'],
    ['that is a page', '<!DOCTYPE html><html></html>', 'HTML page'],
    ['indented', GOOD_REPLY.replaceAll('><', '>\n  <'), 'white space around or between the elements'],
    ['with a line break behind', `${GOOD_REPLY}\n`, 'white space around or between the elements'],
    ['with an XML declaration', `<?xml version="1.0"?>${GOOD_REPLY}`, 'an XML declaration'],
    ['with a signature', GOOD_REPLY.replace('</xml>', '<sign>X</sign></xml>'), 'an element `sign`'],
    ['behind a byte order mark', `\uFEFF${GOOD_REPLY}`, 'byte order mark before the XML'],
    ['that says no', GOOD_REPLY.replace('SUCCESS', 'FAIL'), 'return_code FAIL'],
  ])('%s', async (_what, reply, reason) => {
    const { prepayId, outTradeNo } = await shop.placeOrder();
    await shop.pay(prepayId, { notify: 'lost' });
    shop.answerNotice = (response) => response.end(reply);
    const { body } = await shop.control('POST', `/orders/${outTradeNo}/notify`, {});
    expect(body['attempts']).toMatchObject([
      { isAccepted: reason === null, reason, reply: reply.replace('\uFEFF', '\uFEFF') },
    ]);
  });
});

describe('simulator notices: a response', () => {
  const checkReply = async (reply: string): Promise<unknown> => {
    const { prepayId, outTradeNo } = await shop.placeOrder();
    await shop.pay(prepayId, { notify: 'lost' });
    shop.answerNotice = (response) => response.end(reply);
    const { body } = await shop.control('POST', `/orders/${outTradeNo}/notify`, {});
    return (body['attempts'] as NoticeSeen['attempts'])[0]?.reason;
  };

  it.each([
    ['the one line of the documents', GOOD_REPLY],
    ['a signature', '<xml><return_code>SUCCESS</return_code><return_msg>OK</return_msg><sign>X</sign></xml>'],
    ['an XML declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${GOOD_REPLY}`],
    ['indentation and a trailing newline', `${GOOD_REPLY.replaceAll('><', '>\n  <')}\n`],
    ['another root element', '<response><return_code>SUCCESS</return_code></response>'],
    ['nested elements besides', '<xml><return_code>SUCCESS</return_code><data><code>0</code></data></xml>'],
  ])('is accepted by default when it is well-formed XML with return_code SUCCESS: %s', async (_what, reply) => {
    expect(await checkReply(reply)).toBeNull();
  });

  it.each([
    ['', 'empty body'],
    ['success', 'plain text'],
    ['{"return_code":"SUCCESS"}', 'JSON'],
    ['<!DOCTYPE html><html></html>', 'HTML page'],
    ['<xml><return_code>SUCCESS</return_code>', 'not well-formed XML'],
    ['<xml><return_msg>OK</return_msg></xml>', 'no element return_code'],
    ['<xml><return_code>FAIL</return_code></xml>', 'return_code FAIL'],
  ])('has its reason in the notice when it is not accepted: %j: %s', async (reply, reason) => {
    expect(await checkReply(reply)).toBe(reason);
  });

  it('is not accepted with HTTP 201 and any body', async () => {
    const { prepayId, outTradeNo } = await shop.placeOrder();
    await shop.pay(prepayId, { notify: 'lost' });
    shop.answerNotice = (response) => response.writeHead(201).end(GOOD_REPLY);
    const { body } = await shop.control('POST', `/orders/${outTradeNo}/notify`, {});
    expect(body['attempts']).toMatchObject([{ isAccepted: false, reason: 'HTTP 201' }]);
  });

  it('is not accepted with another status, with a redirect, or after the time limit', async () => {
    const { prepayId, outTradeNo } = await shop.placeOrder();
    await shop.pay(prepayId, { notify: 'lost' });
    const reasonOf = async (): Promise<unknown> => {
      const { body } = await shop.control('POST', `/orders/${outTradeNo}/notify`, {});
      return (body['attempts'] as NoticeSeen['attempts'])[0]?.reason;
    };
    shop.answerNotice = (response) => response.writeHead(500).end(GOOD_REPLY);
    expect(await reasonOf()).toBe('HTTP 500');
    shop.answerNotice = (response) => response.writeHead(302, { location: '/login' }).end();
    expect(await reasonOf()).toBe('HTTP 302');
    shop.answerNotice = (response) => response.destroy();
    expect(await reasonOf()).toMatch(/^no response/);
    await shop.setBehaviours({ replyLimitMs: 60 });
    shop.answerNotice = (response) => {
      response.flushHeaders();
    };
    expect(await reasonOf()).toBe('no response within 60 ms');
  });
});

describe('simulator notices: faults', () => {
  const oneFault = async (fault: Record<string, unknown>): Promise<string> => {
    await shop.addFault({ endpoint: 'notice', ...fault });
    const { prepayId, outTradeNo } = await shop.placeOrder();
    await shop.pay(prepayId);
    return outTradeNo;
  };

  it('lose: loses one attempt; the next one arrives', async () => {
    await oneFault({ kind: 'lose' });
    await noticeThat('the loss', ({ attempts }) => attempts[0]?.reason === 'lost on the way');
    expect(shop.notices).toHaveLength(0);
    await shop.advanceClock(15);
    await noticeThat('it is accepted', ({ state }) => state === 'accepted');
  });

  it('lose_forever: only orderquery reports the payment', async () => {
    const outTradeNo = await oneFault({ kind: 'lose_forever' });
    await noticeThat('it is lost', ({ state, nextDueAt }) => state === 'lost' && nextDueAt === null);
    await shop.advanceClock(90_000);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
    expect(shop.notices).toHaveLength(0);
  });

  it('duplicate: sends three at once, over three connections', async () => {
    await oneFault({ kind: 'duplicate', connections: 3 });
    await waitFor('three notices', () => shop.notices.length === 3);
    expect(new Set(shop.notices.map(({ port }) => port)).size).toBe(3);
    const numbers = shop.notices.map(async ({ body }) => (await fromXml(body))['transaction_id']);
    expect(new Set(await Promise.all(numbers)).size).toBe(1);
  });

  it('delay, repeat_after_success and forgeries change one attempt; the genuine notice follows', async () => {
    await oneFault({ kind: 'delay', delayMs: 3_600_000 });
    await noticeThat('the delay', ({ nextDueAt }) => nextDueAt !== null);
    await shop.advanceClock(3599);
    expect(shop.notices).toHaveLength(0);
    await shop.advanceClock(2);
    await waitFor('the late notice', () => shop.notices.length === 1);

    await shop.control('POST', '/reset');
    await oneFault({ kind: 'repeat_after_success' });
    await noticeThat('the repeat is planned', ({ attempts, nextDueAt }) => attempts.length === 1 && nextDueAt !== null);
    await shop.advanceClock(15);
    await noticeThat('it came twice', ({ state, attempts }) => state === 'accepted' && attempts.length === 2);

    await shop.control('POST', '/reset');
    shop.notices.length = 0;
    await oneFault({ kind: 'wrong_signature' });
    const probe = await waitFor('the probe', () => shop.notices[0]);
    expect(hasValidSignature(await fromXml(probe.body))).toBe(false);
    await noticeThat('the true one is planned', ({ nextDueAt }) => nextDueAt !== null);
    await shop.advanceClock(15);
    await noticeThat('it is accepted', ({ state }) => state === 'accepted');
    expect(hasValidSignature(await fromXml(shop.notices[1]?.body ?? ''))).toBe(true);
  });

  it('before-answer: the notice arrives before the payer’s result and before the response of unifiedorder', async () => {
    const { prepayId } = await shop.placeOrder();
    await shop.pay(prepayId, { notify: 'before-answer' });
    expect(shop.notices).toHaveLength(1);
    await shop.setBehaviours({ noticeBeforeAnswer: true });
    const { outTradeNo } = await shop.placeOrder();
    expect(shop.notices).toHaveLength(2);
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'SUCCESS' });
  });
});
