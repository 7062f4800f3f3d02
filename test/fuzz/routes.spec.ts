import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SCOPES } from '../../src/server-api/api-key.entity.js';
import { createStaff } from '../contract/support/test-staff.js';
import { sendRequest } from '../../tools/client/http.js';
import { ApiKeyClient } from '../support/clients/api-key-client.js';
import { assertProperty, PROPERTY_TIMEOUT_MS } from './assert-property.js';
import { FuzzTarget, type RawCall } from './fuzz-target.js';
import { anyJson, anyRawJson, anyText } from './text-arbitraries.js';

interface Schema {
  $ref?: string;
  properties?: Record<string, unknown>;
  required?: string[];
}
interface Operation {
  parameters?: { in: string; name: string }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}
interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Route {
  method: string;
  path: string;
  queries: string[];
  fields: string[];
  /** Whether an empty body is valid: a change of nothing, or default values only. */
  mayBeEmpty: boolean;
}

/** An unknown field. No request with it can change anything, and all validation rules still run. */
const UNKNOWN_FIELD = 'isForged';
const CONTENT_TYPES = [
  'application/json',
  'application/problem+json',
  'text/plain',
  'application/json; charset=gbk',
  'x',
  '',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** Path segments that no encoder writes. */
const RAW_SEGMENTS = [
  '%00',
  '%ff',
  '%zz',
  '%',
  '%2f%2e%2e',
  '..',
  '.',
  '%ed%a0%80',
  'a%0d%0aset-cookie:x',
  'x'.repeat(3000),
];

describe('fuzz: routes', () => {
  let shop: FuzzTarget;
  let routes: Route[];
  let headers: fc.Arbitrary<Record<string, string>>;
  let numbers: string[];

  beforeAll(async () => {
    shop = await FuzzTarget.open();
    const { body } = await sendRequest<OpenApi>(`${shop.fixture.shop.url}/docs/openapi.json`);
    routes = routesOf(body).filter(({ path }) => !path.startsWith('/wechat/'));
    const viewer = (await createStaff(shop.fixture.shop, 'VIEWER')).login.token;
    const { key: program } = await ApiKeyClient.create(shop.fixture.shop, shop.fixture.boss, { scopes: [...SCOPES] });
    await shop.takeSnapshot();
    numbers = [shop.paid.orderNo, shop.pending.orderNo, shop.refund.outRefundNo, shop.fixture.tea];
    headers = anyHeaders([shop.tokens.user, shop.tokens.staff, viewer, program.key]);
  });
  afterAll(() => shop.close());

  it('the OpenAPI document has routes to choose from', () => {
    expect(routes.length).toBeGreaterThan(40);
    expect(routes.filter(({ fields }) => fields.length > 0).length).toBeGreaterThan(10);
  });

  it.each([
    ['{"a":', '1', '}'],
    ['[', '', ']'],
    ['{"items":[', '', ']}'],
  ])('JSON that is nested too deeply gets the response 400: %s', async (open, middle, close) => {
    for (const depth of [40, 5000]) {
      const body = `{"code":${open.repeat(depth)}${middle}${close.repeat(depth)}}`;
      const headers = { 'content-type': 'application/json' };
      expect((await shop.send({ path: '/api/auth/login', headers, body })).status).toBe(400);
    }
  });

  it(
    'invalid requests to known routes get the response 4xx in time and change no table',
    async () => {
      const anyCall = fc.constantFrom(...routes).chain((route) => anyCallOf(route, headers, numbers));
      await assertProperty(
        fc.asyncProperty(anyCall, async (each) => {
          const { status } = await shop.send(each);
          expect(status).toBeGreaterThanOrEqual(200);
          if (isWrite(each) && !hasNoTarget(each)) expect(status).toBeGreaterThanOrEqual(400);
        }),
      );
      expect(await shop.getState()).toEqual({ books: true, ready: 200, works: true });
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'paths that do not exist cause no server error',
    async () => {
      const path = fc.array(fc.oneof(fc.constantFrom(...RAW_SEGMENTS, 'api', 'admin'), encodedText(anyText())), {
        maxLength: 4,
      });
      await assertProperty(
        fc.asyncProperty(path, fc.constantFrom(...METHODS), async (segments, method) => {
          await shop.send({ method, path: `/${segments.join('/')}` });
        }),
        100,
      );
      expect(await shop.getState()).toEqual({ books: true, ready: 200, works: true });
    },
    PROPERTY_TIMEOUT_MS,
  );
});

function routesOf({ paths, components }: OpenApi): Route[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], requestBody }]) => {
      const { $ref = '' } = requestBody?.content?.['application/json']?.schema ?? {};
      const { properties = {}, required = [] } = components.schemas[$ref.replace('#/components/schemas/', '')] ?? {};
      const queries = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      const fields = Object.keys(properties);
      return { method: method.toUpperCase(), path, queries, fields, mayBeEmpty: required.length === 0 };
    }),
  );
}

