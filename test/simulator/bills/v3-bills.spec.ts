import { X509Certificate } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY, NOON, readBill, sha1, TO_READY_SECONDS } from '../support/bill-file.js';
import { type Json, type RequestChanges, V3Answer, V3Merchant } from '../support/v3-merchant.js';

let shop: V3Merchant;
beforeEach(async () => {
  await (shop as V3Merchant | undefined)?.close();
  shop = await V3Merchant.start({ clock: { now: () => NOON } });
});
afterAll(() => shop.close());

const TRADE = `/v3/bill/tradebill?bill_date=${DAY}`;
const FUND = `/v3/bill/fundflowbill?bill_date=${DAY}`;
const toReady = (): Promise<void> => shop.advanceClock(TO_READY_SECONDS);

interface File {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/** GET of a download_url, as a merchant sends it. */
async function downloadFrom(url: unknown, changes: RequestChanges = {}): Promise<File> {
  const { pathname, search, origin } = new URL(String(url));
  expect(origin).toBe(shop.wechat.url);
  const path = pathname + search;
  const response = await fetch(String(url), {
    headers: { accept: '*/*', 'user-agent': 'test', authorization: shop.authorization('GET', path, '', changes) },
  });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

const applyFor = async (url: string): Promise<Json> => {
  const answer = await shop.get(url);
  expect([answer.status, shop.isSigned(answer)]).toEqual([200, true]);
  return answer.json;
};
const download = async (url: string): Promise<string> =>
  (await downloadFrom((await applyFor(url))['download_url'])).bytes.toString();
const refusal = ({ status, json }: V3Answer): unknown[] => [status, json['code'], json['message']];

describe('simulator v3 bills: the two steps of a download', () => {
  it('answer an address and the SHA-1 of the file, which comes without a signature', async () => {
    const { outTradeNo, transactionId } = await shop.createPaidOrder();
    await toReady();
    const granted = await applyFor(TRADE);
    expect(granted).toMatchObject({
      hash_type: 'SHA1',
      download_url: expect.stringContaining('/v3/billdownload/file?token='),
    });
    const file = await downloadFrom(granted['download_url']);
    expect([...file.headers.keys()].filter((name) => name.startsWith('wechatpay'))).toEqual([]);
    expect(sha1(file.bytes)).toBe(granted['hash_value']);
    expect(readBill(file.bytes.toString()).lines).toMatchObject([
      { 微信订单号: transactionId, 商户订单号: outTradeNo, 手续费: '0.08000' },
    ]);
  });

  it('give gzip on request, with the hash of the uncompressed file', async () => {
    await shop.createPaidOrder();
    await toReady();
    for (const url of [TRADE, FUND]) {
      const granted = await applyFor(`${url}&tar_type=GZIP`);
      expect(granted['download_url']).toMatch(/&tartype=gzip$/);
      const { bytes, headers } = await downloadFrom(granted['download_url']);
      expect([headers.get('content-encoding'), headers.get('content-type')]).toEqual([null, 'application/x-gzip']);
      expect(sha1(gunzipSync(bytes))).toBe(granted['hash_value']);
    }
  });

  it('need a signed request for the file, by the same merchant, within five minutes', async () => {
    await shop.createPaidOrder();
    await toReady();
    const url = (await applyFor(TRADE))['download_url'];
    expect((await downloadFrom(url, { signed: { url: '/v3/billdownload/file' } })).status).toBe(401);
    const { cert, key } = shop.wechat.certificates.otherMerchant;
    const certificate = new X509Certificate(cert);
    const [, mchid = ''] = /^CN=(\d+)$/m.exec(certificate.subject) ?? [];
    const other = { mchid, serial: certificate.serialNumber, privateKey: key };
    const refused = await downloadFrom(url, other);
    expect([refused.status, JSON.parse(refused.bytes.toString())]).toEqual([
      403,
      expect.objectContaining({ code: 'NO_AUTH' }),
    ]);
    expect((await shop.get(TRADE, other)).json).toMatchObject({ code: 'SIGN_ERROR', message: '商户未申请过证书' });
    await shop.advanceClock(299);
    expect((await downloadFrom(url)).status).toBe(200);
    await shop.advanceClock(1);
    const late = await downloadFrom(url);
    expect([late.status, JSON.parse(late.bytes.toString())]).toEqual([
      400,
      expect.objectContaining({ code: 'INVALID_REQUEST' }),
    ]);
    expect((await downloadFrom((await applyFor(TRADE))['download_url'])).status).toBe(200);
  });

  it('can use the path of the documents’ samples', async () => {
    await shop.setBehaviours({ billUrlPath: '/v3/bill/downloadurl' });
    await shop.createPaidOrder();
    await toReady();
    expect((await applyFor(TRADE))['download_url']).toContain('/v3/bill/downloadurl?token=');
    expect(readBill(await download(TRADE)).lines).toHaveLength(1);
  });
});

describe('simulator v3 bills: content', () => {
  it('has the trades of v2, v3 and the merchant platform, and the same lines for both protocols', async () => {
    const v3 = await shop.createPaidOrder();
    const foreign = { out_trade_no: 'OTHERSYSTEM0001', total_fee: 250, protocol: 'v2' };
    expect((await shop.control('POST', '/orders', foreign)).status).toBe(201);
    await shop.control('POST', '/orders/OTHERSYSTEM0001/pay', {});
    await shop.control('POST', `/orders/${v3.outTradeNo}/vendor-refund`, { refundFen: 300, out_refund_no: 'BYHAND1' });
    await toReady();
    const { lines } = readBill(await download(TRADE));
    expect(lines.map((line) => [line['商户订单号'], line['商户退款单号']])).toEqual([
      [v3.outTradeNo, '0'],
      ['OTHERSYSTEM0001', '0'],
      [v3.outTradeNo, 'BYHAND1'],
    ]);
    expect((await shop.query('OTHERSYSTEM0001')).json).toMatchObject({ trade_state: 'SUCCESS' });
    const flow = readBill(await download(FUND)).lines;
    expect(flow.at(-1)).toMatchObject({ 资金变更提交申请人: 'admin@1900000109', 业务凭证号: 'BYHAND1' });
    expect((await shop.control('GET', '/notices')).body['items']).toMatchObject([
      { state: 'lost' },
      { state: 'lost' }, // another system's order has no address for its notice
    ]);
  });

  it('agrees with the balance: opening, closing, and the next day’s opening', async () => {
    await shop.createPaidOrder();
    await shop.advanceClock(86_400);
    const { transactionId } = await shop.createPaidOrder();
    await shop.refund(transactionId);
    await shop.advanceClock(86_400);
    const [first, second] = (await shop.control('GET', '/bills')).body['items'] as Json[];
    expect([first?.['openingFen'], first?.['closingFen']]).toEqual([0, 1280]);
    expect([second?.['openingFen'], second?.['closingFen']]).toEqual([1280, 2063]);
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 2063 });
  });

  it('has an abnormal refund once, and its money in the fund flow each time it moves', async () => {
    await shop.setBehaviours({ refundEnds: 'CHANGE' });
    const { transactionId } = await shop.createPaidOrder();
    const refund = await shop.refund(transactionId);
    await shop.advanceClock(60);
    const done = await shop.control('POST', `/refunds/${String(refund.json['out_refund_no'])}/state`, {
      state: 'SUCCESS',
    });
    expect(done.status).toBe(200);
    await toReady();
    expect(readBill(await download(TRADE)).lines).toMatchObject([{ 交易状态: 'SUCCESS' }, { 退款状态: 'SUCCESS' }]);
    const moves = readBill(await download(FUND)).lines.map((line) => [line['业务类型'], line['收支金额(元)']]);
    expect(moves.slice(2)).toEqual([
      ['退款', '4.97'],
      ['退款关闭', '4.97'],
      ['异常退款', '4.97'],
    ]);
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 783 });
  });

  it('returns exactly the fee with the refunds of a payment, however it is divided', async () => {
    await shop.setBehaviours({ refundSpacingSeconds: 0 });
    const { transactionId, outTradeNo } = await shop.createPaidOrder({ amount: { total: 1000 } });
    for (const refund of [250, 250, 250, 84, 83, 83]) {
      await shop.refund(transactionId, { amount: { refund, total: 1000, currency: 'CNY' } });
    }
    await toReady();
    const { lines, totals } = readBill(await download(TRADE));
    const fees = lines.map((line) => Number(line['手续费']));
    expect(fees).toEqual([0.06, -0.02, -0.01, -0.02, 0, -0.01, 0].map((fee) => expect.closeTo(fee, 5)));
    expect(totals['手续费总金额']).toBe('0.00000');
    expect((await shop.control('GET', '/merchant')).body).toMatchObject({ balanceFen: 0 });
    expect((await shop.control('GET', `/orders/${outTradeNo}`)).body).toMatchObject({ transaction: { feeFen: 6 } });
  });
});

