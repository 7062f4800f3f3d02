import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_REPEAT_HEADER, retryingFetch } from './retrying-fetch.js';

describe('fetch with repetitions', () => {
  let server: Server;
  let answers: ((response: ServerResponse) => void)[];
  let bodies: string[];

  beforeEach(async () => {
    [answers, bodies] = [[], []];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        bodies.push(body + String(request.headers[NO_REPEAT_HEADER] ?? ''));
        const answer = answers.shift() ?? ((one) => one.end('ok'));
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  const status =
    (code: number, headers: Record<string, string> = {}) =>
    (response: ServerResponse) => {
      response.writeHead(code, headers).end(`answer ${code}`);
    };
  const reset = (response: ServerResponse): void => {
    response.socket?.destroy();
  };
  const hang = (): void => undefined;
  const post = (headers: Record<string, string> = {}): Promise<Response> => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const fetchAgain = retryingFetch({ firstDelayMs: 1, maxAttempts: 4, timeoutMs: 300 });
    return fetchAgain(new Request(url, { method: 'POST', body: 'fen=1', headers }));
  };

  it.each([
    ['a server error', status(503)],
    ['too many calls', status(429, { 'retry-after': '0' })],
    ['a broken connection', reset],
    ['a time-out', hang],
  ])('repeats the same request after %s', async (_name, failure) => {
    answers = [failure, failure];
    const response = await post();
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
    expect(bodies).toEqual(['fen=1', 'fen=1', 'fen=1']);
  });

  it('returns a refusal of the request at once', async () => {
    answers = [status(409)];
    expect((await post()).status).toBe(409);
    expect(bodies).toHaveLength(1);
  });

  it('returns the last answer, or throws the last error, after all attempts', async () => {
    answers = Array.from({ length: 4 }, () => status(500));
    expect((await post()).status).toBe(500);
    answers = Array.from({ length: 4 }, () => reset);
    await expect(post()).rejects.toThrow();
    expect(bodies).toHaveLength(8);
  });

  it('does not repeat a marked call with an unknown outcome, only one that was not begun', async () => {
    const marked = { [NO_REPEAT_HEADER]: '1' };
    answers = [status(500)];
    expect((await post(marked)).status).toBe(500);
    answers = [reset];
    await expect(post(marked)).rejects.toThrow();
    answers = [status(429, { 'retry-after': '0' })];
    expect((await post(marked)).status).toBe(200);
    expect(bodies).toEqual(['fen=1', 'fen=1', 'fen=1', 'fen=1']);
  });

  it('sends each attempt with the given function', async () => {
    answers = [status(500)];
    const urls: string[] = [];
    const fetchAgain = retryingFetch({
      firstDelayMs: 1,
      fetch: (request, options) => {
        urls.push(request.url);
        return fetch(request, options);
      },
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect((await fetchAgain(new Request(url))).status).toBe(200);
    expect(urls).toEqual([url, url]);
  });
});