const isWrite = ({ method }: { method?: string }): boolean => method === 'POST' || method === 'PATCH';
/** Login, logout and the retry of messages name no object, so they succeed for a caller with permission. */
const hasNoTarget = ({ path }: { path: string }): boolean =>
  path.includes('/auth/') || path.startsWith('/admin/api/messages/retry');

const encodedText = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  text.map((each) => encodeURIComponent(each.toWellFormed()).slice(0, 6000));

/** Tokens of every kind, including valid ones. Requests that end a session or change a password have none. */
function anyHeaders(tokens: string[]): fc.Arbitrary<Record<string, string>> {
  const authorization = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...tokens.map((token) => `Bearer ${token}`)) },
    fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      `Basic ${tokens[0] ?? ''}`,
      `Bearer ${'x'.repeat(6000)}`,
      `bearer ${tokens[0] ?? ''} x`,
    ),
    latin1().map((text) => `Bearer ${text}`),
  );
  return fc.record(
    {
      authorization,
      'content-type': fc.constantFrom(...CONTENT_TYPES),
      'accept-language': latin1(),
      'idempotency-key': latin1(),
      'x-request-id': latin1(),
      'x-forwarded-for': latin1(),
      cookie: latin1(),
      'if-none-match': latin1(),
    },
    { requiredKeys: ['authorization'] },
  );
}

/** Characters that a header can contain. */
const latin1 = (): fc.Arbitrary<string> =>
  anyText().map((text) => text.replaceAll(/[^\t -~\u0080-\u00ff]/g, '').slice(0, 1000));

function anyCallOf(
  route: Route,
  headers: fc.Arbitrary<Record<string, string>>,
  numbers: string[],
): fc.Arbitrary<RawCall> {
  // A request without a body would succeed for a caller with permission.
  const known = isWrite(route) && route.fields.length === 0 ? ['none'] : numbers;
  const segment = fc.oneof(fc.constantFrom(...known), fc.constantFrom(...RAW_SEGMENTS), encodedText(anyText()));
  const query = fc.array(
    fc.tuple(
      fc.oneof(fc.constantFrom('limit', 'cursor', ...route.queries), encodedText(anyText())),
      encodedText(anyText()),
    ),
    {
      maxLength: 3,
    },
  );
  return fc
    .record({ segment, query, headers, body: anyBodyOf(route) })
    .map(({ segment: own, query: pairs, headers: given, body }) => {
      const path = route.path.replaceAll(/\{\w+\}/g, own);
      const search = pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`;
      const { authorization = '', ...others } = given;
      const isOwnEnd = /\/auth\/(logout|password)$/.test(route.path);
      return {
        method: route.method,
        path: `${path}${search}`.slice(0, 12_000),
        headers: { 'content-type': 'application/json', ...others, ...(!isOwnEnd && { authorization }) },
        ...(route.method !== 'GET' && { body }),
      };
    });
}

/** Either invalid JSON, or the fields of the route with any values. */
function anyBodyOf({ fields, mayBeEmpty }: Route): fc.Arbitrary<string> {
  const own = fc.dictionary(fc.constantFrom(...fields, '__proto__x'), anyJson(), { maxKeys: 6 });
  const known = own.map((values) => JSON.stringify({ ...values, [UNKNOWN_FIELD]: true }));
  const raw = anyRawJson().map((text) =>
    mayBeEmpty && isEmptyBody(text) ? JSON.stringify({ [UNKNOWN_FIELD]: true }) : text,
  );
  return fc.oneof({ weight: 2, arbitrary: known }, { weight: 1, arbitrary: raw });
}

const isEmptyBody = (text: string): boolean => ['', '{}'].includes(text.replace(/^\ufeff/, '').trim());
