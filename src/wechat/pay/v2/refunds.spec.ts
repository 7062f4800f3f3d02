import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerOptions } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import {
  type CertificateAndKey,
  generateKey,
  TestCertificateAuthority,
} from '../../../../test/support/wechat/test-certificate-authority.js';
import {
  answerWith,
  COMMON_FIELDS,
  StubWechatServer,
  refuseWith,
  type Responder,
  answerWithText,
  buildSignedXml,
} from '../../../../test/support/wechat/stub-wechat-server.js';
import { MERCHANT, messageText } from '../../../../test/vectors/v2/vectors.js';
import { Clock } from '../../../common/time/clock.js';
import { Metrics } from '../../../common/metrics/metrics.js';
import { readSettings } from '../../../config/read-settings.js';
import { CertificateReloadJob } from '../certificate/certificate-reload.job.js';
import { loadMerchantCertificate } from '../certificate/load-merchant-certificate.js';
import { MutualTlsWechatHttpClient, WechatHttpClient } from '../wechat-http-client.js';
import type { ChannelAccount, StoredRequest } from '../payment-channel.js';
import type { RefundDraft } from '../payment-types.js';
import { type Fields, isSigned } from './signature.js';
import { createV2Provider } from './v2-provider-factory.js';
import type { WechatPayV2Provider } from './wechat-pay-v2.provider.js';
import { buildXml, parseXml } from '../../xml.js';

const OUT_REFUND_NO = 'RF20261121000002A';
const REFUND_ID = '50303602082026112112345678901';
const DRAFT: RefundDraft = {
  outRefundNo: OUT_REFUND_NO,
  outTradeNo: 'SHOP20261121000002',
  transactionId: '4200002911202611215567890123',
  paidFen: 5000,
  refundFen: 1500,
  reason: '商品缺货',
  notifyUrlBase: 'https://shop.example.com/wechat/notify',
  payment: { channel: 'wechat-v2', appId: MERCHANT.appid, mchId: MERCHANT.mchId },
};
const PAYMENT: StoredRequest = { ...DRAFT.payment, request: JSON.stringify({ out_trade_no: DRAFT.outTradeNo }) };
const ACCEPTED: Fields = {
  transaction_id: DRAFT.transactionId,
  out_trade_no: DRAFT.outTradeNo,
  out_refund_no: OUT_REFUND_NO,
  refund_id: REFUND_ID,
  refund_fee: '1500',
  total_fee: '5000',
  cash_fee: '5000',
};

/** Plain hosts do not check it, but without a certificate nothing is sent. */
const ANY_MERCHANT = new TestCertificateAuthority().issueCertificate({ name: MERCHANT.mchId });
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const open: { onApplicationShutdown(): Promise<void> }[] = [];
const hosts: StubWechatServer[] = [];
const tcpServers: Server[] = [];
let plain: StubWechatServer;
let certified: StubWechatServer;

async function host(tls: ConstructorParameters<typeof StubWechatServer>[0] = null): Promise<StubWechatServer> {
  const opened = new StubWechatServer(tls);
  await opened.open();
  hosts.push(opened);
  return opened;
}

/** @param merchant null for a shop without a certificate. */
async function shop(
  environment: Record<string, string> = {},
  merchant: CertificateAndKey | null = ANY_MERCHANT,
): Promise<WechatPayV2Provider> {
  const settings = readSettings({
    WECHAT_MODE: 'simulator',
    WECHAT_PAY_BASE_URL: plain.url,
    WECHAT_PAY_CERT_BASE_URL: certified.url,
    WECHAT_TIMEOUT_SECONDS: '1',
    ...(merchant && { WECHAT_MCH_CERT_BASE64: base64(merchant.cert), WECHAT_MCH_KEY_BASE64: base64(merchant.key) }),
    ...environment,
  });
  const http = new WechatHttpClient(settings);
  const withCertificate = new MutualTlsWechatHttpClient(settings, await loadMerchantCertificate(settings));
  open.push(http, withCertificate);
  const clock = new Clock();
  return createV2Provider(settings, clock, new Metrics(), http, withCertificate);
}

