import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CollectingBillWriter } from '../../../../test/support/wechat/collecting-bill-writer.js';
import {
  answerWithText,
  buildSignedXml,
  type Responder,
  StubWechatServer,
} from '../../../../test/support/wechat/stub-wechat-server.js';
import { TestCertificateAuthority } from '../../../../test/support/wechat/test-certificate-authority.js';
import { MERCHANT } from '../../../../test/vectors/v2/vectors.js';
import { VECTORS } from '../../../../test/vectors/v3/vectors.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { Clock } from '../../../common/time/clock.js';
import { readSettings } from '../../../config/read-settings.js';
import { buildXml } from '../../xml.js';
import type { BillDownload, BillKind } from '../bills/bill.js';
import { loadMerchantCertificate } from '../certificate/load-merchant-certificate.js';
import type { Outcome } from '../outcome.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from '../wechat-http-client.js';
import { isSigned } from './signature.js';
import { createV2Provider } from './v2-provider-factory.js';
import type { WechatPayV2Provider } from './wechat-pay-v2.provider.js';

const BILL = readFileSync(new URL('../../../../test/vectors/v2/trade-bill.csv', import.meta.url), 'utf8');
const SHA1 = createHash('sha1').update(BILL).digest('hex');
const DATE = '2026-11-21';
const CERTIFICATE = new TestCertificateAuthority().issueCertificate({ name: MERCHANT.mchId });
const base64 = (text: string): string => Buffer.from(text).toString('base64');

let plain: StubWechatServer;
let certified: StubWechatServer;
let provider: WechatPayV2Provider;
let writer: CollectingBillWriter;
const open: { onApplicationShutdown(): Promise<void> }[] = [];

async function createProvider(environment: Record<string, string> = {}): Promise<WechatPayV2Provider> {
  const settings = readSettings({
    WECHAT_MODE: 'simulator',
    WECHAT_PAY_BASE_URL: plain.url,
    WECHAT_PAY_CERT_BASE_URL: certified.url,
    WECHAT_TIMEOUT_SECONDS: '1',
    ...environment,
  });
  const http = new WechatHttpClient(settings);
  const withCertificate = new MutualTlsWechatHttpClient(settings, await loadMerchantCertificate(settings));
  open.push(http, withCertificate);
  return createV2Provider(settings, new Clock(), new Metrics(), http, withCertificate);
}

const WITH_CERTIFICATE = {
  WECHAT_MCH_CERT_BASE64: base64(CERTIFICATE.cert),
  WECHAT_MCH_KEY_BASE64: base64(CERTIFICATE.key),
};

beforeEach(async () => {
  [plain, certified] = [new StubWechatServer(), new StubWechatServer()];
  await Promise.all([plain.open(), certified.open()]);
  provider = await createProvider(WITH_CERTIFICATE);
  writer = new CollectingBillWriter();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.onApplicationShutdown()));
  await Promise.all([plain.close(), certified.close()]);
});

const download = (kind: BillKind = 'TRADE'): Promise<Outcome<BillDownload>> =>
  provider.downloadBill({ date: DATE, kind }, writer);
const answerWithBytes =
  (bytes: Buffer): Responder =>
  (_fields, response) =>
    response.writeHead(200).end(bytes);
const refusal = (fields: Record<string, string>): string => buildXml({ return_code: 'FAIL', ...fields });

