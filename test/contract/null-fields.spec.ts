import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator } from '../../src/simulator/start-simulator.js';
import { testCertificates } from '../support/test-certificates.js';
import { ApiKeyClient } from '../support/api-key-client.js';
import { RefundFixture } from '../support/refund-fixture.js';
import { call } from '../support/http.js';
import { type BodyCase, type NullCase, listNullCases } from './support/openapi-cases.js';
import { expectProblem } from './support/expect-problem.js';
import { SCOPES } from '../../src/server/api-key.entity.js';

describe('null in a body', () => {
  let world: RefundFixture;
  let cases: NullCase[];
  let tokens: Record<string, string>;

  beforeAll(async () => {
    world = await RefundFixture.open();
    cases = await listNullCases(`${world.shop.url}/docs/openapi.json`);
    const program = await ApiKeyClient.create(world.shop, world.boss, { scopes: [...SCOPES] });
    tokens = { api: world.alice.token, admin: world.boss.login.token, server: program.key.key };
  });
  afterAll(() => world.shop.close());

  const send = ({ method, path, body }: Omit<BodyCase, 'field'>): ReturnType<typeof call> => {
    const token = tokens[path.split('/')[1] ?? ''] ?? '';
    const headers = { authorization: `Bearer ${token}`, 'x-console': '1', 'idempotency-key': 'null-fields' };
    return call(world.shop.url + path, { method, body, headers });
  };

  it('validation: rejects null in every body field that does not allow it', async () => {
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

  it('refund: rejects an amount of null and refunds nothing', async () => {
    const order = await world.createPaidOrder();
    const asked = await world.alice.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: null, reason: 'x' });
    expect(expectProblem(asked, 400, 'VALIDATION_FAILED').errors).toMatchObject([{ field: 'amountFen' }]);
    const refund = await world.alice.requestRefund(order);
    const approved = await world.approveRefund(refund, { amountFen: null });
    expect(expectProblem(approved, 400, 'VALIDATION_FAILED').errors).toMatchObject([{ field: 'amountFen' }]);
    expect(await world.getAdminRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('product: an empty picture address removes the picture', async () => {
    const imageUrl = 'https://example.com/a.png';
    const made = await world.boss.call('POST', 'products', { name: 'Tea', priceFen: 1, stock: 1, imageUrl });
    expect(made.body).toMatchObject({ imageUrl });
    const changed = await world.boss.call('PATCH', `products/${String(made.body['id'])}`, { imageUrl: '' });
    expect(changed.body).toMatchObject({ imageUrl: null });
  });
});

describe('null in a body of the control API', () => {
  it('simulator: rejects null in every field that does not allow it', async () => {
    const simulator = await startSimulator({ port: 0, quiet: true, certificates: await testCertificates() });
    try {
      const cases = await listNullCases(`${simulator.url}/_control/openapi.json`);
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

/** The error may name the list instead of its element, or the element instead of its field. */
function isAbout(blamed: string, field: string): boolean {
  return blamed === field || field.startsWith(`${blamed}.`);
}