describe('simulator v3 bills: refusals', () => {
  it.each([
    ['today', DAY, 'INVALID_REQUEST'],
    ['not a date', '2026-13-01', 'INVALID_REQUEST'],
    ['no bill yet', '2026-11-19', 'NO_STATEMENT_EXIST'],
    ['older than three months', '2026-08-19', 'INVALID_REQUEST'],
    ['another format', '20261119', 'PARAM_ERROR'],
  ])('%s: %s is 400 %s', async (_why, date, code) => {
    const answer = await shop.get(`/v3/bill/tradebill?bill_date=${date}`);
    expect([answer.status, answer.json['code'], shop.isSigned(answer)]).toEqual([400, code, true]);
  });

  it('say that a bill is being made until 10:00 Beijing, then that there is none', async () => {
    await shop.advanceClock(TO_READY_SECONDS - 1);
    expect(refusal(await shop.get(TRADE))).toEqual([400, 'STATEMENT_CREATING', '账单生成中']);
    await shop.advanceClock(1);
    const none = await shop.get(FUND);
    expect(refusal(none)).toEqual([400, 'NO_STATEMENT_EXIST', '请求的账单文件不存在']);
    expect(none.headers['request-id']).toMatch(/-270522881$/);
  });

  it('name a missing date and a wrong type, and limit fund-flow bills to three a second', async () => {
    const missing = await shop.get('/v3/bill/tradebill');
    expect(missing.json).toMatchObject({ code: 'PARAM_ERROR', detail: { location: 'query', value: '' } });
    expect((await shop.get(`${TRADE}&tar_type=ZIP`)).json).toMatchObject({ code: 'PARAM_ERROR' });
    expect((await shop.get(`${TRADE}&bill_type=MINE`)).json).toMatchObject({ code: 'PARAM_ERROR' });
    await toReady();
    const codes: unknown[] = [];
    for (let n = 0; n < 4; n++) codes.push((await shop.get(FUND)).json['code']);
    expect(codes).toEqual([...Array<string>(3).fill('NO_STATEMENT_EXIST'), 'FREQUENCY_LIMITED']);
  });
});

