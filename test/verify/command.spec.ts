import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allInvariants } from '../../src/verify/verify.js';
import type { OrderJson } from '../support/clients/test-buyer.js';
import { COMPILE_CACHE_ENVIRONMENT } from '../support/service-process.js';
import { openTestShop, type TestShop } from '../support/test-shop.js';

const ENTRY_FILE = resolve('dist/server/verify.js');
const MAX_LIFETIME_MS = 60_000;
const INVARIANT_COUNT = allInvariants(new Date()).length;

interface JsonReport {
  ok: boolean;
  channels: unknown;
  invariants: { name: string; checked: number; offending: number; examples: string[] }[];
}

/** Runs `npm run verify` as a separate process; `npm test` builds it first. */
describe('npm run verify', () => {
  let shop: TestShop;
  let order: OrderJson;

  beforeAll(async () => {
    if (!existsSync(ENTRY_FILE)) throw new Error(`${ENTRY_FILE} is missing: run npm run build`);
    shop = await openTestShop();
    const tea = await shop.createProduct();
    const alice = await shop.createUser('alice');
    order = await alice.createOrder({ productId: tea });
    await alice.pay(order);
  });
  afterAll(() => shop.close());

  const runs = (environment: Record<string, string>, ...options: string[]) =>
    new Promise<{ code: number | null; stdout: string; stderr: string }>((ended) => {
      const env = { PATH: process.env['PATH'], ...COMPILE_CACHE_ENVIRONMENT, ...environment };
      const output = { stdout: '', stderr: '' };
      const child = spawn(process.execPath, [ENTRY_FILE, ...options], { cwd: tmpdir(), env, timeout: MAX_LIFETIME_MS });
      child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
      child.once('close', (code) => ended({ code, ...output }));
    });

  const paidAtOf = async ({ orderNo }: OrderJson): Promise<Date> => {
    const paid = (await shop.getPayments(orderNo)).find(({ status }) => status === 'PAID');
    if (!paid?.paidAt) throw new Error(`Order ${orderNo} is not paid`);
    return paid.paidAt;
  };

  it('exits with 0 and prints a line for each invariant if all hold', async () => {
    const { code, stdout, stderr } = await runs(shop.environment);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {2}holds {2}order-costs-its-lines +1 checked$/m);
    expect(stdout).toContain(`All ${INVARIANT_COUNT} invariants hold.`);
  });

  it('compares with WeChat with --wechat', async () => {
    const { code, stdout } = await runs(shop.environment, '--wechat=1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}holds {2}wechat-knows-the-payment +1 checked$/m);
  });

  it('exits with 1 and prints the numbers of a violation, as text and as JSON', async () => {
    await shop.rawUpdate(`UPDATE orders SET attempt_count = 7 WHERE order_no = '${order.orderNo}'`);
    const text = await runs(shop.environment);
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(/BROKEN attempts-are-counted +1 checked, 1 violations/);
    expect(text.stdout).toContain(order.orderNo);
    const json = await runs(shop.environment, '--json');
    const { ok, invariants } = JSON.parse(json.stdout) as JsonReport;
    expect([json.code, ok, invariants.length]).toEqual([1, false, INVARIANT_COUNT]);
    expect(invariants.filter(({ offending }) => offending > 0)).toMatchObject([
      { name: 'attempts-are-counted', checked: 1, offending: 1, examples: [order.orderNo] },
    ]);
  });

  it('prints for each channel what is open, so that an operator knows when its keys are no longer needed', async () => {
    const bob = await shop.createUser('bob');
    const pending = await bob.createOrder({ productId: await shop.createProduct() });
    await bob.startPayment(pending);
    const channelsOf = async (): Promise<unknown> =>
      (JSON.parse((await runs(shop.environment, '--json')).stdout) as JsonReport).channels;
    const use = { channel: 'wechat-v2', openRefunds: 0, lastPaidAt: (await paidAtOf(order)).toISOString() };
    expect(await channelsOf()).toEqual([{ ...use, openPayments: 1 }]);
    await bob.cancelOrder(pending);
    expect(await channelsOf()).toEqual([{ ...use, openPayments: 0 }]);
    expect((await runs(shop.environment)).stdout).toMatch(
      /^ {2}open {3}wechat-v2 +0 payments, 0 refunds; last payment 2/m,
    );
  });

  it('exits with 2 and a reason if the check is not possible', async () => {
    const { code, stdout, stderr } = await runs({ DATABASE_URL: 'mysql://root:s3cret@127.0.0.1:9/shop' }, '--json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Could not check: The database cannot be read/);
    expect(stderr).not.toContain('s3cret');
    expect(await runs({}, '--fast')).toMatchObject({ code: 2, stdout: '' });
  });

  it('prints its options with --help', async () => {
    expect(await runs({}, '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--grace-seconds=N') });
  });
});
