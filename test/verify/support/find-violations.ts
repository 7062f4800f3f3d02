import { parseVerifyOptions } from '../../../src/verify/verify-options.js';
import { verify } from '../../../src/verify/verify.js';
import type { TestShop } from '../../support/test-shop.js';

/** The invariants that the database of a shop violates, with examples, after its jobs have run. */
export async function findViolations(shop: TestShop): Promise<string[]> {
  await shop.runJobs();
  const options = { ...parseVerifyOptions([]), now: shop.wechat.now() };
  const { findings } = await verify(options, shop.environment);
  return findings
    .filter(({ offending }) => offending > 0)
    .map(({ name, examples }) => `${name}: ${examples.join(', ')}`);
}