describe('simulator v3 bills: faults', () => {
  beforeEach(async () => {
    await shop.createPaidOrder();
    await toReady();
  });

  it.each([
    ['SYSTEMERROR', 500, 'SYSTEM_ERROR'],
    ['error200', 200, 'SYSTEM_ERROR'],
    ['rate_limited', 429, 'FREQUENCY_LIMITED'],
  ])('%s answers the request and the file with %d %s', async (kind, status, code) => {
    const url = (await applyFor(TRADE))['download_url'];
    await shop.addFault({ endpoint: 'downloadbill', kind });
    const answer = await shop.get(TRADE);
    expect([answer.status, answer.json['code'], shop.isSigned(answer)]).toEqual([status, code, true]);
    await shop.addFault({ endpoint: 'billfile', kind });
    const file = await downloadFrom(url);
    expect([file.status, (JSON.parse(file.bytes.toString()) as Json)['code']]).toEqual([status, code]);
    expect(file.headers.get('wechatpay-signature')).toBeNull();
  });

  it('damage the file or its answer', async () => {
    const { download_url: url, hash_value: hash } = await applyFor(TRADE);
    await shop.addFault({ endpoint: 'billfile', kind: 'truncated' });
    expect(sha1((await downloadFrom(url)).bytes)).not.toBe(hash);
    await shop.addFault({ endpoint: 'billfile', kind: 'http500' });
    expect((await downloadFrom(url)).status).toBe(500);
    for (const kind of ['reset', 'cut']) {
      await shop.addFault({ endpoint: 'billfile', kind });
      await expect(downloadFrom(url)).rejects.toThrow();
    }
    await shop.addFault({ endpoint: 'downloadbill', kind: 'wrong_signature' });
    const answer = await shop.get(TRADE);
    expect([answer.status, shop.isSigned(answer)]).toEqual([200, false]);
    expect(sha1((await downloadFrom(url)).bytes)).toBe(hash);
  });
});
