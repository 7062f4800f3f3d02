import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MerchantServer } from '../support/merchant-server.js';
import { fromXml, hasValidSignature, Message, toXml } from '../support/signing.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
beforeEach(() => shop.control('POST', '/reset'));
afterAll(() => shop.close());

const post = async (body: string | Buffer, method = 'POST'): Promise<Message> => {
  const init = method === 'GET' ? { method } : { method, body: typeof body === 'string' ? body : new Uint8Array(body) };
  return fromXml(await (await fetch(`${shop.wechat.url}/pay/unifiedorder`, init)).text());
};

describe('simulator request checks: a message is refused with return_code FAIL, unsigned', () => {
  it.each<[string, () => Promise<Message>, string]>([
    ['with the wrong method', () => post('', 'GET'), '请使用post方法'],
    ['without a body', () => post(''), 'post数据为空'],
    ['in another encoding', () => post(Buffer.from([0x3c, 0xb2, 0xe2])), '编码格式错误'],
    ['that is not XML', () => post('total_fee=1'), 'XML格式错误'],
    ['with a document type', () => post(`<!DOCTYPE xml>${toXml(shop.signed(shop.buildOrder()))}`), 'XML格式错误'],
    ['without a required element', () => post(toXml(shop.signed(shop.buildOrder({ body: '' })))), '缺少参数body'],
    ['from an unknown appid', () => shop.call('unifiedorder', shop.buildOrder({ appid: 'wx1' })), 'appid不存在'],
    [
      'from another merchant',
      () => shop.call('unifiedorder', shop.buildOrder({ mch_id: '1900000110' })),
      '商户号mch_id与appid不匹配',
    ],
    ['with a wrong signature', () => shop.call('unifiedorder', shop.buildOrder({ sign: 'A'.repeat(32) })), '签名错误'],
    ['with an unknown sign_type', () => shop.call('unifiedorder', shop.buildOrder({ sign_type: 'SHA1' })), '签名错误'],
  ])('%s', async (_what, send, returnMsg) => {
    expect(await send()).toEqual({ return_code: 'FAIL', return_msg: returnMsg });
    expect(await shop.listItems('/orders')).toEqual([]);
    expect((await shop.listItems('/messages')).at(-1)).toMatchObject({ path: '/pay/unifiedorder', verdict: returnMsg });
  });

  it('by its first error: elements, then identity, then signature', async () => {
    const allWrong = { appid: 'wx1', sign: 'A'.repeat(32) };
    const answer = await shop.call('unifiedorder', shop.buildOrder({ ...allWrong, total_fee: '' }));
    expect(answer['return_msg']).toBe('缺少参数total_fee');
    expect((await shop.call('unifiedorder', shop.buildOrder(allWrong)))['return_msg']).toBe('appid不存在');
  });
});

describe('simulator request checks: an order is refused', () => {
  it.each<[Message, string]>([
    [{ total_fee: '0' }, 'invalid total_fee'],
    [{ total_fee: '12.88' }, 'invalid total_fee'],
    [{ total_fee: '01' }, 'invalid total_fee'],
    [{ out_trade_no: 'short' }, 'out_trade_no参数格式错误'],
    [{ out_trade_no: 'SHOP 0000001' }, 'out_trade_no参数格式错误'],
    [{ out_trade_no: 'S'.repeat(33) }, 'out_trade_no参数长度有误'],
    [{ body: '茶'.repeat(43) }, 'body参数长度有误'],
    [{ attach: 'a'.repeat(128) }, 'attach参数长度有误'],
    [{ notify_url: 'https://shop.example.com/n?x=1' }, 'invalid notify_url'],
    [{ notify_url: '/notify' }, 'invalid notify_url'],
    [{ fee_type: 'USD' }, 'fee_type参数格式错误'],
    [{ trade_type: 'MICROPAY' }, 'trade_type参数格式错误'],
    [{ time_expire: '2026-11-21' }, 'time_expire参数格式错误'],
    [{ time_expire: '20261321000000' }, 'time_expire参数格式错误'],
    [{ spbill_create_ip: 'localhost' }, 'spbill_create_ip参数格式错误'],
    [{ openid: '' }, 'JSAPI支付必须传openid'],
    [{ trade_type: 'NATIVE' }, '缺少参数product_id'],
    [{ trade_type: 'MWEB' }, 'scene_info参数格式错误'],
  ])('for %j', async (changes, returnMsg) => {
    expect(await shop.call('unifiedorder', shop.buildOrder(changes))).toMatchObject({ return_msg: returnMsg });
    expect(await shop.listItems('/orders')).toEqual([]);
  });

  it('when time_expire is less than a minute after time_start', async () => {
    const times = { time_start: '20261121120000', time_expire: '20261121120059' };
    expect(await shop.call('unifiedorder', shop.buildOrder(times))).toMatchObject({ return_code: 'FAIL' });
  });

  it('with a signed err_code when parameterErrors is err_code, and always for an unknown openid', async () => {
    const unknownPayer = await shop.call('unifiedorder', shop.buildOrder({ openid: 'oSomebodyOfAnotherMiniProgram' }));
    expect(unknownPayer).toMatchObject({ err_code: 'PARAM_ERROR', err_code_des: '无效的openid' });
    await shop.setBehaviours({ parameterErrors: 'err_code' });
    const answer = await shop.call('unifiedorder', shop.buildOrder({ total_fee: '0' }));
    expect(answer).toMatchObject({ return_code: 'SUCCESS', result_code: 'FAIL', err_code: 'PARAM_ERROR' });
    expect(hasValidSignature(answer)).toBe(true);
  });
});

describe('simulator request checks: a response', () => {
  it('is signed by HMAC-SHA256 for an HMAC-SHA256 request, without naming the sign type', async () => {
    const { answer } = await shop.placeOrder({ sign_type: 'HMAC-SHA256', device_info: 'WEB' });
    expect(answer['sign']).toHaveLength(64);
    expect(hasValidSignature(answer)).toBe(true);
    expect(answer).not.toHaveProperty('sign_type');
    expect(answer).toMatchObject({ device_info: 'WEB', sim_extra: expect.any(String) });
  });

  it('varies in format but not in content, and the same seed gives the same formats', async () => {
    const shapesOf = async (seed: number): Promise<string[]> => {
      await shop.control('POST', '/reset', { seed });
      const raw: string[] = [];
      for (let n = 0; n < 12; n += 1)
        raw.push(await shop.callRaw('orderquery', shop.signed({ out_trade_no: 'NONE01' })));
      return raw;
    };
    const first = await shapesOf(7);
    expect(await shapesOf(7)).toEqual(first);
    expect(first.some((xml) => xml.includes('\n')) && first.some((xml) => !xml.includes('\n'))).toBe(true);
    expect(first.some((xml) => xml.includes('CDATA')) && first.some((xml) => !xml.includes('CDATA'))).toBe(true);
    for (const xml of first) expect(hasValidSignature(await fromXml(xml))).toBe(true);
  });

  it('has a wrong signature at every n-th time with wrongSignatureEvery', async () => {
    await shop.setBehaviours({ wrongSignatureEvery: 3 });
    const verdicts: boolean[] = [];
    for (let n = 0; n < 6; n += 1) verdicts.push(hasValidSignature(await shop.query('NONE01')));
    expect(verdicts).toEqual([true, true, false, true, true, false]);
  });
});
