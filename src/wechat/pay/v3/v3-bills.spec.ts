import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { CollectingBillWriter } from '../../../../test/support/wechat/collecting-bill-writer.js';
import { isSignedByMerchant, StubV3Server, type V3StubAnswer } from '../../../../test/support/wechat/stub-v3-server.js';
import { createV3Fixture, type V3Fixture } from '../../../../test/support/wechat/v3-provider-fixture.js';
import { VECTORS } from '../../../../test/vectors/v3/vectors.js';
import type { BillDownload, BillKind } from '../bills/bill.js';
import type { Outcome } from '../outcome.js';

Logger.overrideLogger(false);

const BILL = VECTORS.bills.V10;
const SHA1 = 'adafa8dead30fc25bddf1d3e34fcaaa8204583a1';
const FILE_PATH = '/v3/billdownload/file?token=AbC123-_xyz&tartype=gzip';

type FileResponder = (response: ServerResponse) => void;

let host: StubV3Server;
let backup: StubV3Server;
let fixture: V3Fixture;
let writer: CollectingBillWriter;
/** What each request for an address gets; the last one is repeated. */
let addresses: V3StubAnswer[];
/** What each request for the file gets; the last one is repeated. */
let files: FileResponder[];

/** The signed response that names the file. */
const addressAt = (url: string, changes: object = {}): V3StubAnswer => ({
  body: JSON.stringify({ download_url: url, hash_type: 'SHA1', hash_value: SHA1, ...changes }),
});
const sends =
  (body: Buffer | string, status = 200): FileResponder =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/octet-stream' }).end(body);
const refuses = (status: number, code: string, message = '…'): V3StubAnswer => ({
  status,
  body: JSON.stringify({ code, message }),
});
const next = <T>(list: T[]): T => (list.length > 1 ? list.shift() : list[0]) as T;

beforeEach(async () => {
  [host, backup] = [new StubV3Server(() => fixture.clock.now()), new StubV3Server(() => fixture.clock.now())];
  for (const each of [host, backup]) {
    each.respond = ({ path }, response) => {
      if (!path.startsWith('/v3/billdownload/')) return next(addresses);
      next(files)(response);
      return 'no response';
    };
    await each.open();
  }
  fixture = await createV3Fixture([host.url, backup.url]);
  writer = new CollectingBillWriter();
  addresses = [addressAt(`${host.url}${FILE_PATH}`)];
  files = [sends(gzipSync(BILL))];
});
afterEach(async () => {
  await fixture.close();
  await Promise.all([host.close(), backup.close()]);
});

const download = (kind: BillKind = 'TRADE'): Promise<Outcome<BillDownload>> =>
  fixture.provider.downloadBill({ date: '2026-09-21', kind }, writer);
const pathsAt = (server: StubV3Server): string[] => server.requests.map(({ path }) => path);
const AVAILABLE = { kind: 'done', value: { state: 'AVAILABLE', sha1: SHA1, bytes: 1118 }, raw: '' };