let provider: WechatPayV2Provider;
const refund = (): ReturnType<WechatPayV2Provider['refund']> => provider.refund(provider.composeRefund(DRAFT));

beforeEach(async () => {
  [plain, certified] = await Promise.all([host(), host()]);
  provider = await shop();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.onApplicationShutdown()));
  await Promise.all(hosts.splice(0).map((each) => each.close()));
  await Promise.all(tcpServers.splice(0).map((tcpServer) => new Promise((resolve) => tcpServer.close(resolve))));
});

describe('merchant certificate reload', () => {
  it('uses the new certificate from the next call, once certificate and key match', async () => {
    Logger.overrideLogger(false);
    const folder = mkdtempSync(join(tmpdir(), 'wxc-reload-'));
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const authority = new TestCertificateAuthority();
    const expired = authority.issueCertificate({ name: MERCHANT.mchId, validUntil: new Date(Date.now() - 1000) });
    const renewed = authority.issueCertificate({ name: MERCHANT.mchId, key: generateKey() });
    writeFileSync(certFile, expired.cert);
    writeFileSync(keyFile, expired.key);
    const settings = readSettings({
      WECHAT_MODE: 'simulator',
      WECHAT_PAY_BASE_URL: plain.url,
      WECHAT_PAY_CERT_BASE_URL: certified.url,
      WECHAT_MCH_CERT_FILE: certFile,
      WECHAT_MCH_KEY_FILE: keyFile,
    });
    const certificate = await loadMerchantCertificate(settings);
    const wire = new MutualTlsWechatHttpClient(settings, certificate);
    open.push(wire);
    const reload = new CertificateReloadJob(settings, certificate, new Metrics());
    const send = (): ReturnType<MutualTlsWechatHttpClient['send']> =>
      wire.send({ method: 'POST', baseUrls: [certified.url], path: '/secapi/pay/refund', body: '<xml/>' });
    expect(await send()).toEqual({ kind: 'not sent', reason: 'EXPIRED' });

    writeFileSync(certFile, renewed.cert); // the key is not replaced yet
    await reload.run();
    expect(await send()).toEqual({ kind: 'not sent', reason: 'EXPIRED' });
    writeFileSync(keyFile, renewed.key.slice(0, 400)); // the key is only partly written
    await reload.run();
    expect(certificate.identity()).toEqual(expired);

    writeFileSync(keyFile, renewed.key);
    await reload.run();
    expect(certificate.identity()).toEqual(renewed);
    certified.respond = answerWith(ACCEPTED);
    expect((await send()).kind).toBe('answered');
    rmSync(folder, { recursive: true });
  });
});

