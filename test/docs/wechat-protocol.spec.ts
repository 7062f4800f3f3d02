import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { repositoryFiles } from './repository-files.js';

const PAGE = 'docs/wechat-protocol.md';
/** `v2 §3.1`, also with further sections behind it: `v1 §2, §5`. A comment may break the line after `v1` or `v2`. */
const CITATION = /\b(v[123])(?:\.md)?[\s*/]+(§\d+(?:\.\d+)*(?:,[\s*/]+§\d+(?:\.\d+)*)*)/g;

describe('docs/wechat-protocol.md', () => {
  const sections = [...readFileSync(PAGE, 'utf8').matchAll(/^### (v[123] §[\d.]+) \S/gm)].map(([, section]) => section);
  const citations = repositoryFiles()
    .filter(
      (name) => name !== PAGE && /\.(ts|tsx|js|mjs|md)$/.test(name) && name !== 'test/docs/wechat-protocol.spec.ts',
    )
    .flatMap((name) =>
      [...readFileSync(name, 'utf8').matchAll(CITATION)].flatMap(([, version = '', list = '']) =>
        [...list.matchAll(/§[\d.]*\d/g)].map(([section]) => ({ name, section: `${version} ${section}` })),
      ),
    );

  it('has every section that the code and the documents cite', () => {
    expect(citations.length).toBeGreaterThan(40);
    expect(citations.filter(({ section }) => !sections.includes(section))).toEqual([]);
  });

  it('has no section that is not cited', () => {
    const cited = new Set(citations.map(({ section }) => section));
    expect(sections.filter((section = '') => !cited.has(section))).toEqual([]);
  });

  it('is the only page that citations name', () => {
    const stale = repositoryFiles().filter(
      (name) => /\.(ts|tsx|js|md)$/.test(name) && /\bv[123]\.md[\s*]+§/.test(readFileSync(name, 'utf8')),
    );
    expect(stale).toEqual([]);
  });
});
