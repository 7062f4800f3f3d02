import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { expectProblem } from '../support/expect-problem.js';

const MEGABYTE = 1024 * 1024;
/** Bytes that may be in the socket buffers of both ends, in addition to what the service has received. */
const IN_FLIGHT = 16 * MEGABYTE;

const fields = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [at.toString(36), 1]));

describe('limits of input size', () => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = await openTestShop();
  });
  afterAll(() => shop.close());

  const login = (body: unknown): Promise<HttpResponse> =>
    sendRequest(`${shop.url}/api/auth/login`, { method: 'POST', body });

  it.each([201, 8341])('body: rejects %i fields before validation', async (count) => {
    const { errors } = expectProblem(await login(fields(count)), 400, 'VALIDATION_FAILED');
    expect(errors).toEqual([{ field: 'body', message: expect.stringContaining('at most 200 members') }]);
  });

  it('body: names the first ten of 200 unknown fields, each once', async () => {
    const reply = await login(fields(200));
    const { errors = [] } = expectProblem(reply, 400, 'VALIDATION_FAILED');
    expect(errors.map(({ field }) => field)).toHaveLength(10);
    expect(JSON.stringify(reply.body).length).toBeLessThan(3000);
  });

  it('body: does not return a field name of 60 kB', async () => {
    const reply = await login({ ['x'.repeat(60_000)]: 1 });
    expectProblem(reply, 400, 'VALIDATION_FAILED');
    expect(JSON.stringify(reply.body).length).toBeLessThan(3000);
  });

  it('query: rejects 101 parameters, and ignores one hundred unknown ones', async () => {
    const query = (count: number): string =>
      Object.keys(fields(count))
        .map((name) => `x${name}=1`)
        .join('&');
    expect((await sendRequest(`${shop.url}/api/products?${query(100)}`)).status).toBe(200);
    const { errors } = expectProblem(
      await sendRequest(`${shop.url}/api/products?${query(101)}`),
      400,
      'VALIDATION_FAILED',
    );
    expect(errors).toEqual([{ field: 'query', message: 'query must have at most 100 parameters' }]);
  });

  it.each([70_000, 500_000, 1_000_000])('notice: responds with FAIL to a body of %i bytes', async (bytes) => {
    const reply = await sendRequest(`${shop.url}/wechat/notify/payment`, { method: 'POST', body: 'x'.repeat(bytes) });
    expect(reply.status).toBe(200);
    expect(reply.body).toContain('<return_code><![CDATA[FAIL]]></return_code>');
  });

  it.each(['/api/auth/login', '/wechat/notify/payment', '/nothing', '/%', '/api/products?'.padEnd(300, '&')])(
    'body: closes the connection after one megabyte of an endless body: %s',
    async (path) => {
      const sent = await sendForever(shop, path);
      expect(sent).toBeLessThan(IN_FLIGHT);
    },
  );

  it('headers: closes a connection with incomplete headers after 15 seconds, checked every 5', async () => {
    const socket = await opened(shop);
    socket.write('POST /api/auth/login HTTP/1.1\r\nhost: sh');
    const begun = Date.now();
    socket.resume();
    await once(socket, 'close');
    expect(Date.now() - begun).toBeLessThan(25_000);
  });

  it('body: closes a connection whose body does not arrive within 30 seconds', () => {
    const server = shop.firstInstance.app.getHttpServer() as { requestTimeout: number; headersTimeout: number };
    expect(server).toMatchObject({ requestTimeout: 30_000, headersTimeout: 15_000 });
  });
});

async function opened(shop: TestShop): Promise<Socket> {
  const { hostname, port } = new URL(shop.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined); // the service closes the connection
  await once(socket, 'connect');
  return socket;
}

/** Sends a body until the service closes the connection. Resolves with the number of bytes sent. */
async function sendForever(shop: TestShop, path: string): Promise<number> {
  const socket = await opened(shop);
  socket.resume();
  const isGone = new Promise((resolve) => socket.once('close', resolve));
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\ncontent-length: 999999999999\r\n\r\n`,
  );
  const chunk = Buffer.alloc(64 * 1024, ' ');
  while (!socket.destroyed && socket.bytesWritten < 10 * IN_FLIGHT) {
    if (!socket.write(chunk)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), isGone]);
    else await new Promise((resolve) => setImmediate(resolve));
  }
  socket.destroy();
  return socket.bytesWritten;
}