describe('v3 bills', () => {
  it('requests the address, then the file, both signed, and compares the SHA-1 of the uncompressed bytes', async () => {
    expect(fixture.provider.canDownloadBill()).toBe(true);
    expect(await download()).toEqual(AVAILABLE);
    expect(writer.text).toBe(BILL);
    expect(pathsAt(host)).toEqual(['/v3/bill/tradebill?bill_date=2026-09-21&bill_type=ALL&tar_type=GZIP', FILE_PATH]);
    expect(host.requests.every(isSignedByMerchant)).toBe(true);
    for (const { method, headers } of host.requests)
      expect([method, headers.accept, headers['user-agent']]).toEqual(['GET', 'application/json', 'wx-checkout']);
  });

  it("downloads the fund bill as in WeChat's documents", async () => {
    const { V15: apply, V15download: file } = VECTORS.requests;
    const { download_url, hash_value } = JSON.parse(VECTORS.answers.V15.body) as Record<string, string>;
    addresses = [addressAt(download_url ?? '', { hash_value })];
    files = [sends(Buffer.from(VECTORS.bills.V15gzip, 'base64'))];
    expect(await download('FUND')).toEqual({
      ...AVAILABLE,
      value: { state: 'AVAILABLE', sha1: hash_value, bytes: 790 },
    });
    expect(pathsAt(host)).toEqual([apply.url, file.url]);
    expect(writer.text).toBe(VECTORS.bills.V15);
  });

  it.each([
    ['another file', sends(gzipSync(BILL.replace('8.88', '8.89'))), /SHA-1 is \w{40} instead of adafa8/],
    ['a part of the file', sends(BILL.slice(0, -1)), /SHA-1/],
    ['gzip that ends early', sends(gzipSync(BILL).subarray(0, 300)), /gzip/],
    ['no byte', sends(''), /SHA-1/],
  ])('reports %s as corrupt', async (_what, file, reason) => {
    files = [file];
    const outcome = await download();
    expect(outcome).toMatchObject({ kind: 'done', value: { state: 'CORRUPT', reason: expect.stringMatching(reason) } });
    expect(files).toHaveLength(1);
  });

  it.each([
    ['NO_STATEMENT_EXIST', 'NONE'],
    ['STATEMENT_CREATING', 'NOT_READY'],
  ])('%s is the result %s', async (code, state) => {
    addresses = [refuses(400, code)];
    expect(await download()).toMatchObject({ kind: 'done', value: { state } });
    expect(fixture.provider.explain(code)).not.toBeNull();
    expect(host.requests).toHaveLength(1);
  });

  it.each([
    ['270522881', { kind: 'done', value: { state: 'NONE' } }],
    ['270522882', { kind: 'done', value: { state: 'NOT_READY' } }],
    ['268435472', { kind: 'refused', action: 'RETRY_LATER' }],
    ['270522880', { kind: 'refused', action: 'FIX_REQUEST' }],
  ])('INVALID_REQUEST with the reason %s is understood', async (reason, expected) => {
    addresses = [{ ...refuses(400, 'INVALID_REQUEST'), headers: { 'request-id': `08F5C405-${reason}` } }];
    expect(await download()).toMatchObject(expected);
  });

  it('refuses what the settings must fix, and what is too early', async () => {
    addresses = [refuses(403, 'NO_AUTH')];
    expect(await download()).toMatchObject({ kind: 'refused', code: 'NO_AUTH', action: 'FIX_REQUEST' });
    addresses = [refuses(429, 'FREQUENCY_LIMITED')];
    expect(await download()).toMatchObject({ kind: 'refused', action: 'RETRY_LATER' });
    addresses = [refuses(500, 'SYSTEM_ERROR')];
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'SYSTEM_BUSY' } });
  });

  it('requests nothing with an address whose signature is wrong', async () => {
    addresses = [{ ...addressAt(`${host.url}${FILE_PATH}`), signature: (right) => `AAAA${right.slice(4)}` }];
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'BAD_SIGNATURE' } });
    expect(host.requests).toHaveLength(1);
  });

  it.each([
    ['no hash', { hash_value: undefined }],
    ['another hash', { hash_type: 'MD5', hash_value: '0'.repeat(32) }],
    ['no address', { download_url: undefined }],
  ])('an address response with %s leaves the outcome unknown', async (_what, changes) => {
    addresses = [addressAt(`${host.url}${FILE_PATH}`, changes)];
    expect(await download()).toMatchObject({ kind: 'unknown', raw: null, failure: { kind: 'UNUSABLE_ANSWER' } });
    expect(host.requests).toHaveLength(1);
  });
});

describe('v3 bills: the host of the file', () => {
  it.each([
    'https://api.mch.weixin.qq.com',
    'https://api2.mch.weixin.qq.com',
    'https://api.wechatpay.cn',
    'https://api2.wechatpay.cn',
  ])('a file at %s is requested at the configured host', async (origin) => {
    addresses = [addressAt(origin + FILE_PATH)];
    expect(await download()).toEqual(AVAILABLE);
    expect(pathsAt(host)).toContain(FILE_PATH);
  });

  it('sends nothing to another host, nor to any other form of address', async () => {
    const foreign = new StubV3Server(() => fixture.clock.now());
    await foreign.open();
    const port = new URL(host.url).port;
    for (const url of [
      foreign.url + FILE_PATH,
      `http://api.mch.weixin.qq.com${FILE_PATH}`,
      `https://api.mch.weixin.qq.com.example.com${FILE_PATH}`,
      `https://api.mch.weixin.qq.com@127.0.0.1:${port}${FILE_PATH}`,
      `${host.url.replace('//', '//user@')}${FILE_PATH}`,
      `//${new URL(host.url).host}${FILE_PATH}`,
      FILE_PATH,
      `file://${FILE_PATH}`,
    ]) {
      addresses = [addressAt(url)];
      const outcome = await download();
      expect([url, outcome.kind, outcome.raw]).toEqual([url, 'unknown', null]);
    }
    expect(foreign.connections).toBe(0);
    expect(pathsAt(host).every((path) => path.startsWith('/v3/bill/'))).toBe(true);
    await foreign.close();
  });

  it('does not follow a redirect', async () => {
    files = [(response) => response.writeHead(302, { location: `${backup.url}${FILE_PATH}` }).end()];
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'HTTP_ERROR', code: 'HTTP 302' } });
    expect(backup.requests).toEqual([]);
  });

  it('signs the path as it is sent, below a configured path too', async () => {
    await fixture.close();
    fixture = await createV3Fixture([`${host.url}/relay`]);
    const signed: [string, boolean][] = [];
    const odd = "/v3/billdownload/file?token=a%2fb%20c'd~&x=";
    host.respond = (request, response) => {
      const path = request.path.replace(/^\/relay/, '');
      signed.push([path, isSignedByMerchant({ ...request, path })]);
      if (!path.startsWith('/v3/billdownload/')) return next(addresses);
      next(files)(response);
      return 'no response';
    };
    for (const url of [`${host.url}/relay${odd}`, `${host.url}${odd}`, `https://api.mch.weixin.qq.com${odd}`]) {
      addresses = [addressAt(url)];
      expect(await download()).toEqual(AVAILABLE);
      expect(pathsAt(host).every((path) => path.startsWith('/relay/v3/'))).toBe(true);
      expect(signed.splice(0)).toEqual([
        ['/v3/bill/tradebill?bill_date=2026-09-21&bill_type=ALL&tar_type=GZIP', true],
        [odd.replace("'", '%27'), true],
      ]);
    }
  });

  it('uses the backup host for both steps when the first cannot be reached', async () => {
    await host.close();
    expect(await download()).toEqual(AVAILABLE);
    expect(pathsAt(backup)).toHaveLength(2);
  });
});

