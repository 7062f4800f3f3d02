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

const exists = async (outTradeNo: string): Promise<boolean> =>
  (await shop.control('GET', `/orders/${outTradeNo}`)).status === 200;

describe('simulator faults: SYSTEMERROR', () => {
  it('changes nothing before the effect, and everything is done after it', async () => {
    for (const when of ['before', 'after']) {
      await shop.addFault({ endpoint: 'unifiedorder', kind: 'SYSTEMERROR', when });
      const order = shop.buildOrder();
      const answer = await shop.call('unifiedorder', order);
      expect(answer).toMatchObject({ result_code: 'FAIL', err_code: 'SYSTEMERROR', err_code_des: '系统错误' });
      expect(hasValidSignature(answer)).toBe(true);
      expect(await exists(order['out_trade_no'] ?? '')).toBe(when === 'after');
      expect(await shop.call('unifiedorder', order)).toMatchObject({ result_code: 'SUCCESS' });
    }
  });

  it('leaves the order closed after a closeorder', async () => {
    const { outTradeNo } = await shop.placeOrder();
    await shop.addFault({ endpoint: 'closeorder', kind: 'SYSTEMERROR', when: 'after', out_trade_no: outTradeNo });
    const other = await shop.placeOrder();
    expect(await shop.closeOrder(other.outTradeNo)).toMatchObject({ result_code: 'SUCCESS' });
    expect(await shop.closeOrder(outTradeNo)).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect(await shop.query(outTradeNo)).toMatchObject({ trade_state: 'CLOSED' });
  });

  it('happens as often as requested, or until it is cleared', async () => {
    await shop.addFault({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: 2 });
    const errors: (string | undefined)[] = [];
    for (let n = 0; n < 3; n += 1) errors.push((await shop.query('NONE01'))['err_code']);
    expect(errors).toEqual(['SYSTEMERROR', 'SYSTEMERROR', 'ORDERNOTEXIST']);
    await shop.addFault({ endpoint: 'orderquery', kind: 'SYSTEMERROR', times: -1 });
    expect(await shop.query('NONE01')).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect((await shop.control('DELETE', '/faults')).status).toBe(204);
    expect(await shop.query('NONE01')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
  });
});

describe('simulator faults: the connection', () => {
  it('stays open without a response until the client times out; the order may exist', async () => {
    for (const when of ['before', 'after']) {
      await shop.addFault({ endpoint: 'unifiedorder', kind: 'timeout', when });
      const order = shop.signed(shop.buildOrder());
      const call = fetch(`${shop.wechat.url}/pay/unifiedorder`, {
        method: 'POST',
        body: `<xml>${Object.entries(order)
          .map(([name, value]) => `<${name}>${value}</${name}>`)
          .join('')}</xml>`,
        signal: AbortSignal.timeout(100),
      });
      await expect(call).rejects.toThrow();
      expect(await exists(order['out_trade_no'] ?? '')).toBe(when === 'after');
    }
  });

  it('stays open without a response and is closed when the faults are cleared', async () => {
    await shop.addFault({ endpoint: 'orderquery', kind: 'timeout' });
    const call = shop.query('NONE01').then(
      () => 'answered',
      () => 'cut',
    );
    await waitFor('the call', async () => (await shop.listItems('/messages'))[0]);
    await shop.control('DELETE', '/faults');
    expect(await call).toBe('cut');
  });

  it('is reset after the effect', async () => {
    await shop.addFault({ endpoint: 'unifiedorder', kind: 'reset', when: 'after' });
    const order = shop.buildOrder();
    await expect(shop.call('unifiedorder', order)).rejects.toThrow();
    expect(await exists(order['out_trade_no'] ?? '')).toBe(true);
  });

  it('delays the response before or after the effect, once', async () => {
    for (const when of ['before', 'after']) {
      await shop.addFault({ endpoint: 'unifiedorder', kind: 'stall', when, delayMs: 500 });
      const order = shop.buildOrder();
      const began = performance.now();
      const answer = shop.call('unifiedorder', order);
      await waitFor('the call', async () => (await shop.listItems('/messages')).length > 0);
      expect(await exists(order['out_trade_no'] ?? '')).toBe(when === 'after');
      expect(await answer).toMatchObject({ result_code: 'SUCCESS' });
      expect(performance.now() - began).toBeGreaterThan(490);
      expect(await shop.listItems('/faults')).toEqual([]);
      await shop.control('POST', '/reset');
    }
  });
});

describe('simulator faults: a damaged response', () => {
  it.each([
    ['http500', 500, /^$/],
    ['html', 502, /<html>/],
    ['garbage', 200, /^(?!<xml>)/],
    ['truncated', 200, /^<xml>(?!.*<\/xml>)/s],
    ['doctype', 200, /^<!DOCTYPE/],
    ['no_signature', 200, /^(?!.*<sign>)/s],
    ['return_fail', 200, /FAIL/],
  ])('%s', async (kind, status, pattern) => {
    await shop.addFault({ endpoint: 'orderquery', kind });
    await shop.callRaw('orderquery', shop.signed({ out_trade_no: 'NONE01' })).then((text) => {
      expect(text).toMatch(pattern);
    });
    expect((await shop.listItems('/messages'))[0]).toMatchObject({
      answer: { status },
      fault: expect.stringContaining(kind),
    });
  });

  it('has a wrong signature, another appid, or the numbers of another order', async () => {
    const first = await shop.placeOrder();
    const second = await shop.placeOrder();
    await shop.addFault({ endpoint: 'orderquery', kind: 'wrong_signature' });
    expect(hasValidSignature(await shop.query(first.outTradeNo))).toBe(false);
    await shop.addFault({ endpoint: 'orderquery', kind: 'other_appid' });
    const foreign = await shop.query(first.outTradeNo);
    expect(hasValidSignature(foreign)).toBe(true);
    expect(foreign['appid']).not.toBe(APPID);
    await shop.addFault({ endpoint: 'orderquery', kind: 'echo_other_order' });
    expect((await shop.query(first.outTradeNo))['out_trade_no']).toBe(second.outTradeNo);
  });

  it('has any err_code', async () => {
    await shop.addFault({
      endpoint: 'unifiedorder',
      kind: 'err_code',
      errCode: 'NOAUTH',
      errCodeDes: '商户无此接口权限',
    });
    expect(await shop.call('unifiedorder', shop.buildOrder())).toMatchObject({ err_code: 'NOAUTH' });
  });
});

it('simulator faults: an invalid fault is rejected with a reason', async () => {
  for (const fault of [
    { endpoint: 'orderquery', kind: 'nonsense' },
    { endpoint: 'orderquery', kind: 'wrong_signature', when: 'before' },
    { endpoint: 'jscode2session', kind: 'doctype' },
    { endpoint: 'micropay', kind: 'SYSTEMERROR' },
    { endpoint: 'refund-notice', kind: 'other-order' },
    { endpoint: 'orderquery', kind: 'err_code' },
    { endpoint: 'orderquery', kind: 'stall', times: 0 },
    { endpoint: 'orderquery', kind: 'stall', unknown: 1 },
  ]) {
    const { status, body } = await shop.control('POST', '/faults', fault);
    expect({ status, body }).toMatchObject({ status: 400, body: { title: 'Bad Request', detail: expect.any(String) } });
  }
  expect(await shop.listItems('/faults')).toEqual([]);
});

it('simulator faults: an invalid request is refused and uses up no fault', async () => {
  await shop.addFault({ endpoint: 'orderquery', kind: 'SYSTEMERROR' });
  const xml = await shop.callRaw('orderquery', { ...shop.signed({ out_trade_no: 'NONE01' }), sign: 'X' });
  expect(await fromXml(xml)).toMatchObject({ return_msg: '签名错误' });
  expect(await shop.listItems('/faults')).toHaveLength(1);
});
