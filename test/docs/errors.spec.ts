import { describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/common/problem/problem-catalog.js';
import { stripBackticks, tableRows } from './support.js';

describe('docs/errors.md: the table of error codes', () => {
  it('lists every code with its status and `retryable`, and no other', async () => {
    const rows = await tableRows('docs/errors.md');
    const written = rows.map(([code, status, retryable]) => [
      stripBackticks(code),
      Number(status),
      retryable === 'yes',
    ]);
    const known = Object.entries(PROBLEMS).map(([code, { status, retryable }]) => [code, status, retryable]);
    expect(written).toEqual(known);
  });

  it('gives the cause and the action for every code', async () => {
    const incomplete = (await tableRows('docs/errors.md')).filter((cells) => cells.length !== 5 || cells.includes(''));
    expect(incomplete).toEqual([]);
  });
});
