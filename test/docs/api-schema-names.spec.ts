import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** The classes of a source file that describe a body of the API. */
function schemaNamesOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  if (!/@Api\w*Property|Field\(/.test(source)) return [];
  return [...source.matchAll(/^(?:export )?class (\w+(?:View|Body|Dto|Page|Response))\b/gm)].map(
    ([, name = '']) => name,
  );
}

describe('schemas of the API description', () => {
  it('have different names, because the description would show only one of two classes with the same name', () => {
    const names = globSync('src/**/*.ts').flatMap(schemaNamesOf);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
