import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderJson, PayJson, RefundJson } from '../support/clients/test-buyer.js';
import { ApiKeyClient } from '../support/clients/api-key-client.js';
import { RefundFixture } from '../support/fixtures/refund-fixture.js';

const run = promisify(execFile);

describe('docs/server-api.md: examples', () => {
  let story: RefundFixture;
  let program: ApiKeyClient;
  let order: OrderJson;
  let page: string;

  beforeAll(async () => {
    story = await RefundFixture.open();
    program = await ApiKeyClient.create(story.shop, story.boss, {
      scopes: ['orders:read', 'orders:ship', 'refunds:write', 'payments:read', 'payments:write'],
    });
    order = await story.createPaidOrder();
    page = await readFile('docs/server-api.md', 'utf8');
  });
  afterAll(() => story.shop.close());

  /** Runs the shell block that contains this text, unchanged. */
  async function runBlock<T>(what: string, environment: Record<string, string> = {}): Promise<T> {
    const block = [...page.matchAll(/```sh\n([^`]+)```/g)]
      .map(([, text = '']) => text)
      .find((text) => text.includes(what));
    if (block === undefined) throw new Error(`No shell block contains ${what}.`);
    const env = { ...process.env, SHOP: story.shop.url, SHOP_KEY: program.key.key, ...environment };
    const { stdout } = await run('bash', ['-ec', block], { env });
    return JSON.parse(stdout) as T;
  }

  it('server API: every shell example works unchanged', async () => {
    expect(await runBlock('/server/api/me"')).toMatchObject({ name: 'ERP', scopes: program.key.scopes });
    expect(await runBlock('orders?status=PAID')).toMatchObject({
      items: [{ orderNo: order.orderNo }],
      nextCursor: null,
    });
    expect(await runBlock('orders/$ORDER_NO"', { ORDER_NO: order.orderNo })).toMatchObject({
      paidFen: 10_000,
      refunds: [],
    });
    const refunds = [];
    for (let time = 0; time < 2; time++)
      refunds.push(await runBlock<RefundJson>('-X POST', { ORDER_NO: order.orderNo }));
    expect(refunds[0]).toMatchObject({ amountFen: 1500, kind: 'MERCHANT' });
    const { refundNo = '' } = refunds[0] ?? {};
    expect(refunds[1]).toMatchObject({ refundNo });
    expect(await runBlock('refunds/$REFUND_NO', { REFUND_NO: refundNo })).toMatchObject({
      refundNo,
      orderNo: order.orderNo,
    });
    expect(await runBlock('/shipments"', { ORDER_NO: order.orderNo })).toMatchObject({ shipmentNo: 1, carrier: 'ZTO' });
    expect(await story.getLedger(order)).toMatchObject({ refundedFen: 1500, refunds: 1 });
  });

  it('server API: the walk-through of payment orders works unchanged', async () => {
    const { openid } = await story.shop.wechat.createLoginCode(`owalker${'1'.padStart(21, '0')}`);
    const created = await runBlock<{ orderNo: string }>('"merchantOrderNo"', { OPENID: openid });
    expect(created).toMatchObject({ amountFen: 3000, payer: { openid }, metadata: { seat: '12A' } });
    const number = { PAYMENT_ORDER_NO: created.orderNo };
    const pay = await runBlock<PayJson>('"tradeType"', number);
    await story.shop.wechat.confirmPayment(openid, pay.requestPayment);
    expect(await runBlock('/sync"', number)).toMatchObject({ status: 'PAID' });
    expect(await runBlock('?merchantOrderNo=')).toMatchObject({ items: [{ orderNo: created.orderNo }] });
    expect(await runBlock('"merchantRefundNo"', number)).toMatchObject({ merchantRefundNo: '2026-0815-R1' });
  });

  it('server API: the example function creates one refund when responses are lost', async () => {
    const [, code = ''] = /```js\n([^`]*(?:`[^`\n]+`[^`]*)*)```/.exec(page) ?? [];
    let losses = 2;
    const unreliableFetch: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      if (losses-- > 0) throw new TypeError('fetch failed');
      return answer;
    };
    const world = {
      SHOP: story.shop.url,
      SHOP_KEY: program.key.key,
      fetch: unreliableFetch,
      AbortSignal,
      setTimeout: (then: () => void) => setImmediate(then),
    };
    const bought = await story.createPaidOrder();
    const refund = runInNewContext(`${code}\nrefund`, world) as (...call: unknown[]) => Promise<RefundJson>;
    const answer = await refund(bought.orderNo, { amountFen: 1500, reason: '少发一件' }, 'rma-2026-0816');
    expect(answer).toMatchObject({ orderNo: bought.orderNo, amountFen: 1500 });
    expect(losses).toBe(-1);
    expect(await story.getLedger(bought)).toMatchObject({ refundedFen: 1500, refunds: 1 });
    const refused = await refund(bought.orderNo, { amountFen: 20_000, reason: 'x' }, 'rma-2026-0817');
    expect(refused).toMatchObject({ code: 'REFUND_EXCEEDS_PAYMENT' });
  });
});
