import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { APPID, fromXml, hasValidSignature } from '../support/signing.js';
import { waitFor } from '../support/wait-for.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const exists = async (outRefundNo = ''): Promise<boolean> =>
  (await shop.control('GET', `/refunds/${outRefundNo}`)).status === 200;

describe('simulator refund faults: a refund call', () => {
  it.each([
    ['SYSTEMERROR', '系统错误'],
    ['BIZERR_NEED_RETRY', '退款业务流程错误，需要商户触发重试来解决'],
    ['USER_ACCOUNT_ABNORMAL', '用户账户异常或已注销'],
    ['ORDER_NOT_READY', '订单处理中，暂时无法退款，请稍后再试'],
    ['FREQUENCY_LIMITED', '频率限制'],
  ])(
    'fails with %s before or after the effect, and succeeds when it is repeated with the same number',
    async (errCode, errCodeDes) => {
      for (const when of ['before', 'after']) {
        const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
        await shop.addFault({ endpoint: 'refund', kind: 'err_code', when, errCode, errCodeDes });
        const answer = await shop.refund(refund);
        expect(answer).toMatchObject({ err_code: errCode, err_code_des: errCodeDes });
        expect(hasValidSignature(answer)).toBe(true);
        expect(await exists(refund['out_refund_no'])).toBe(when === 'after');
        expect(await shop.refund(refund)).toMatchObject({ result_code: 'SUCCESS' });
        expect(
          (await shop.listItems('/refunds')).filter(({ out_refund_no }) => out_refund_no === refund['out_refund_no']),
        ).toHaveLength(1);
      }
    },
  );

  it.each(['before', 'after'])('fails with a reset connection %s the effect', async (when) => {
    const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
    await shop.addFault({ endpoint: 'refund', kind: 'reset', when });
    await expect(shop.refund(refund)).rejects.toThrow();
    expect(await exists(refund['out_refund_no'])).toBe(when === 'after');
    expect((await shop.listItems('/messages?path=/secapi')).at(-1)).toMatchObject({
      fault: `reset ${when}`,
      answer: null,
    });
  });

  it.each(['before', 'after'])('gets no response %s the effect', async (when) => {
    const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
    await shop.addFault({ endpoint: 'refund', kind: 'timeout', when });
    const call = shop.refund(refund).then(
      () => 'answered',
      () => 'cut',
    );
    await waitFor('the call', async () => (await shop.listItems('/messages?path=/secapi'))[0]?.['fault']);
    expect(await exists(refund['out_refund_no'])).toBe(when === 'after');
    await shop.control('DELETE', '/faults');
    expect(await call).toBe('cut');
  });

  it('gets a delayed response', async () => {
    const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
    await shop.addFault({ endpoint: 'refund', kind: 'stall', when: 'after', delayMs: 300 });
    const began = performance.now();
    expect(await shop.refund(refund)).toMatchObject({ result_code: 'SUCCESS' });
    expect(performance.now() - began).toBeGreaterThan(290);
  });

  it.each([
    ['http500', 500, /^$/],
    ['html', 502, /<html>/],
    ['garbage', 200, /^(?!<xml>)/],
    ['truncated', 200, /^<xml>(?!.*<\/xml>)/s],
    ['doctype', 200, /^<!DOCTYPE/],
    ['no_signature', 200, /^(?!.*<sign>)/s],
  ])('is accepted, but its response is damaged: %s', async (kind, status, pattern) => {
    const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
    await shop.addFault({ endpoint: 'refund', kind, when: 'after' });
    const answer = await shop.refundRaw(refund);
    expect(answer).toMatchObject({ status, text: expect.stringMatching(pattern) });
    expect(await exists(refund['out_refund_no'])).toBe(true);
  });

  it('gets the response of another order, or a wrong signature', async () => {
    const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
    await shop.addFault({ endpoint: 'refund', kind: 'wrong_signature' });
    expect(hasValidSignature(await shop.refund(refund))).toBe(false);
    await shop.addFault({ endpoint: 'refund', kind: 'other_appid' });
    expect((await shop.refund(refund))['appid']).not.toBe(APPID);
    await shop.addFault({ endpoint: 'refund', kind: 'echo_other_order' });
    const theirs = await shop.refund(refund);
    expect(hasValidSignature(theirs)).toBe(true);
    expect(theirs['out_refund_no']).not.toBe(refund['out_refund_no']);
  });
});

it('simulator refund faults: a fault for a refund or an order applies to a call with any of their numbers', async () => {
  const [first, second] = [await shop.createPaidOrder(), await shop.createPaidOrder()];
  const one = shop.buildRefund('', { transaction_id: first.transactionId });
  const two = shop.buildRefund(second.outTradeNo);
  await shop.addFault({ endpoint: 'refund', kind: 'SYSTEMERROR', out_trade_no: first.outTradeNo });
  await shop.addFault({ endpoint: 'refundquery', kind: 'SYSTEMERROR', out_refund_no: two['out_refund_no'] });
  expect(await shop.refund(two)).toMatchObject({ result_code: 'SUCCESS' });
  expect(await shop.refund(one)).toMatchObject({ err_code: 'SYSTEMERROR' });
  const accepted = await shop.refund(one);
  expect(await shop.call('refundquery', { refund_id: accepted['refund_id'] ?? '' })).toMatchObject({
    refund_count: '1',
  });
  const byNumber = { out_refund_no: two['out_refund_no'] ?? '' };
  expect(await shop.call('refundquery', byNumber)).toMatchObject({ err_code: 'SYSTEMERROR' });
  expect(await shop.call('refundquery', byNumber)).toMatchObject({ refund_count: '1' });
  const ofOne = await shop.listItems(`/messages?out_refund_no=${String(one['out_refund_no'])}`);
  expect(ofOne.filter(({ direction }) => direction === 'received').map(({ verdict }) => verdict)).toEqual([
    'SYSTEMERROR',
    'SUCCESS',
    'SUCCESS',
  ]);
});

it('simulator refund faults: a call with the certificate of another merchant uses up no fault', async () => {
  const refund = shop.buildRefund((await shop.createPaidOrder()).outTradeNo);
  await shop.addFault({ endpoint: 'refund', kind: 'SYSTEMERROR' });
  await shop.refundRaw(refund, null);
  const { otherMerchant } = shop.wechat.certificates;
  expect(await fromXml((await shop.refundRaw(refund, otherMerchant)).text)).toMatchObject({ err_code: 'CERT_ERROR' });
  expect(await shop.refund(refund)).toMatchObject({ err_code: 'SYSTEMERROR' });
});
