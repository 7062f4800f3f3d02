import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../config/read-settings.js';
import { EventSender } from './event-sender.js';
import type { Resolver } from './guarded-lookup.js';

describe('event sender', () => {
  let server: Server;
  let requests: number;
  let sender: EventSender | undefined;

  beforeEach(async () => {
    requests = 0;
    server = createServer((_request, response) => {
      requests += 1;
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await sender?.onApplicationShutdown();
    await new Promise((resolve) => server.close(resolve));
  });

  const post = (allowPrivate: boolean, resolver: Resolver): ReturnType<EventSender['post']> => {
    const settings = readSettings({ NODE_ENV: 'test', EVENTS_ALLOW_PRIVATE_NETWORKS: String(allowPrivate) });
    sender = new EventSender(settings, resolver);
    const { port } = server.address() as AddressInfo;
    const scheme = allowPrivate ? 'http' : 'https';
    const target = sender.targetOf(`${scheme}://receiver.example:${port}/`);
    if (!target) throw new Error('The URL is not allowed.');
    return sender.post(target, {}, '{}');
  };
  const resolveTo =
    (...addresses: string[]): Resolver =>
    (_hostname, callback) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      );

  it('connects to the address that was checked', async () => {
    const result = await post(true, resolveTo('127.0.0.1'));
    expect(result).toMatchObject({ kind: 'answered', statusCode: 200, responseBody: 'ok' });
    expect(requests).toBe(1);
  });

  it('refuses a host with any address that is not allowed, before it connects', async () => {
    let connections = 0;
    server.on('connection', () => (connections += 1));
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['169.254.169.254']])
      expect(await post(false, resolveTo(...addresses))).toEqual({ kind: 'failed', errorCode: 'ADDRESS_NOT_ALLOWED' });
    expect(await post(true, resolveTo('127.0.0.1', '169.254.169.254'))).toEqual({
      kind: 'failed',
      errorCode: 'ADDRESS_NOT_ALLOWED',
    });
    expect(connections).toBe(0);
  });

  it('resolves once for each connection, so that a second DNS answer changes nothing', async () => {
    let calls = 0;
    const rebinding: Resolver = (_hostname, callback) => {
      calls += 1;
      callback(null, [{ address: calls === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }]);
    };
    expect(await post(true, rebinding)).toMatchObject({ kind: 'answered' });
    expect(calls).toBe(1);
  });

  it('ends requests in progress and refuses new ones when the service stops', async () => {
    server.removeAllListeners('request');
    const arrived = new Promise((resolve) => server.once('request', resolve));
    const pending = post(true, resolveTo('127.0.0.1'));
    await arrived;
    sender?.abort();
    expect(await pending).toEqual({ kind: 'aborted' });
    const { port } = server.address() as AddressInfo;
    expect(await sender?.post({ origin: `http://127.0.0.1:${port}`, path: '/' }, {}, '{}')).toEqual({
      kind: 'aborted',
    });
    server.closeAllConnections();
  });

  it('reports a host that does not exist', async () => {
    const failing: Resolver = (_hostname, callback) =>
      callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
    expect(await post(true, failing)).toEqual({ kind: 'failed', errorCode: 'DNS_FAILED' });
  });
});
