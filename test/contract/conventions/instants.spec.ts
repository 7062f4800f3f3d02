import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES } from '../../../src/server-api/api-key.entity.js';
import { sendRequest, type HttpResponse } from '../../../tools/client/http.js';
import { ApiKeyClient } from '../../support/clients/api-key-client.js';
import { RefundFixture } from '../../support/fixtures/refund-fixture.js';
import { listInstantCases, listInstantFilters } from '../support/openapi-cases.js';
import { expectProblem } from '../support/expect-problem.js';

/** Valid by RFC 3339, but outside the years 2000 to 2099 in UTC. */
const OUT_OF_BOUNDS = [
  '9999-12-31T23:59:59-01:00',
  '2100-01-01T00:00:00Z',
  '2099-12-31T23:30:00-01:00',
  '1999-12-31T23:59:59.999Z',
  '2000-01-01T00:30:00+01:00',
  '0001-01-01T00:00:00Z',
  '0000-01-01T00:00:00+01:00',
];
const OUT_OF_BOUNDS_DAYS = ['1999-12-31', '2100-01-02', '9999-12-31'];

describe('instants in bodies and filters', () => {
  let fixture: RefundFixture;
  let tokens: Record<string, string>;

  beforeAll(async () => {
    fixture = await RefundFixture.open();
    const program = await ApiKeyClient.create(fixture.shop, fixture.boss, { scopes: [...SCOPES] });
    tokens = { api: fixture.alice.token, admin: fixture.boss.login.token, server: program.key.key };
  });
  afterAll(() => fixture.shop.close());

  const send = <T>(
    path: string,
    how: { method?: 'POST' | 'PUT' | 'PATCH'; body?: unknown } = {},
  ): Promise<HttpResponse<T>> => {
    const headers = {
      authorization: `Bearer ${tokens[path.split('/')[1] ?? ''] ?? ''}`,
      'idempotency-key': 'instants',
    };
    return sendRequest<T>(fixture.shop.url + path, { ...how, headers });
  };
  const document = (): string => `${fixture.shop.url}/docs/openapi.json`;

  it.each(OUT_OF_BOUNDS)('validation: rejects %s in every body field that is an instant', async (text) => {
    const cases = await listInstantCases(document(), text);
    const replay = ['from', 'to']; // of events
    const fields = [...replay, 'expiresAt', 'expiresAt', ...replay, 'expiresAt'];
    expect(cases.map(({ field }) => field)).toEqual(fields);
    for (const { method, path, field, body } of cases) {
      const { errors } = expectProblem(await send(path, { method, body }), 400, 'VALIDATION_FAILED');
      expect(errors).toContainEqual(expect.objectContaining({ field }));
    }
  });

  it.each([...OUT_OF_BOUNDS, ...OUT_OF_BOUNDS_DAYS])('validation: rejects %s in every filter by time', async (text) => {
    const filters = await listInstantFilters(document());
    expect(filters.length).toBeGreaterThanOrEqual(12);
    for (const filter of filters) {
      expectProblem(await send(filter + encodeURIComponent(text)), 400, 'VALIDATION_FAILED');
    }
  });

  it('validation: accepts the last instant and the last day of 2099 in every filter by time', async () => {
    for (const filter of await listInstantFilters(document())) {
      for (const text of ['2099-12-31T23:59:59.999Z', '2099-12-31', '2000-01-01']) {
        expect({ filter, status: (await send(filter + text)).status }).toEqual({ filter, status: 200 });
      }
    }
  });

  it('lists: read a date as a day in Beijing time, in every list and in the summary', async () => {
    const order = await fixture.createPaidOrder();
    const refund = await fixture.alice.requestRefund(order);
    await fixture.approveRefund(refund);
    const late = "'2026-12-09 23:30:00.000'"; // 07:30 on the 10th in Beijing
    await fixture.shop.rawUpdate(
      `UPDATE orders SET created_at = ${late}, paid_at = ${late}`,
      `UPDATE payments SET paid_at = ${late}`,
      `UPDATE refunds SET requested_at = ${late}`,
      `UPDATE audit_log SET at = ${late}`,
    );
    const lists = [
      '/api/orders',
      '/server/api/orders',
      '/admin/api/orders',
      '/admin/api/refunds',
      '/admin/api/audit-log',
    ];
    for (const list of lists) {
      expect({ list, found: await foundIn(list, 'from=2026-12-10&to=2026-12-11') }).toEqual({ list, found: true });
      expect({ list, found: await foundIn(list, 'from=2026-12-09&to=2026-12-10') }).toEqual({ list, found: false });
    }
    const { body } = await send<{ paidCount: number; days: { date: string }[] }>(
      '/admin/api/summary?from=2026-12-10&to=2026-12-11',
    );
    expect(body).toMatchObject({ paidCount: 1, days: [{ date: '2026-12-10' }] });
    const before = await send('/admin/api/summary?from=2026-12-09&to=2026-12-10');
    expect(before.body).toMatchObject({ paidCount: 0, paidFen: 0 });
  });

  async function foundIn(list: string, query: string): Promise<boolean> {
    return (await send<{ items: unknown[] }>(`${list}?${query}`)).body.items.length > 0;
  }
});
