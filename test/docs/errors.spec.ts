import { describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/common/problem-catalog.js';
import { bare, tableRows } from './support.js';

describe('the page on errors', () => {
  it('has every code with its status and whether it may be repeated, and no other', async () => {
    const rows = await tableRows('docs/errors.md');
    const written = rows.map(([code, status, retryable]) => [bare(code), Number(status), retryable === 'yes']);
    const known = Object.entries(PROBLEMS).map(([code, { status, retryable }]) => [code, status, retryable]);
    expect(written).toEqual(known);
  });

  it('says of each when it comes and what to do then', async () => {
    const silent = (await tableRows('docs/errors.md')).filter((cells) => cells.length !== 5 || cells.includes(''));
    expect(silent).toEqual([]);
  });
});