describe('v2 trade bill', () => {
  it('is requested with the documented fields, signed, and written byte for byte', async () => {
    plain.respond = answerWithBytes(gzipSync(BILL));
    expect(await download()).toEqual({
      kind: 'done',
      value: { state: 'AVAILABLE', sha1: SHA1, bytes: Buffer.byteLength(BILL) },
      raw: '',
    });
    expect(writer.text).toBe(BILL);
    expect(plain.paths).toEqual(['POST /pay/downloadbill']);
    const [fields = {}] = plain.requests;
    expect(fields).toEqual({
      appid: MERCHANT.appid,
      mch_id: MERCHANT.mchId,
      sign_type: 'MD5',
      bill_date: '20261121',
      bill_type: 'ALL',
      tar_type: 'GZIP',
      nonce_str: expect.stringMatching(/^\w{16,32}$/),
      sign: expect.stringMatching(/^[0-9A-F]{32}$/),
    });
    expect(isSigned(fields, MERCHANT.key)).toBe(true);
  });

  it('is accepted as text although gzip was requested', async () => {
    plain.respond = answerWithText(BILL);
    expect(await download()).toMatchObject({ value: { state: 'AVAILABLE', sha1: SHA1 } });
  });

  it.each([
    ['NONE', refusal({ return_msg: 'No Bill Exist', error_code: '20002' })],
    ['NONE', refusal({ return_msg: 'No Bill Exist' })],
    ['NONE', refusal({ return_msg: '账单不存在', error_code: '20002' })],
    ['NOT_READY', refusal({ return_msg: 'Bill Creating', error_code: '20001' })],
    ['NOT_READY', `\n${refusal({ return_msg: 'Bill Creating' })}\n`],
  ])('%s is the result of %s with HTTP 200', async (state, answer) => {
    for (const respond of [answerWithText(answer), answerWithBytes(gzipSync(answer))]) {
      plain.respond = respond;
      expect(await download()).toEqual({ kind: 'done', value: { state }, raw: answer });
    }
    expect(writer.chunks).toEqual([]);
  });

  it.each([
    ['20001', 'sign error', 'FIX_REQUEST'],
    ['20001', 'invalid bill_date', 'FIX_REQUEST'],
    ['20007', '当前商户号账单API权限已经关闭', 'FIX_REQUEST'],
    [undefined, 'require POST method', 'FIX_REQUEST'],
    ['29999', 'a new message', 'RETRY_LATER'],
  ])('error_code %s with "%s" is refused with %s %s', async (error_code, return_msg, action) => {
    plain.respond = answerWithText(refusal({ return_msg, ...(error_code !== undefined && { error_code }) }));
    const outcome = await download();
    expect(outcome).toMatchObject({ kind: 'refused', code: error_code ?? 'RETURN_FAIL', message: return_msg, action });
    if (error_code !== '29999') expect(provider.explain(error_code ?? 'RETURN_FAIL')).not.toBeNull();
  });

  it.each([
    ['20003', 'system error'],
    ['20100', '下载失败'],
    ['100', 'SYSTEMERROR'],
    [undefined, 'CompressGZip Error'],
    [undefined, 'UnCompressGZip Error'],
  ])('error_code %s with "%s" is unknown', async (error_code, return_msg) => {
    plain.respond = answerWithText(refusal({ return_msg, ...(error_code !== undefined && { error_code }) }));
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'SYSTEM_BUSY' }, message: return_msg });
  });

  it.each([
    ['an empty response', ''],
    ['a web page', '<html><body>502</body></html>'],
    ['a message that is no refusal', buildXml({ return_code: 'SUCCESS' })],
  ])('%s is unknown', async (_what, text) => {
    plain.respond = answerWithText(text);
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'UNUSABLE_ANSWER' } });
    expect(writer.chunks).toEqual([]);
  });

  it('HTTP 500 is unknown', async () => {
    plain.respond = answerWithText(BILL, 500);
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'HTTP_ERROR', code: 'HTTP 500' } });
  });

  it('gzip that ends early in a complete response is corrupt', async () => {
    plain.respond = answerWithBytes(gzipSync(BILL).subarray(0, 300));
    expect(await download()).toMatchObject({
      kind: 'done',
      value: { state: 'CORRUPT', reason: expect.stringContaining('gzip') },
    });
  });

  it('a connection that breaks during the file leaves the outcome unknown', async () => {
    plain.respond = (_fields, response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write(gzipSync(BILL).subarray(0, 300), () => response.destroy());
    };
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'CONNECTION_BROKEN' } });
  });

  it('a file that stops coming ends with a time-out, and the outcome is unknown', async () => {
    plain.respond = (_fields, response) => {
      response.writeHead(200);
      response.write(gzipSync(BILL).subarray(0, 300));
    };
    expect(await download()).toMatchObject({
      kind: 'unknown',
      failure: { kind: 'CONNECTION_BROKEN', code: 'UND_ERR_BODY_TIMEOUT' },
    });
  });

  it('a host that cannot be reached leaves the outcome unknown', async () => {
    await plain.close();
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'UNREACHABLE' } });
  });

  it('larger than any message is received whole', async () => {
    const large = BILL + '`'.repeat(3_000_000);
    plain.respond = answerWithText(large);
    expect(await download()).toMatchObject({ value: { state: 'AVAILABLE', bytes: Buffer.byteLength(large) } });
    expect(writer.text === large).toBe(true);
  });
});

describe('v2 fund bill', () => {
  it('is requested with HMAC-SHA256 where the client certificate is required', async () => {
    certified.respond = answerWithText(VECTORS.bills.V15);
    expect(await download('FUND')).toMatchObject({ value: { state: 'AVAILABLE', bytes: 790 } });
    expect(certified.paths).toEqual(['POST /pay/downloadfundflow']);
    const [fields = {}] = certified.requests;
    expect(fields).toMatchObject({
      sign_type: 'HMAC-SHA256',
      bill_date: '20261121',
      account_type: 'Basic',
      tar_type: 'GZIP',
    });
    expect(fields['sign']).toHaveLength(64);
    expect(isSigned(fields, MERCHANT.key)).toBe(true);
    expect(plain.paths).toEqual([]);
  });

  it.each([
    ['NO_BILL_EXIST', '账单不存在', { kind: 'done', value: { state: 'NONE' } }],
    ['BILL_CREATING', '账单生成中', { kind: 'done', value: { state: 'NOT_READY' } }],
    ['SYSTEMERROR', '系统错误', { kind: 'unknown', failure: { kind: 'SYSTEM_BUSY' } }],
    ['PARAM_ERROR', '参数错误', { kind: 'refused', action: 'FIX_REQUEST' }],
  ])('err_code %s is understood', async (err_code, err_code_des, expected) => {
    const fields = { return_code: 'SUCCESS', result_code: 'FAIL', err_code, err_code_des };
    for (const text of [buildXml(fields), buildSignedXml(fields, 'HMAC-SHA256')]) {
      certified.respond = answerWithText(text);
      expect(await download('FUND')).toMatchObject(expected);
    }
    certified.respond = answerWithText(buildXml({ ...fields, sign: '0'.repeat(64) }));
    expect(await download('FUND')).toMatchObject({ kind: 'unknown', failure: { kind: 'BAD_SIGNATURE' } });
  });

  it('is not requested without a client certificate', async () => {
    provider = await createProvider();
    expect([provider.canDownloadBill('TRADE'), provider.canDownloadBill('FUND')]).toEqual([true, false]);
    expect(await download('FUND')).toMatchObject({
      kind: 'refused',
      code: 'NO_CLIENT_CERTIFICATE',
      action: 'FIX_REQUEST',
    });
    expect(certified.paths).toEqual([]);
  });
});
