import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startSimulator } from '../../../packages/wechat-pay-simulator/src/start-simulator.js';
import { testCertificates } from '../../support/wechat/test-certificates.js';
import { MerchantServer } from '../support/merchant-server.js';

let shop: MerchantServer;
beforeAll(async () => {
  shop = await MerchantServer.start();
});
afterAll(() => shop.close());

const verdictOf = async (path: string): Promise<unknown> => {
  const [message] = await shop.listItems(`/messages?path=${encodeURIComponent(path)}`);
  return message?.['verdict'];
};

describe('simulator: a call that is not simulated', () => {
  it.each(['/pay/micropay', '/pay/unifiedOrder', '/secapi/pay/reverse', '/mmpaymkttransfers/sendredpack'])(
    'is refused in the XML of WeChat Pay v2 and listed as not simulated: %s',
    async (path) => {
      const answer = await fetch(shop.wechat.url + path, { method: 'POST', body: '<xml><appid>wx</appid></xml>' });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/xml');
      const text = await answer.text();
      expect(text).toContain('<return_code><![CDATA[FAIL]]></return_code>');
      expect(text).toContain(`not simulated): ${path}`);
      expect(await verdictOf(path)).toBe('not simulated');
    },
  );

  it.each(['/wxa/getwxacodeunlimit', '/cgi-bin/user/info', '/sns/oauth2/access_token'])(
    'is refused with the errcode of the platform and listed as not simulated: %s',
    async (path) => {
      const answer = await fetch(`${shop.wechat.url}${path}?access_token=secret-token`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ errcode: 40_066, errmsg: expect.stringContaining(path) });
      const [message] = await shop.listItems(`/messages?path=${encodeURIComponent(path)}`);
      expect(message).toMatchObject({ verdict: 'not simulated' });
      expect(JSON.stringify(message)).not.toContain('secret-token');
    },
  );

  it('is refused with an empty body in API v3 and listed as not simulated', async () => {
    const answer = await fetch(`${shop.wechat.url}/v3/profitsharing/receivers`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
    expect(await verdictOf('/v3/profitsharing/receivers')).toBe('not simulated');
  });

  it('is a problem of the control API below /_control', async () => {
    const answer = await fetch(`${shop.wechat.url}/_control/nothing`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('simulator: access for people and machines', () => {
  it('responds to the health check and shows a start page', async () => {
    const health = await fetch(`${shop.wechat.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    const page = await fetch(shop.wechat.url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('href="/_control/docs"');
  });

  it('accepts [] as an empty body, as PHP writes it, and refuses every other list', async () => {
    const post = (body: string): Promise<Response> =>
      fetch(`${shop.wechat.url}/_control/users`, { method: 'POST', body });
    expect((await post('[]')).status).toBe(201);
    expect((await post(' [ ]\n')).status).toBe(201);
    expect((await post('[1]')).status).toBe(400);
  });

  it('logs one line for each request unless it is quiet', async () => {
    const lines: string[] = [];
    const log = jest.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)));
    const simulator = await startSimulator({ port: 0, certificates: await testCertificates() });
    try {
      for (const path of ['/', '/healthz', '/_control/orders?secret=s3cret', '/pay/micropay', '/wxa/unknown']) {
        await (await fetch(simulator.url + path)).text();
      }
    } finally {
      await simulator.stop();
      log.mockRestore();
    }
    expect(lines.map((line) => line.replace(/ \d+ ms$/, ''))).toEqual([
      'GET / → 200',
      'GET /healthz → 200',
      'GET /_control/orders → 200',
      'GET /pay/micropay → not simulated',
      'GET /wxa/unknown → not simulated',
    ]);
  });
});
