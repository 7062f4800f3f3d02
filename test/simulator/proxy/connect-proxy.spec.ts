import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EnvHttpProxyAgent, fetch as fetchWith } from 'undici';
import { WECHAT_HOSTS } from '../../../packages/wechat-pay-simulator/src/certificates/wechat-hosts.js';
import { startSimulator } from '../../../packages/wechat-pay-simulator/src/start-simulator.js';
import { testCertificates } from '../../support/wechat/test-certificates.js';
import { V3Merchant } from '../support/v3-merchant.js';
import { waitFor } from '../support/wait-for.js';

let shop: V3Merchant;
beforeAll(async () => {
  shop = await V3Merchant.start({ proxyPort: 0 });
});
afterAll(() => shop.close());

const proxyUrl = (): URL => new URL(shop.wechat.proxyUrl ?? '');

/** Sends bytes to the proxy. Resolves with everything it answers until it closes the connection. */
async function answerTo(bytes: string): Promise<string> {
  const socket = await openSocket();
  socket.end(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function openSocket(): Promise<Socket> {
  const socket = connect(Number(proxyUrl().port), proxyUrl().hostname);
  await once(socket, 'connect');
  return socket;
}

const connectRequest = (target: string): string => `CONNECT ${target} HTTP/1.1\r\nhost: ${target}\r\n\r\n`;

/** Resolves when the tunnel to WeChat's host is open. */
async function openTunnel(): Promise<Socket> {
  const socket = await openSocket();
  socket.write(connectRequest('api.mch.weixin.qq.com:443'));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toBe('HTTP/1.1 200 Connection Established\r\n\r\n');
  return socket;
}

describe('simulator proxy: a client with WeChat’s own address', () => {
  it('makes a sale and a refund by v3, with notices, through HTTPS_PROXY', async () => {
    const { ca } = shop.wechat.certificates;
    const dispatcher = new EnvHttpProxyAgent({ httpsProxy: proxyUrl().href, noProxy: '', requestTls: { ca } });
    shop.fetchFromWechat = (path, { method, headers, body }) => {
      const init = { method, headers, dispatcher, ...(body !== undefined && { body: body.toString() }) };
      return fetchWith(`https://api.mch.weixin.qq.com${path}`, init);
    };

    const { outTradeNo, transactionId } = await shop.createPaidOrder({}, { notify: 'normal' });
    const paid = await waitFor('the payment notice', () => shop.notices[0]);
    expect(shop.contentOf(paid)).toMatchObject({ out_trade_no: outTradeNo, trade_state: 'SUCCESS' });
    const query = await shop.query(outTradeNo);
    expect([query.json['trade_state'], shop.isSigned(query)]).toEqual(['SUCCESS', true]);
    const refund = await shop.refund(transactionId);
    expect([refund.status, refund.json['status'], shop.isSigned(refund)]).toEqual([200, 'PROCESSING', true]);
    await shop.advanceClock(5);
    const refunded = await waitFor('the refund notice', () => shop.notices[1]);
    expect(shop.contentOf(refunded)).toMatchObject({ refund_status: 'SUCCESS' });
    await dispatcher.close();
  });

  it.each(WECHAT_HOSTS)('can verify the TLS certificate for %s', async (host) => {
    const socket = await openTunnel();
    const secure = connectTls({ socket, servername: host, ca: shop.wechat.certificates.ca });
    await once(secure, 'secureConnect'); // not emitted for a certificate of another name
    secure.write(`GET /healthz HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    const [answer] = (await once(secure, 'data')) as [Buffer];
    expect(answer.toString()).toContain('200 OK');
    secure.destroy();
  });
});

describe('simulator proxy: refusals', () => {
  it.each([
    'example.com:443',
    'pay.weixin.qq.com:443',
    'api.mch.weixin.qq.com.example.com:443',
    'api.mch.weixin.qq.com:80',
    '127.0.0.1:443',
    'localhost:22',
    '[::1]:443',
  ])('answers 403 to CONNECT %s, and names the hosts', async (target) => {
    const answer = await answerTo(connectRequest(target));
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(answer).toContain("The WeChat simulator connects only to WeChat's own hosts: api.mch.weixin.qq.com:443,");
  });

  it('accepts the host in capital letters', async () => {
    expect(await answerTo(connectRequest('API.MCH.weixin.qq.com:443'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['another method', 405, 'GET http://api.mch.weixin.qq.com/ HTTP/1.1\r\nhost: api.mch.weixin.qq.com\r\n\r\n'],
    ['a call with a body', 405, 'POST /v3/certificates HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc'],
    ['an upgrade', 405, 'GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
    ['CONNECT without a port', 400, connectRequest('api.mch.weixin.qq.com')],
    ['CONNECT without a host', 400, connectRequest(':443')],
    ['CONNECT with a user name', 400, connectRequest('a@api.mch.weixin.qq.com:443')],
    ['garbage', 400, '\u0000\u0016\u0003\u0001 not HTTP\r\n\r\n'],
    ['a large header', 431, `CONNECT api.mch.weixin.qq.com:443 HTTP/1.1\r\nx: ${'x'.repeat(10_000)}\r\n\r\n`],
  ])('answers %s with HTTP %i', async (_what, status, request) => {
    expect(await answerTo(request)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  it('survives clients that abort, before the tunnel and in it, and garbage in place of TLS', async () => {
    const half = await openSocket();
    half.write('CONNECT api.mch');
    half.resetAndDestroy();
    const early = await openSocket();
    early.write(connectRequest('api.mch.weixin.qq.com:443'));
    early.resetAndDestroy();
    const inside = await openTunnel();
    inside.write('\u0016\u0003\u0001');
    inside.resetAndDestroy();
    const garbage = await openTunnel();
    garbage.write('not TLS\r\n\r\n');
    garbage.on('error', () => undefined);
    await once(garbage.resume(), 'close');
    (await openTunnel()).destroy();
  });
});

describe('simulator proxy: start and stop', () => {
  it('does not exist without proxyPort', async () => {
    const wechat = await startSimulator({ port: 0, quiet: true, certificates: await testCertificates() });
    expect(wechat.proxyUrl).toBeUndefined();
    await wechat.stop();
  });

  it('ends with its tunnels when the simulator stops', async () => {
    const other = await V3Merchant.start({ proxyPort: 0 });
    const { hostname, port } = new URL(other.wechat.proxyUrl ?? '');
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(connectRequest('api.weixin.qq.com:443'));
    await once(socket, 'data');
    await Promise.all([once(socket.resume(), 'close'), other.close()]);
    const late = connect(Number(port), hostname);
    const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('does not start when its port is taken', async () => {
    const certificates = await testCertificates();
    const proxyPort = Number(proxyUrl().port);
    const options = { port: 0, quiet: true, certificates };
    await expect(startSimulator({ ...options, proxyPort })).rejects.toThrow('EADDRINUSE');
  });
});
