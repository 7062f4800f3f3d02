import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FAULT_ENDPOINTS, faultKindsFor } from '../../../packages/wechat-pay-simulator/src/faults/fault.js';
import { forgeriesOf } from '../../../packages/wechat-pay-simulator/src/notices/forgery-names.js';
import { DEMO_MERCHANT } from '../../../packages/wechat-pay-simulator/src/simulator-settings.js';
import { BehaviourSettings } from '../../../packages/wechat-pay-simulator/src/state/behaviour-settings.js';
import { MerchantServer } from '../support/merchant-server.js';

describe('simulator documentation', () => {
  let page = '';
  let shop: MerchantServer;
  beforeAll(async () => {
    page = (await readFile('docs/simulator.md', 'utf8')).replace(/ +/g, ' '); // prettier pads tables
    shop = await MerchantServer.start();
  });
  afterAll(() => shop.close());

  it('names every fault and every forgery', () => {
    const kinds = FAULT_ENDPOINTS.flatMap((endpoint) => faultKindsFor(endpoint, forgeriesOf(endpoint)));
    expect(kinds.filter((kind) => !page.includes(`\`${kind}\``))).toEqual([]);
  });

  it('names every behaviour, with its default first', () => {
    const missing = Object.entries(new BehaviourSettings()).filter(
      ([name, value]) => !page.includes(`| \`${name}\` | \`${String(value)}\``),
    );
    expect(missing).toEqual([]);
  });

  it('names every route of the control API', async () => {
    const { body } = await shop.control('GET', '/openapi.json');
    const paths = body['paths'] as Record<string, Record<string, unknown>>;
    const routes = Object.keys(paths).flatMap((path) => Object.keys(paths[path] ?? {}).map((method) => [method, path]));
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter(([, path]) => !page.includes(path ?? ''))).toEqual([]);
  });

  it('describes every response of the control API', async () => {
    const { body } = await shop.control('GET', '/openapi.json');
    const text = JSON.stringify(body['paths']);
    expect(text.match(/"20[01]":\{"description":""\}/g)).toBeNull();
  });

  it('names the identity of the demo merchant', () => {
    for (const value of Object.values(DEMO_MERCHANT)) expect(page).toContain(value);
  });
});