describe('v3 bills: addresses that expire and connections that break', () => {
  const expired = sends(JSON.stringify({ code: 'INVALID_REQUEST', message: 'token expired' }), 400);

  it('requests one new address when the first has expired', async () => {
    const second = FILE_PATH.replace('AbC', 'DeF');
    addresses = [addressAt(host.url + FILE_PATH), addressAt(host.url + second)];
    files = [expired, sends(gzipSync(BILL))];
    expect(await download()).toEqual(AVAILABLE);
    expect(pathsAt(host).filter((path) => path.startsWith('/v3/billdownload/'))).toEqual([FILE_PATH, second]);
    expect(writer.text).toBe(BILL);
  });

  it('requests no third address', async () => {
    files = [expired];
    expect(await download()).toMatchObject({ kind: 'refused', code: 'INVALID_REQUEST', action: 'RETRY_LATER' });
    expect(host.requests).toHaveLength(4);
  });

  it.each([
    [403, JSON.stringify({ code: 'NO_AUTH', message: '…' }), { kind: 'refused', action: 'FIX_REQUEST' }],
    [401, JSON.stringify({ code: 'SIGN_ERROR', message: '签名错误' }), { kind: 'refused', action: 'FIX_REQUEST' }],
    [
      500,
      JSON.stringify({ code: 'SYSTEM_ERROR', message: '…' }),
      { kind: 'unknown', failure: { kind: 'SYSTEM_BUSY' } },
    ],
    [502, '<html></html>', { kind: 'unknown', failure: { kind: 'HTTP_ERROR' } }],
    [200, '<html></html>', { kind: 'unknown', failure: { kind: 'UNUSABLE_ANSWER' } }],
    [204, '', { kind: 'unknown', failure: { kind: 'HTTP_ERROR' } }],
  ])('understands HTTP %p with %j in place of the file', async (status, body, expected) => {
    files = [sends(body, status)];
    expect(await download()).toMatchObject(expected);
    expect(host.requests).toHaveLength(2);
    expect(writer.chunks).toEqual([]);
  });

  it.each<[string, FileResponder, string]>([
    [
      'breaks',
      (response) => response.write(gzipSync(BILL).subarray(0, 300), () => response.destroy()),
      'UND_ERR_SOCKET',
    ],
    ['stops', (response) => response.write(gzipSync(BILL).subarray(0, 300)), 'UND_ERR_BODY_TIMEOUT'],
  ])('a file that %s leaves the outcome unknown', async (_what, respond, code) => {
    files = [
      (response) => {
        response.writeHead(200, { 'content-length': '5000' });
        respond(response);
      },
    ];
    expect(await download()).toMatchObject({ kind: 'unknown', failure: { kind: 'CONNECTION_BROKEN', code } });
  });

  it("throws the writer's own error", async () => {
    const failing = fixture.provider.downloadBill(
      { date: '2026-09-21', kind: 'TRADE' },
      { write: () => Promise.reject(new Error('disk full')) },
    );
    await expect(failing).rejects.toThrow('disk full');
  });
});