describe('refund request', () => {
  it('matches the documented request except for the refund account', async () => {
    provider = await shop({ WECHAT_SIGN_TYPE: 'HMAC-SHA256' });
    certified.respond = answerWith(ACCEPTED);
    await refund();
    expect(certified.paths).toEqual(['POST /secapi/pay/refund']);
    const [fields = {}] = certified.requests;
    const ours = new Set(['nonce_str', 'sign', 'refund_account']);
    const without = (fields: Fields): Fields =>
      Object.fromEntries(Object.entries(fields).filter(([name]) => !ours.has(name)));
    expect(without(fields)).toEqual(without(parseXml(messageText('refund-request'))));
    expect(isSigned(fields, MERCHANT.key)).toBe(true);
    expect(plain.requests).toEqual([]);
  });

  it('is always composed as the same text, without secrets or signature', () => {
    const { request, ...account } = provider.composeRefund(DRAFT);
    expect(provider.composeRefund({ ...DRAFT })).toEqual({ ...account, request });
    expect(account).toEqual(DRAFT.payment);
    expect(request).not.toContain(MERCHANT.key);
    for (const absent of ['sign', 'nonce_str', 'out_trade_no']) expect(JSON.parse(request)).not.toHaveProperty(absent);
  });

  it("is sent and queried under the payment's appid", async () => {
    const appid = 'wx7777777777777777';
    const payment: ChannelAccount = { ...DRAFT.payment, appId: appid };
    certified.respond = answerWith({ ...ACCEPTED, appid });
    expect(await provider.refund(provider.composeRefund({ ...DRAFT, payment }))).toMatchObject({ kind: 'done' });
    expect(certified.requests[0]).toMatchObject({ appid, mch_id: MERCHANT.mchId });
    plain.respond = refuseWith('REFUNDNOTEXIST');
    expect((await provider.queryRefund(OUT_REFUND_NO, payment)).kind).toBe('unknown');
    expect(plain.requests[0]).toMatchObject({ appid });
    plain.respond = answerWith({ appid, result_code: 'FAIL', err_code: 'REFUNDNOTEXIST', err_code_des: 'not exist' });
    expect(await provider.queryRefund(OUT_REFUND_NO, payment)).toMatchObject({ value: { state: 'NOT_FOUND' } });
  });

  it('is identical at each repetition except for nonce and signature', async () => {
    certified.respond = answerWith(ACCEPTED);
    const request = provider.composeRefund(DRAFT);
    for (let repetition = 0; repetition < 3; repetition++) await provider.refund(request);
    const sentRequests = certified.requests.map((fields) => JSON.stringify({ ...fields, nonce_str: '', sign: '' }));
    expect(new Set(sentRequests).size).toBe(1);
    expect(new Set(certified.requests.map((fields) => fields['nonce_str'])).size).toBe(3);
  });

  it.each([
    ['is cut to 80 bytes between characters', '茶'.repeat(100), '茶'.repeat(26)],
    ['keeps a text that fits', 'x'.repeat(80), 'x'.repeat(80)],
    ['replaces characters that XML forbids', 'a\u0000b\nc', 'a b c'],
    ['trims white space', ' \u3000不想要了 \n', '不想要了'],
    ['trims white space at the cut', `${'x'.repeat(79)} y`, 'x'.repeat(79)],
    ['trims before it cuts', `${' '.repeat(80)}x`, 'x'],
    ['is omitted when it is blank', ' \n\u3000', undefined],
    ['is omitted when it is empty', '', undefined],
  ])('has a reason that %s', async (_what, reason, sent) => {
    certified.respond = answerWith(ACCEPTED);
    await provider.refund(provider.composeRefund({ ...DRAFT, reason }));
    expect(certified.requests[0]?.['refund_desc']).toBe(sent);
  });
});

