import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSimulator } from '../../../packages/wechat-pay-simulator/src/start-simulator.js';
import { testCertificates } from '../../support/wechat/test-certificates.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { sendRequest } from '../../../tools/client/http.js';
import { type BodyCase, type NullCase, listNullCases } from '../support/openapi-cases.js';
import { expectProblem } from '../support/expect-problem.js';
import { SCOPES } from '../../../src/server-api/api-key.entity.js';

describe('null in a body', () => {
  let fixture: RefundFixture;
  let cases: NullCase[];
  let tokens: Record<string, string>;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    cases = await listNullCases(`${fixture.shop.url}/docs/openapi.json`);
    const program = await ApiKeyClient.create(fixture.shop, fixture.boss, { scopes: [...SCOPES] });
    tokens = { api: fixture.alice.token, admin: fixture.boss.login.token, server: program.key.key };
  });
  afterAll(() => fixture.shop.close());

  const send = ({ method, path, body }: Omit<BodyCase, 'field'>): ReturnType<typeof sendRequest> => {
    const token = tokens[path.split('/')[1] ?? ''] ?? '';
    const headers = { authorization: `Bearer ${token}`, 'x-console': '1', 'idempotency-key': 'null-fields' };
    return sendRequest(fixture.shop.url + path, { method, body, headers });
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
    const order = await fixture.createPaidOrder();
    const asked = await fixture.alice.call('POST', `orders/${order.orderNo}/refunds`, { amountFen: null, reason: 'x' });
    expect(expectProblem(asked, 400, 'VALIDATION_FAILED').errors).toMatchObject([{ field: 'amountFen' }]);
    const refund = await fixture.alice.requestRefund(order);
    const approved = await fixture.approveRefund(refund, { amountFen: null });
    expect(expectProblem(approved, 400, 'VALIDATION_FAILED').errors).toMatchObject([{ field: 'amountFen' }]);
    expect(await fixture.getAdminRefund(refund)).toMatchObject({ status: 'REQUESTED' });
  });

  it('product: an empty picture address removes the picture', async () => {
    const imageUrl = 'https://example.com/a.png';
    const made = await fixture.boss.call('POST', 'products', { name: 'Tea', priceFen: 1, stock: 1, imageUrl });
    expect(made.body).toMatchObject({ imageUrl });
    const changed = await fixture.boss.call('PATCH', `products/${String(made.body['id'])}`, { imageUrl: '' });
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
        const { status } = await sendRequest(simulator.url + path, { method, body });
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
