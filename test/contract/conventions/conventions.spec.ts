import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import type { TestBuyer, OrderJson } from '../../support/clients/test-buyer.js';
import { eventually } from '../../support/eventually.js';
import { sendRequest, type HttpRequest, type HttpResponse } from '../../../tools/client/http.js';
import { isOnMysql } from '../../support/database/scratch-database.js';
import { openTestShop, type TestShop } from '../../support/test-shop.js';
import { createDatabaseWithOutage } from '../support/database-outage.js';
import { expectProblem, INSTANT_PATTERN, type ProblemDocument } from '../support/expect-problem.js';

const CHINESE = /[\u4e00-\u9fff]/;
const JSON_TYPE = { 'content-type': 'application/json' };

interface PageJson {
  items: OrderJson[];
  nextCursor: string | null;
}

describe('conventions of every call', () => {
  let shop: TestShop;
  let alice: TestBuyer;
  let tea: string;

  beforeAll(async () => {
    shop = await openTestShop();
    alice = await shop.createUser('alice');
    tea = await shop.createProduct({ priceFen: 1500, stock: 1000 });
  });
  afterAll(() => shop.close());

  /** Headers of every call. */
  let commonHeaders: Record<string, string> = {};
  const request = (path: string, how: HttpRequest = {}): Promise<HttpResponse> =>
    sendRequest(shop.url + path, { ...how, headers: { ...commonHeaders, ...how.headers } });
  const asAlice = (path: string, how: HttpRequest = {}): Promise<HttpResponse> =>
    request(path, { ...how, headers: { authorization: `Bearer ${alice.token}`, ...how.headers } });
  const login = async (errcode: number): Promise<HttpResponse> => {
    const { code } = await shop.wechat.createLoginCode('oConventions0000000000000001', errcode);
    return request('/api/auth/login', { method: 'POST', body: { code } });
  };

  describe('an error response', () => {
    const refusals: [number, string, () => Promise<HttpResponse>][] = [
      [400, 'VALIDATION_FAILED', () => asAlice('/api/orders', { method: 'POST', body: { items: [] } })],
      [401, 'UNAUTHENTICATED', () => request('/api/orders')],
      [401, 'WECHAT_CODE_INVALID', () => login(40029)],
      [403, 'WECHAT_USER_BLOCKED', () => login(40226)],
      [404, 'NOT_FOUND', () => asAlice('/api/nothing')],
      [404, 'ORDER_NOT_FOUND', () => asAlice('/api/orders/20260101ABCDEFGHJKMN')],
      [
        409,
        'OUT_OF_STOCK',
        () => asAlice('/api/orders', { method: 'POST', body: { items: [...lines(999), ...lines(999)] } }),
      ],
      [
        413,
        'PAYLOAD_TOO_LARGE',
        () => asAlice('/api/orders', { method: 'POST', body: { remark: 'x'.repeat(1_000_000) } }),
      ],
      [
        415,
        'UNSUPPORTED_MEDIA_TYPE',
        () => asAlice('/api/orders', { method: 'POST', body: '<xml/>', headers: { 'content-type': 'text/xml' } }),
      ],
      [429, 'WECHAT_RATE_LIMITED', () => login(45011)],
      [502, 'WECHAT_UNAVAILABLE', () => login(-1)],
    ];
    const lines = (quantity: number): { productId: string; quantity: number }[] => [{ productId: tea, quantity }];

    it.each(refusals)('of status %s %s is a problem document', async (status, code, ask) => {
      expectProblem(await ask(), status, code);
    });

    it.each(refusals)('of status %s %s is in Chinese for Accept-Language zh', async (status, code, ask) => {
      const chinese = expectProblem(await inChinese(ask), status, code);
      for (const text of [chinese.title, chinese.detail]) expect(text).toMatch(CHINESE);
      expect(expectProblem(await ask(), status, code).title).not.toMatch(CHINESE);
    });

    /** Repeats the call with a Chinese Accept-Language header. */
    async function inChinese(ask: () => Promise<HttpResponse>): Promise<HttpResponse> {
      commonHeaders = { 'accept-language': 'zh-CN,zh;q=0.9' };
      try {
        return await ask();
      } finally {
        commonHeaders = {};
      }
    }

    it('names the invalid field by its path', async () => {
      const body = { items: [{ productId: tea, quantity: 0 }], couponId: 7 };
      const { errors } = expectProblem(
        await asAlice('/api/orders', { method: 'POST', body }),
        400,
        'VALIDATION_FAILED',
      );
      expect(errors?.map(({ field }) => field)).toEqual(expect.arrayContaining(['items.0.quantity', 'couponId']));
    });
  });

  describe('an address', () => {
    it.each([
      '/nothing',
      '/api',
      '/api/',
      '/api/orderz',
      '/admin/api/nothing',
      '/wechat/notify/nothing',
      '/api/orders/x/y/z',
      `/${'a'.repeat(4000)}`,
    ])('that does not exist is NOT_FOUND: %#', async (path) => {
      expectProblem(await request(path), 404, 'NOT_FOUND');
    });

    it.each(['DELETE', 'PUT', 'PATCH'] as const)('rejects %s on /api/orders', async (method) => {
      expectProblem(await asAlice('/api/orders', { method }), 404, 'NOT_FOUND');
    });

    it.each(['/%', '/api/orders/%', '/api/orders/%E0%A4%A', '/api/products/%ff'])(
      'that cannot be decoded is rejected as a problem document: %s',
      async (path) => {
        const { status, body } = await asAlice(path);
        expect([400, 404]).toContain(status);
        expectProblem(await asAlice(path), status, (body as ProblemDocument).code);
      },
    );

    it.each(['%00', '%20', "'%20OR%201=1--", '%F0%9F%98%80', '..%2F..%2Fetc', 'a'.repeat(300)])(
      'with the invalid order number %# responds with ORDER_NOT_FOUND',
      async (number) => {
        const { status, body } = await asAlice(`/api/orders/${number}`);
        expect({ status, code: (body as ProblemDocument).code }).toEqual({
          status: 404,
          code: expect.stringMatching(/NOT_FOUND$/),
        });
      },
    );
  });

  describe('a body', () => {
    const orders = (body: unknown, headers: Record<string, string> = JSON_TYPE): Promise<HttpResponse> =>
      asAlice('/api/orders', { method: 'POST', body, headers });
    const good = (): string => JSON.stringify({ items: [{ productId: tea, quantity: 1 }] });

    it.each([
      ['cut off', '{"items":['],
      ['no JSON', 'items=1'],
      ['a list', '[]'],
      ['null', 'null'],
      ['a number', '7'],
      ['a text', '"items"'],
      ['polluting', '{"__proto__":{"isAdmin":true},"items":[]}'],
      ['polluting by the constructor', '{"constructor":{"prototype":{"isAdmin":true}},"items":[]}'],
      ['not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
      ['very deep', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
      ['without items', '{}'],
      ['with items of the wrong type', '{"items":{"productId":"x","quantity":1}}'],
      ['with items that are texts', '{"items":["x"]}'],
      ['with items that are null', '{"items":[null]}'],
      ['with items that are lists', '{"items":[[]]}'],
    ])('that is %s is VALIDATION_FAILED', async (_what, body) => {
      expectProblem(await orders(body), 400, 'VALIDATION_FAILED');
    });

    it.each(['priceFen', 'totalFen', 'userId', 'status', 'toString', 'hasOwnProperty', 'coupon_id'])(
      'with the unknown field %s is rejected, and the error names the field',
      async (field) => {
        const { errors } = expectProblem(
          await orders({ items: [{ productId: tea, quantity: 1 }], [field]: 1 }),
          400,
          'VALIDATION_FAILED',
        );
        expect(errors?.map((error) => error.field)).toContain(field);
      },
    );

    it('with an unknown field in an order item is rejected, and the error names the field', async () => {
      const { errors } = expectProblem(
        await orders({ items: [{ productId: tea, quantity: 1, unitFen: 1 }] }),
        400,
        'VALIDATION_FAILED',
      );
      expect(errors?.map((error) => error.field)).toContain('items.0.unitFen');
    });

    it.each([1, 5])('of %s MB is rejected, and the service keeps running', async (megabytes) => {
      expectProblem(await orders(`{"remark":"${'x'.repeat(megabytes * 1_000_000)}"}`), 413, 'PAYLOAD_TOO_LARGE');
      expect((await request('/healthz')).status).toBe(200);
    });

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json5',
      'application/jsonp',
      ';;;',
      'json',
    ])('that calls itself %s is rejected', async (type) => {
      expectProblem(await orders(good(), { 'content-type': type }), 415, 'UNSUPPORTED_MEDIA_TYPE');
    });

    it('without a content type is rejected', async () => {
      expectProblem(await orders(new TextEncoder().encode(good()), {}), 415, 'UNSUPPORTED_MEDIA_TYPE');
    });

    it.each([
      'application/json',
      'application/json;charset=UTF-8',
      'APPLICATION/JSON; charset=utf-8',
      'application/vnd.shop+json',
    ])('that calls itself %s is read', async (type) => {
      expect((await orders(good(), { 'content-type': type })).status).toBe(201);
    });

    it.each(['pay', 'cancel', 'sync'])(
      'may be empty with content type JSON, as wx.request sends it: %s',
      async (what) => {
        const order = await alice.createOrder({ productId: tea });
        for (const body of ['', '{}'])
          expect(
            (await asAlice(`/api/orders/${order.orderNo}/${what}`, { method: 'POST', body, headers: JSON_TYPE }))
              .status,
          ).toBe(200);
      },
    );
  });

  it.each([';;;', 'json', 'application/json', 'text/plain; charset=x', 'multipart/form-data', ''])(
    'responds to the notice route in XML with status 200 for any content type: %s',
    async (type) => {
      const body = new TextEncoder().encode('{"what":"nonsense"}');
      const reply = await request('/wechat/notify/payment', {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      expect(reply.status).toBe(200);
      expect(reply.body).toBe(
        '<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[MALFORMED]]></return_msg></xml>',
      );
      expect(reply.headers.get('content-type')).toMatch(/^text\/xml/);
    },
  );

  describe('X-Request-Id', () => {
    it('is taken from the request, in successful and in error responses', async () => {
      for (const path of ['/healthz', '/api/products', '/api/orders', '/nothing']) {
        expect((await request(path, { headers: { 'x-request-id': 'call-7/of:9' } })).headers.get('x-request-id')).toBe(
          'call-7/of:9',
        );
      }
      const reply = await request('/api/orders', { headers: { 'x-request-id': 'call-8' } });
      expect(expectProblem(reply, 401, 'UNAUTHENTICATED').requestId).toBe('call-8');
    });

    it('is generated for each call that sends none', async () => {
      const ids = await Promise.all(
        ['/healthz', '/healthz', '/nothing', '/docs/openapi.json', '/wechat/notify/payment'].map(async (path) =>
          (await request(path)).headers.get('x-request-id'),
        ),
      );
      for (const id of ids) expect(id).toMatch(/^[\w-]{16,}$/);
      expect(new Set(ids).size).toBe(ids.length);
    });

    it.each(['two words', 'a"b', '<script>', 'x'.repeat(129), '{"a":1}', 'é'])(
      'is replaced when it is not safe to log: %#',
      async (given) => {
        const id = (await request('/healthz', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
        expect(id).toMatch(/^[\w-]{16,128}$/);
        expect(id).not.toBe(given);
      },
    );
  });

  it('writes instants in UTC with milliseconds', async () => {
    const order = await alice.createOrder({ productId: tea });
    await alice.pay(order, { notify: 'lost' });
    const { body } = await alice.syncOrder<Record<string, string | null>>(order);
    for (const name of ['createdAt', 'expiresAt', 'paidAt']) expect(body[name]).toMatch(INSTANT_PATTERN);
    expect(body['closedAt']).toBeNull();
    const age = Date.parse(body['expiresAt'] ?? '') - Date.parse(body['createdAt'] ?? '');
    expect(age).toBe(1_200_000);
    // WeChat sends Beijing time without a zone: any other reading would be hours off.
    expect(Math.abs(Date.parse(body['paidAt'] ?? '') - Date.parse(body['createdAt'] ?? ''))).toBeLessThan(60_000);
  });

  it('does not throttle one hundred concurrent calls', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        number % 2 === 0 ? request('/api/products') : asAlice('/api/auth/me'),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  describe('a list', () => {
    const page = async (query: string): Promise<PageJson> => (await asAlice(`/api/orders?${query}`)).body as PageJson;

    it.each(['0', '-1', '101', '1.5', 'ten', '', '1e9', 'NaN', '9'.repeat(400)])('rejects limit=%#', async (limit) => {
      expectProblem(await asAlice(`/api/orders?limit=${limit}`), 400, 'VALIDATION_FAILED');
    });

    it.each(['*', '%00', 'x'.repeat(65), 'not-a-cursor', '!!!!', 'LTE', 'MS41'])(
      'rejects the cursor %#',
      async (cursor) => {
        expectProblem(await asAlice(`/api/orders?cursor=${cursor}`), 400, 'VALIDATION_FAILED');
      },
    );

    it('has 20 items by default and 100 at most', async () => {
      const bob = await shop.createUser('bob');
      await Promise.all(Array.from({ length: 23 }, () => bob.createOrder({ productId: tea })));
      const first = (await bob.call<PageJson>('GET', 'orders')).body;
      expect(first.items).toHaveLength(20);
      expect(typeof first.nextCursor).toBe('string');
      const all = (await bob.call<PageJson>('GET', 'orders?limit=100')).body;
      expect(all).toMatchObject({ nextCursor: null });
      expect(all.items).toHaveLength(23);
      expect((await bob.call<PageJson>('GET', 'orders?limit=23')).body.nextCursor).toBeNull();
    });

    it('is paged without gaps or repetitions while rows are added', async () => {
      const carol = await shop.createUser('carol');
      const placed = [];
      for (let count = 0; count < 7; count++) placed.push((await carol.createOrder({ productId: tea })).orderNo);
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const reply: HttpResponse<PageJson> = await carol.call<PageJson>(
          'GET',
          `orders?limit=2${cursor && `&cursor=${cursor}`}`,
        );
        seen.push(...reply.body.items.map(({ orderNo }) => orderNo));
        cursor = reply.body.nextCursor;
        await carol.createOrder({ productId: tea });
      }
      expect(seen).toEqual(placed.toReversed());
    });

    it('ignores query parameters that proxies add', async () => {
      expect((await page('utm_source=x&limit=1')).items).toHaveLength(1);
    });

    it('of products is paged as well', async () => {
      await shop.createProduct();
      const { body } = (await request('/api/products?limit=1')) as HttpResponse<PageJson>;
      expect(body.items).toHaveLength(1);
      const next = (await request(`/api/products?limit=1&cursor=${body.nextCursor}`)) as HttpResponse<PageJson>;
      expect(next.body.items[0]).not.toEqual(body.items[0]);
    });
  });
});

describe('an internal failure', () => {
  it('responds with INTERNAL without details', async () => {
    const shop = await openTestShop();
    await shop.firstInstance.app.get(UnitOfWork).run((tx) => tx.query('ALTER TABLE products RENAME TO products_gone'));
    expectProblem(await sendRequest(`${shop.url}/api/products`), 500, 'INTERNAL');
    expect((await sendRequest(`${shop.url}/healthz`)).status).toBe(200);
    await shop.close();
  });

  it('responds with SERVICE_UNAVAILABLE and Retry-After while the database is unreachable', async () => {
    const outage = await createDatabaseWithOutage();
    const shop = await openTestShop({ environment: { DATABASE_URL: outage.url } });
    const dora = await shop.createUser('dora');
    const order = { items: [{ productId: await shop.createProduct(), quantity: 1 }] };
    await outage.begin();
    const [placed, ready, alive] = await Promise.all([
      dora.call('POST', 'orders', order),
      sendRequest(`${shop.url}/readyz`),
      sendRequest(`${shop.url}/healthz`),
    ]);
    expectProblem(placed, 503, 'SERVICE_UNAVAILABLE');
    if (isOnMysql) expectProblem(ready, 503, 'SERVICE_UNAVAILABLE'); // SQLite still serves reads
    expect(alive.status).toBe(200);
    await outage.end();
    await eventually(async () => {
      expect((await dora.call('POST', 'orders', order)).status).toBe(201);
    });
    await shop.close();
    await outage.dropDatabase();
  });
});