describe('refund response', () => {
  it('with the documented success is accepted', async () => {
    certified.respond = answerWithText(messageText('refund-answer'));
    expect(await refund()).toEqual({
      kind: 'done',
      value: { wechatRefundId: REFUND_ID },
      raw: messageText('refund-answer'),
    });
  });

  it('with the documented NOTENOUGH is refused with the action TOP_UP_FUNDS', async () => {
    certified.respond = answerWithText(messageText('refund-not-enough-answer'));
    const message = '基本账户余额不足，请充值后重新发起';
    expect(await refund()).toMatchObject({ kind: 'refused', code: 'NOTENOUGH', message, action: 'TOP_UP_FUNDS' });
  });

  it('with a final refusal has the action GIVE_UP', async () => {
    certified.respond = refuseWith('ERROR', '订单已全额退款');
    expect(await refund()).toMatchObject({ kind: 'refused', code: 'ERROR', action: 'GIVE_UP' });
  });

  it('with an unsigned return_code FAIL has the action FIX_REQUEST', async () => {
    certified.respond = answerWithText(
      '<xml><return_code>FAIL</return_code><return_msg>invalid refund_fee</return_msg></xml>',
    );
    expect(await refund()).toMatchObject({ kind: 'refused', code: 'RETURN_FAIL', action: 'FIX_REQUEST' });
  });

  it.each<[string, Responder]>([
    ['is about another refund', answerWith({ ...ACCEPTED, out_refund_no: 'RF20261121000002B' })],
    ['names no refund', answerWith({ ...ACCEPTED, out_refund_no: '' })],
    ["lacks WeChat's refund number", answerWith({ ...ACCEPTED, refund_id: '' })],
    ['has another amount', answerWith({ ...ACCEPTED, refund_fee: '1501' })],
    ['has no amount', answerWith({ ...ACCEPTED, refund_fee: '' })],
    ['is about another payment', answerWith({ ...ACCEPTED, transaction_id: '4200002911202611215567890124' })],
    ['has a wrong signature', answerWithText(buildXml({ ...COMMON_FIELDS, ...ACCEPTED, sign: 'A'.repeat(32) }))],
    ['is not signed', answerWithText(buildXml({ ...COMMON_FIELDS, ...ACCEPTED }))],
    ['is for another merchant', answerWith({ ...ACCEPTED, mch_id: '1900000110' })],
    ['is SYSTEMERROR', refuseWith('SYSTEMERROR', 'System Error')],
    ['is BIZERR_NEED_RETRY', refuseWith('BIZERR_NEED_RETRY', '退款业务流程错误')],
    ['is HTTP 500 with a good body', answerWith(ACCEPTED, 500)],
    ['is HTTP 400 for another reason', answerWithText('<html><title>400 Bad Request</title></html>', 400)],
    ['is truncated', answerWithText(buildSignedXml({ ...COMMON_FIELDS, ...ACCEPTED }).slice(0, -20))],
    ['never comes', () => undefined],
    ['is a connection reset', (_asked, response) => void response.socket?.resetAndDestroy()],
    ['is a closed connection', (_asked, response) => void response.socket?.destroy()],
  ])('leaves the outcome unknown when it %s', async (_what, reply) => {
    certified.respond = reply;
    expect((await refund()).kind).toBe('unknown');
    expect(certified.requests).toHaveLength(1); // WeChat may have processed it, so it is not sent again automatically
  });
});

describe('refund host', () => {
  it('falls back to the backup host where payments use the same address', async () => {
    const twin = await host();
    provider = await shop({ WECHAT_PAY_CERT_BASE_URL: '', WECHAT_PAY_BACKUP_BASE_URL: twin.url });
    await plain.close();
    twin.respond = answerWith(ACCEPTED);
    expect(await refund()).toMatchObject({ kind: 'done' });
    expect(twin.paths).toEqual(['POST /secapi/pay/refund']);
  });

  it('never falls back to the backup of another host', async () => {
    provider = await shop({ WECHAT_PAY_BACKUP_BASE_URL: plain.url });
    await certified.close();
    expect(await refund()).toMatchObject({ kind: 'unknown', raw: null });
    expect(plain.requests).toEqual([]);
  });
});

