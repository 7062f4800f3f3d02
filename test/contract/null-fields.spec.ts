import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import { testCertificates } from '../support/certificates.js';
import { Program } from '../support/program.js';
import { RefundShop } from '../support/refund-shop.js';
import { call } from '../support/http.js';
import { type BodyCase, type NullCase, nullCasesOf } from './support/openapi-bodies.js';
import { expectProblem } from './support/problem.js';
import { SCOPES } from '../../src/server/api-key.entity.js';

describe('null in a body', () => {
  let world: RefundShop;
  let cases: NullCase[];
  let tokens: Record<string, string>;

  beforeAll(async () => {
    world = await RefundShop.opens();
    cases = await nullCasesOf(`${world.shop.url}/docs/openapi.json`);
    const program = await Program.isMade(world.shop, world.boss, { scopes: [...SCOPES] });
    tokens = { api: world.alice.token, admin: world.boss.login.token, server: program.key.key };
  });
  afterAll(() => world.shop.closes());

  const send = ({ method, path, body }: Omit<BodyCase, 'field'>): ReturnType<typeof call> => {
    const token = tokens[path.split('/')[1] ?? ''] ?? '';
    const headers = { authorization: `Bearer ${token}`, 'x-console': '1', 'idempotency-key': 'null-fields' };
    return call(world.shop.url + path, { method, body, headers });
  };

  it('validation: refuses null in every field of every body that does not allow it', async () => {
    expect(cases.length).toBeGreaterThan(60);
    const accepted: string[] = [];
    for (const { field, isNullable, ...request } of cases) {
      const { status, body } = await send(request);
      const { errors = [] } = body as { errors?: { field: string }[] };
      const isRefused = status === 400 && errors.some((error) => isAbout(error.field, field));
      if (isRefused === isNullable) accepted.push(`${request.method} ${request.path} ${field}: ${status}`);
    }
    expect(accepted).toEqual([]);
  });

  it('refund: an amount of null is refused, and the whole payment stays where it is', async () => {
    const order = await world.sells();
    const asked = await world.alice.asks('POST', `orders/${order.orderNo}/refunds`, { amountFen: null, reason: 'x' });
    expect(expectProblem(asked, 400, 'VALIDATION_FAILED').errors).toMatchObject([{ field: 'amountFen' }]);
    const refund = await world.alice.wantsBack(order);
    const approved = await world.approves(refund, { amountFen: null });
    expect(expectProblem(approved, 400, 'VALIDATION_FAILED').errors).toMatchObject([{ field: 'amountFen' }]);
    expect(await world.deskSees(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('product: an empty picture address removes the picture', async () => {
    const imageUrl = 'https://example.com/a.png';
    const made = await world.boss.asks('POST', 'products', { name: 'Tea', priceFen: 1, stock: 1, imageUrl });
    expect(made.body).toMatchObject({ imageUrl });
    const changed = await world.boss.asks('PATCH', `products/${String(made.body['id'])}`, { imageUrl: '' });
    expect(changed.body).toMatchObject({ imageUrl: null });
  });
});

describe('null in a body of the control API', () => {
  it('simulator: refuses null in every field that does not allow it', async () => {
    const simulator = await startSimulator({ port: 0, quiet: true, certificates: await testCertificates() });
    try {
      const cases = await nullCasesOf(`${simulator.url}/_control/openapi.json`);
      expect(cases.length).toBeGreaterThan(60);
      const accepted: string[] = [];
      for (const { method, path, field, isNullable, body } of cases) {
        if (isNullable) continue;
        const { status } = await call(simulator.url + path, { method, body });
        if (status !== 400) accepted.push(`${method} ${path} ${field}: ${status}`);
      }
      expect(accepted).toEqual([]);
    } finally {
      await simulator.stop();
    }
  });
});

/** A list may be blamed for its element, and an element for its field. */
function isAbout(blamed: string, field: string): boolean {
  return blamed === field || field.startsWith(`${blamed}.`);
}
