import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ServiceSchemas } from '../../../tools/client/service-client.js';
import { expectProblem } from '../support/expect-problem.js';
import { createStaff, type PageJson } from '../support/test-staff.js';
import { EventFixture, type EndpointJson } from './support/event-fixture.js';
import { answerWith } from './support/event-receiver.js';

type AdminEndpointJson = ServiceSchemas['AdminEventEndpointView'];

describe('GET /admin/api/event-endpoints', () => {
  let fixture: EventFixture;
  let failing: EndpointJson;
  let gone: EndpointJson;
  let stopped: EndpointJson;

  beforeAll(async () => {
    fixture = await EventFixture.open();
    ({ endpoint: failing } = await fixture.connect(answerWith(500)));
    ({ endpoint: gone } = await fixture.connect(answerWith(410)));
    stopped = await fixture.createEndpoint('https://erp.example.com/Events', { description: '100% 仓库' });
    await fixture.call('PATCH', stopped, '', { status: 'DISABLED' });
    await fixture.createOrder();
    await fixture.deliver();
    await fixture.shop.rawUpdate(
      "UPDATE event_deliveries SET status = 'FAILED', next_attempt_at = NULL WHERE endpoint_row_id = 1",
    );
    await fixture.createOrder();
    await fixture.deliver();
  });
  afterAll(() => fixture.close());

  const list = async (query = ''): Promise<PageJson<AdminEndpointJson>> =>
    (await fixture.boss.call<PageJson<AdminEndpointJson>>('GET', `event-endpoints?withTotal=true${query}`)).body;

  it('event endpoints: have the numbers of their waiting and failed deliveries', async () => {
    const { items, total } = await list();
    const rows = items.map(({ id, waitingCount, failedCount }) => ({ id, waitingCount, failedCount }));
    expect(total).toBe(3);
    expect(rows).toEqual([
      { id: stopped.id, waitingCount: 0, failedCount: 0 },
      { id: gone.id, waitingCount: 1, failedCount: 0 },
      { id: failing.id, waitingCount: 1, failedCount: 1 },
    ]);
    const { body } = await fixture.boss.call<AdminEndpointJson>('GET', `event-endpoints/${failing.id}`);
    expect(body).toEqual(items[2]);
  });

  it('event endpoints: are found by status, reason, failed deliveries, id, and a part of URL or description', async () => {
    const ids = async (query: string): Promise<string[]> => (await list(query)).items.map(({ id }) => id);
    expect(await ids('&status=ENABLED')).toEqual([failing.id]);
    expect(await ids('&status=DISABLED')).toEqual([stopped.id, gone.id]);
    expect(await ids('&disabledReason=GONE')).toEqual([gone.id]);
    expect(await ids('&disabledReason=BY_REQUEST')).toEqual([stopped.id]);
    expect(await ids('&hasFailed=true')).toEqual([failing.id]);
    expect(await ids('&hasFailed=false')).toEqual([stopped.id, gone.id]);
    expect(await ids(`&q=${gone.id}`)).toEqual([gone.id]);
    expect(await ids('&q=example.com/events')).toEqual([stopped.id]);
    expect(await ids(`&q=${encodeURIComponent('100% ')}`)).toEqual([stopped.id]);
    expect(await ids('&q=127.0.0.1&hasFailed=true')).toEqual([failing.id]);
    const first = await list('&hasFailed=false&limit=1');
    expect(await list(`&hasFailed=false&limit=1&cursor=${first.nextCursor ?? ''}`)).toMatchObject({
      items: [{ id: gone.id }],
      nextCursor: null,
    });
  });

  it('event endpoints: an unknown id is not found, and operators see none', async () => {
    expectProblem(await fixture.boss.call('GET', 'event-endpoints/ep_0'), 404, 'EVENT_ENDPOINT_NOT_FOUND');
    const operator = await createStaff(fixture.shop, 'OPERATOR');
    expectProblem(await operator.call('GET', 'event-endpoints'), 403, 'FORBIDDEN');
    expectProblem(await operator.call('GET', `event-endpoints/${failing.id}`), 403, 'FORBIDDEN');
  });
});