describe("nginx's certificate error page", () => {
  const page = (what: string): string =>
    `<html>\r\n<head><title>400 ${what}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n` +
    `<center>${what}</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

  it.each([
    ['No required SSL certificate was sent', 'NO_CLIENT_CERTIFICATE'],
    ['The SSL certificate error', 'CLIENT_CERTIFICATE_REFUSED'],
  ])('is a refusal with the action FIX_REQUEST: %s', async (what, code) => {
    certified.respond = answerWithText(page(what), 400);
    const outcome = await refund();
    expect(outcome).toMatchObject({ kind: 'refused', code, action: 'FIX_REQUEST', raw: page(what) });
    expect(outcome.kind === 'refused' && outcome.message).toContain('Nothing was refunded.');
  });

  it('is ignored with another HTTP status and for queries', async () => {
    certified.respond = answerWithText(page('No required SSL certificate was sent'), 200);
    expect((await refund()).kind).toBe('unknown');
    plain.respond = answerWithText(page('No required SSL certificate was sent'), 400);
    expect((await provider.queryRefund(OUT_REFUND_NO, DRAFT.payment)).kind).toBe('unknown');
  });
});

describe('WeChat host that requires the client certificate', () => {
  let authority: TestCertificateAuthority;
  let otherAuthority: TestCertificateAuthority;
  let server: CertificateAndKey;
  let merchant: CertificateAndKey;
  let trust: Record<string, string>;

  beforeAll(() => {
    authority = new TestCertificateAuthority();
    otherAuthority = new TestCertificateAuthority('another authority');
    server = authority.issueCertificate({ name: 'WeChat', host: '127.0.0.1' });
    merchant = authority.issueCertificate({ name: MERCHANT.mchId });
    trust = { WECHAT_CA_BASE64: base64(authority.cert) };
  });

  /** Like nginx: accepts any connection, then checks the client's certificate. */
  const asNginx: Responder = (fields, response, request) => {
    const socket = request.socket as TLSSocket;
    const hasOne = Object.keys(socket.getPeerCertificate()).length > 0;
    if (!hasOne)
      answerWithText('<title>400 No required SSL certificate was sent</title>', 400)(fields, response, request);
    else if (!socket.authorized)
      answerWithText('<title>400 The SSL certificate error</title>', 400)(fields, response, request);
    else answerWith(fields['out_refund_no'] ? ACCEPTED : {})(fields, response, request);
  };

  /** A host that responds to the start of a handshake with a fatal alert. */
  async function alerting(alert: number): Promise<string> {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    tcpServers.push(server);
    return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const strict = (more: ServerOptions = {}): Promise<StubWechatServer> =>
    host({ ...server, ca: authority.cert, requestCert: true, ...more });
  const lenient = (): Promise<StubWechatServer> => strict({ rejectUnauthorized: false });

  it('receives it and accepts the refund', async () => {
    certified = await lenient();
    certified.respond = asNginx;
    provider = await shop(trust, merchant);
    expect(await refund()).toMatchObject({ kind: 'done', value: { wechatRefundId: REFUND_ID } });
  });

  it.each<[string, () => CertificateAndKey, string]>([
    [
      "another authority's",
      () => otherAuthority.issueCertificate({ name: MERCHANT.mchId }),
      'CLIENT_CERTIFICATE_REFUSED',
    ],
  ])('refuses %s certificate, and the refusal is reported', async (_what, identity, code) => {
    certified = await lenient();
    certified.respond = asNginx;
    provider = await shop(trust, identity());
    expect(await refund()).toMatchObject({ kind: 'refused', code, action: 'FIX_REQUEST' });
  });

  it.each<[string, () => CertificateAndKey | null, string]>([
    ['no certificate', () => null, 'NO_CLIENT_CERTIFICATE'],
    [
      'an expired certificate',
      () => authority.issueCertificate({ name: MERCHANT.mchId, validUntil: new Date(Date.now() - 1000) }),
      'CLIENT_CERTIFICATE_EXPIRED',
    ],
    [
      'a certificate that is not valid yet',
      () => authority.issueCertificate({ name: MERCHANT.mchId, validFrom: new Date(Date.now() + 86_400_000) }),
      'CLIENT_CERTIFICATE_NOT_YET_VALID',
    ],
    [
      "another merchant's certificate",
      () => authority.issueCertificate({ name: '1900000999' }),
      'CLIENT_CERTIFICATE_OF_OTHER_MERCHANT',
    ],
  ])('receives no connection from a shop with %s', async (_what, identity, code) => {
    let connections = 0;
    const tcpServer = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => tcpServer.listen(0, '127.0.0.1', resolve));
    tcpServers.push(tcpServer);
    const address = `https://127.0.0.1:${(tcpServer.address() as AddressInfo).port}`;
    provider = await shop({ ...trust, WECHAT_PAY_CERT_BASE_URL: address }, identity());
    expect(await refund()).toMatchObject({ kind: 'refused', code, action: 'FIX_REQUEST' });
    expect(provider.checkRefundReady()).toMatchObject({ code });
    expect(connections).toBe(0);
  });

  it('receives it on its own connection, not on one opened for payments', async () => {
    certified = await lenient();
    certified.respond = asNginx;
    plain = certified;
    provider = await shop(trust, merchant);
    await provider.queryPayment(PAYMENT);
    await provider.queryRefund(OUT_REFUND_NO, DRAFT.payment);
    expect(await refund()).toMatchObject({ kind: 'done' });
    expect(certified.paths).toHaveLength(3);
  });

  it('receives the certificate for refunds only', async () => {
    const seen: string[] = [];
    plain = await lenient();
    plain.respond = (fields, response, request) => {
      seen.push(...Object.keys((request.socket as TLSSocket).getPeerCertificate()));
      answerWith({})(fields, response, request);
    };
    provider = await shop(trust, merchant);
    await provider.queryPayment(PAYMENT);
    await provider.closePayment(PAYMENT);
    await provider.queryRefund(OUT_REFUND_NO, DRAFT.payment);
    expect(plain.requests).toHaveLength(3);
    expect(seen).toEqual([]);
  });

  it.each([
    ['bad_certificate', 42, 'CLIENT_CERTIFICATE_REFUSED'],
    ['unsupported_certificate', 43, 'CLIENT_CERTIFICATE_REFUSED'],
    ['certificate_revoked', 44, 'CLIENT_CERTIFICATE_REFUSED'],
    ['certificate_expired', 45, 'CLIENT_CERTIFICATE_REFUSED'],
    ['certificate_unknown', 46, 'CLIENT_CERTIFICATE_REFUSED'],
    ['unknown_ca', 48, 'CLIENT_CERTIFICATE_REFUSED'],
    ['certificate_required', 116, 'NO_CLIENT_CERTIFICATE'],
  ])('refuses the refund when the handshake ends with %s', async (_what, alert, code) => {
    provider = await shop({ ...trust, WECHAT_PAY_CERT_BASE_URL: await alerting(alert) }, merchant);
    expect(await refund()).toMatchObject({ kind: 'refused', code, action: 'FIX_REQUEST' });
  });

  it.each([
    ['handshake_failure', 40],
    ['decrypt_error', 51],
    ['internal_error', 80],
  ])('leaves the outcome unknown when the handshake ends with %s', async (_what, alert) => {
    provider = await shop({ ...trust, WECHAT_PAY_CERT_BASE_URL: await alerting(alert) }, merchant);
    expect(await refund()).toMatchObject({ kind: 'unknown', raw: null });
  });

  it.each<SecureVersion>(['TLSv1.2', 'TLSv1.3'])(
    "leaves the outcome unknown when it breaks off the connection: %s, another authority's certificate",
    async (version) => {
      certified = await strict({ minVersion: version, maxVersion: version });
      provider = await shop(trust, otherAuthority.issueCertificate({ name: MERCHANT.mchId }));
      expect((await refund()).kind).toBe('unknown');
      expect(certified.requests).toEqual([]);
    },
  );

  it('receives no request when its own certificate is not trusted', async () => {
    certified = await lenient();
    certified.respond = asNginx;
    provider = await shop({ WECHAT_CA_BASE64: base64(otherAuthority.cert) }, merchant);
    expect(await refund()).toMatchObject({ kind: 'unknown', raw: null });
    expect(certified.requests).toEqual([]);
  });
});

