import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { repositoryFiles } from './repository-files.js';

const FOLDERS = ['src', 'packages', 'test', 'tools', 'demo', 'chaos', 'bench', 'web', 'examples'];
const SOURCE = /(?<!\.d)\.(ts|tsx|js|mjs)$/;

type Imports = ReadonlyMap<string, readonly string[]>;

/** The relative imports of each file to another one of the list; ESLint's rule does not count imports of types. */
function importsOf(files: readonly string[], read: (file: string) => string): Imports {
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(read(file), true, true);
      const targets = importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
      return [file, targets.flatMap(({ fileName }) => resolve(file, fileName, known) ?? [])];
    }),
  );
}

function resolve(from: string, name: string, known: ReadonlySet<string>): string | undefined {
  const path = join(dirname(from), name);
  const withoutExtension = path.replace(/\.js$/, '');
  return [path, ...['.ts', '.tsx', '.js'].map((end) => withoutExtension + end)].find((each) => known.has(each));
}

/** Removes the files that import no remaining one until none is left to remove: what is left is in a circle or imports one. */
function circlesIn(imports: Imports): string[] {
  const left = new Map(imports);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [file, targets] of left) if (!targets.some((target) => left.has(target))) left.delete(file);
  }
  return [...left.keys()].filter((file) => reaches(left, file, file)).sort();
}

function reaches(imports: Imports, from: string, goal: string): boolean {
  const seen = new Set<string>();
  const next = [...(imports.get(from) ?? [])];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (file === goal) return true;
    if (seen.has(file)) continue;
    seen.add(file);
    next.push(...(imports.get(file) ?? []));
  }
  return false;
}

describe('imports', () => {
  it('have no circles, not even of types', () => {
    const files = FOLDERS.flatMap((folder) => repositoryFiles(folder)).filter((name) => SOURCE.test(name));
    const imports = importsOf(files, (file) => readFileSync(file, 'utf8'));
    expect([...imports.values()].flat().length).toBeGreaterThan(files.length);
    expect(circlesIn(imports)).toEqual([]);
  });

  it('are found with their circles, and without the files that only import a circle', () => {
    const texts: Record<string, string> = {
      'a/one.ts': `import type { Two } from '../b/two.js';`,
      'b/two.ts': `export { three } from './three.tsx'; import './four.js';`,
      'b/three.tsx': `const load = () => import('../a/one.js');`,
      'b/four.js': `require('node:fs');`,
      'main.ts': `import './a/one.js';`,
    };
    const imports = importsOf(Object.keys(texts), (file) => texts[file] ?? '');
    expect(circlesIn(imports)).toEqual(['a/one.ts', 'b/three.tsx', 'b/two.ts']);
  });
});
