import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findSizeViolation } from './json-limits.js';

interface Size {
  depth: number;
  widest: number;
  total: number;
}

/** A slow reference implementation on the parsed value. */
function sizeOf(value: unknown): Size {
  if (typeof value !== 'object' || value === null) return { depth: 0, widest: 0, total: 0 };
  const members = Object.values(value);
  const inside = members.map(sizeOf);
  return {
    depth: 1 + Math.max(0, ...inside.map(({ depth }) => depth)),
    widest: Math.max(members.length, ...inside.map(({ widest }) => widest)),
    total: members.length + inside.reduce((sum, { total }) => sum + total, 0),
  };
}

const list = (length: number, member: unknown = 1): unknown[] => Array.from({ length }, () => member);
const object = (length: number): object => Object.fromEntries(list(length).map((_, at) => [`field${at}`, '{[,":,']));

describe('the size of a JSON text', () => {
  it.each([
    ['200 elements', list(200)],
    ['200 fields', object(200)],
    ['2,000 members in all', list(20, list(99))],
    ['nothing', {}],
    ['texts of brackets and commas', list(200, '[[[,,,"\\",')],
  ])('json: %s are accepted, with and without white space', (_what, value) => {
    for (const indent of [0, 2]) expect(findSizeViolation(JSON.stringify(value, null, indent))).toBeNull();
  });

  it.each([
    ['201 elements', list(201)],
    ['201 fields', object(201)],
    ['8,341 fields', object(8341)],
    ['201 empty lists', list(201, [])],
    ['2,001 members in all', [...list(20, list(99)), 1]],
    ['201 elements inside', { items: [{ a: list(201) }] }],
  ])('json: %s are rejected, with and without white space', (_what, value) => {
    for (const indent of [0, 2])
      expect(findSizeViolation(JSON.stringify(value, null, indent))).toMatch(/^must have at most/);
  });

  it('json: 33 levels are rejected', () => {
    expect(findSizeViolation('['.repeat(32) + ']'.repeat(32))).toBeNull();
    expect(findSizeViolation('['.repeat(33) + ']'.repeat(33))).toMatch(/nested/);
  });

  it('json: the result equals the count in the parsed value for any value', () => {
    const members = fc.array(fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 210 }), { maxLength: 15 });
    fc.assert(
      fc.property(members, (value) => {
        const { depth, widest, total } = sizeOf(value);
        const isSmall = depth <= 32 && widest <= 200 && total <= 2000;
        expect(findSizeViolation(JSON.stringify(value)) === null).toBe(isSmall);
      }),
    );
  });

  it('json: any text gets a result', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void findSizeViolation(text)));
  });
});