/** A response of refundquery with these refunds, `$n` from 0. */
function listing(refunds: { no: string; status?: string; time?: string; fee?: string }[], more: Fields = {}): Fields {
  const fields = refunds.flatMap(({ no, status = 'PROCESSING', time, fee = '100' }, n) => [
    [`out_refund_no_${n}`, no],
    [`refund_id_${n}`, `50${no}`],
    [`refund_fee_${n}`, fee],
    [`refund_status_${n}`, status],
    ...(time === undefined ? [] : [[`refund_success_time_${n}`, time]]),
  ]);
  const order = { out_trade_no: DRAFT.outTradeNo, total_fee: '5000', refund_count: String(refunds.length) };
  return { ...order, ...(Object.fromEntries(fields) as Fields), ...more };
}

const manyOf = (count: number, from = 0): { no: string }[] =>
  Array.from({ length: count }, (_, n) => ({ no: `RF${from + n}` }));

describe('refund query', () => {
  const query = (outRefundNo = OUT_REFUND_NO): ReturnType<WechatPayV2Provider['queryRefund']> =>
    provider.queryRefund(outRefundNo, DRAFT.payment);

  it('sends our refund number and needs no certificate', async () => {
    plain.respond = answerWithText(messageText('refundquery-answer'));
    await query();
    expect(plain.paths).toEqual(['POST /pay/refundquery']);
    expect(plain.requests[0]).toMatchObject({ out_refund_no: OUT_REFUND_NO, mch_id: MERCHANT.mchId });
    expect(plain.requests[0]).not.toHaveProperty('offset');
    expect(isSigned(plain.requests[0] ?? {}, MERCHANT.key)).toBe(true);
    expect(certified.requests).toEqual([]);
  });

  it('finds our refund at any position of the response', async () => {
    plain.respond = answerWithText(messageText('refundquery-answer'));
    expect(await query()).toMatchObject({
      kind: 'done',
      value: {
        outRefundNo: OUT_REFUND_NO,
        wechatRefundId: REFUND_ID,
        outTradeNo: DRAFT.outTradeNo,
        refundFen: 1500,
        state: 'SUCCEEDED',
        succeededAt: new Date('2026-11-21T10:30:06.000Z'),
        error: null,
      },
    });
    expect(await query('RF20261121000002B')).toMatchObject({
      kind: 'done',
      value: {
        wechatRefundId: '50303602082026112112345678902',
        refundFen: 1000,
        state: 'PROCESSING',
        succeededAt: null,
      },
    });
  });

  it('returns NOT_FOUND when WeChat has no such refund', async () => {
    plain.respond = answerWithText(messageText('refundquery-not-exist-answer'));
    const raw = messageText('refundquery-not-exist-answer');
    expect(await query()).toEqual({ kind: 'done', value: { state: 'NOT_FOUND' }, raw });
  });

  it.each([
    ['PROCESSING', 'PROCESSING'],
    ['SUCCESS', 'SUCCEEDED'],
    ['CHANGE', 'ABNORMAL'],
    ['REFUNDCLOSE', 'CLOSED'],
  ])('maps the status %s', async (status, state) => {
    plain.respond = answerWith(listing([{ no: 'RFX' }, { no: OUT_REFUND_NO, status }]));
    expect(await query()).toMatchObject({ kind: 'done', value: { state, succeededAt: null } });
  });

  it.each([
    ['2026-11-21 18:30:06', new Date('2026-11-21T10:30:06.000Z')],
    ['yesterday', null],
    [undefined, null],
  ])('parses the success time: %s', async (time, succeededAt) => {
    plain.respond = answerWith(
      listing([{ no: OUT_REFUND_NO, status: 'SUCCESS', ...(time !== undefined && { time }) }]),
    );
    expect(await query()).toMatchObject({ kind: 'done', value: { state: 'SUCCEEDED', succeededAt } });
  });

  it.each<[string, Responder]>([
    ['has the old status FAIL', answerWith(listing([{ no: OUT_REFUND_NO, status: 'FAIL' }]))],
    ['has the old status NOTSURE', answerWith(listing([{ no: OUT_REFUND_NO, status: 'NOTSURE' }]))],
    ['has an undocumented status', answerWith(listing([{ no: OUT_REFUND_NO, status: 'LATER' }]))],
    ['has a status named like an object property', answerWith(listing([{ no: OUT_REFUND_NO, status: 'toString' }]))],
    ['has no status', answerWith(listing([{ no: OUT_REFUND_NO, status: '' }]))],
    ['has no amount', answerWith(listing([{ no: OUT_REFUND_NO, fee: '' }]))],
    ['has an amount in yuan', answerWith(listing([{ no: OUT_REFUND_NO, fee: '1.00' }]))],
    ["lacks WeChat's refund number", answerWith(listing([{ no: OUT_REFUND_NO }], { refund_id_0: '' }))],
    ['names no order', answerWith(listing([{ no: OUT_REFUND_NO }], { out_trade_no: '' }))],
    ['lists only another refund', answerWith(listing([{ no: 'RFX', status: 'SUCCESS' }]))],
    ['lists nothing', answerWith({ out_trade_no: DRAFT.outTradeNo })],
    ['lists a refund without an index', answerWith({ out_refund_no: OUT_REFUND_NO, refund_status: 'SUCCESS' })],
    ['is SYSTEMERROR', refuseWith('SYSTEMERROR')],
    [
      'has a wrong signature',
      answerWithText(buildXml({ ...COMMON_FIELDS, ...listing([{ no: OUT_REFUND_NO }]), sign: 'A'.repeat(32) })),
    ],
  ])('leaves the outcome unknown when the response %s', async (_what, reply) => {
    plain.respond = reply;
    expect((await query()).kind).toBe('unknown');
    expect(plain.requests).toHaveLength(1);
  });

  it('reads the pages of an order with many refunds until it finds ours', async () => {
    const all = manyOf(36);
    plain.respond = (fields, response, request) => {
      const from = Number(fields['offset'] ?? 0);
      answerWith(listing(all.slice(from, from + 10), { total_refund_count: '36' }))(fields, response, request);
    };
    expect(await query('RF24')).toMatchObject({ kind: 'done', value: { outRefundNo: 'RF24' } });
    expect(plain.requests.map((fields) => fields['offset'])).toEqual([undefined, '10', '20']);
    expect(await query('RF3')).toMatchObject({ kind: 'done', value: { outRefundNo: 'RF3' } });
    expect(plain.requests).toHaveLength(4);
    expect((await query('RF36')).kind).toBe('unknown');
    expect(plain.requests.map((fields) => fields['offset']).slice(4)).toEqual([undefined, '10', '20', '30']);
  });

  it('stops reading pages that never end or are empty', async () => {
    plain.respond = answerWith(listing(manyOf(10), { total_refund_count: '999999' }));
    expect((await query()).kind).toBe('unknown');
    expect(plain.requests.length).toBeLessThan(10);
    const before = plain.requests.length;
    plain.respond = answerWith({ out_trade_no: DRAFT.outTradeNo, total_refund_count: '36', refund_count: '0' });
    expect((await query()).kind).toBe('unknown');
    expect(plain.requests).toHaveLength(before + 1);
  });

  it.each(['REFUNDNOTEXIST', 'PARAM_ERROR', 'SYSTEMERROR'])(
    'has an unknown outcome when a later page fails with %s',
    async (code) => {
      plain.respond = (fields, response, request) => {
        const first = answerWith(listing(manyOf(10), { total_refund_count: '36' }));
        (fields['offset'] === undefined ? first : refuseWith(code))(fields, response, request);
      };
      expect((await query()).kind).toBe('unknown');
    },
  );

  it('with a parameter error has the action FIX_REQUEST', async () => {
    plain.respond = refuseWith('INVALID_TRANSACTIONID');
    expect(await query()).toMatchObject({ kind: 'refused', action: 'FIX_REQUEST' });
  });
});
