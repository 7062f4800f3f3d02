import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { USAGE } from '../../src/verify/verify-options.js';
import { allInvariants } from '../../src/verify/verify.js';
import { stripBackticks, tableRows } from '../docs/support.js';

describe('docs/verify.md', () => {
  it('lists every invariant in the order of the report', async () => {
    const rows = await tableRows('docs/verify.md', '## Invariants');
    expect(rows.map(([name]) => stripBackticks(name))).toEqual(allInvariants(new Date()).map(({ name }) => name));
  });

  it('lists the comparisons with WeChat', async () => {
    const rows = await tableRows('docs/verify.md', '## Comparison with WeChat');
    expect(rows.map(([name]) => stripBackticks(name))).toEqual(['wechat-knows-the-payment', 'wechat-knows-the-refund']);
  });

  it('names only existing options', async () => {
    const text = await readFile('docs/verify.md', 'utf8');
    const options = [...text.matchAll(/`(--[a-z-]+)/g)].map(([, option = '']) => option);
    expect(options.length).toBeGreaterThan(3);
    expect(options.filter((option) => !USAGE.includes(option))).toEqual([]);
  });
});
