import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { markdownPages, withoutCode } from './support.js';

const MAX_README_LINES = 200;

interface Link {
  page: string;
  /** The linked file, relative to the repository. */
  file: string;
  anchor: string | null;
}

describe('links between documents', () => {
  it('documents: every relative link leads to a file that exists', async () => {
    const links = await relativeLinks();
    expect(links.length).toBeGreaterThan(100);
    const broken = links.filter(({ file }) => !existsSync(file));
    expect(broken.map(({ page, file }) => `${page}: ${file}`)).toEqual([]);
  });

  it('documents: every link to a section leads to a heading that exists', async () => {
    const broken: string[] = [];
    for (const { page, file, anchor } of await relativeLinks()) {
      if (anchor === null || !file.endsWith('.md') || !existsSync(file)) continue;
      if (!(await anchorsOf(file)).has(anchor)) broken.push(`${page}: ${file}#${anchor}`);
    }
    expect(broken).toEqual([]);
  });

  it('documents: each page in docs is linked from another page', async () => {
    const linked = new Set((await relativeLinks()).filter(({ page, file }) => page !== file).map(({ file }) => file));
    expect(markdownPages('docs').filter((page) => !linked.has(page))).toEqual([]);
  });

  it('README.md: stays under 200 lines', async () => {
    expect((await readFile('README.md', 'utf8')).split('\n').length).toBeLessThan(MAX_README_LINES);
  });
});

async function relativeLinks(): Promise<Link[]> {
  return (await Promise.all(markdownPages().map(linksIn))).flat();
}

async function linksIn(page: string): Promise<Link[]> {
  const text = withoutCode(await readFile(page, 'utf8'));
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = '', anchor = null] = target.split('#');
      return { page, file: path === '' ? page : join(dirname(page), path), anchor };
    });
}

/** The anchors that GitHub gives to the headings of a page. */
async function anchorsOf(file: string): Promise<Set<string>> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(await readFile(file, 'utf8')).matchAll(/^#{1,6} (.+)$/gm)) {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim();
    const anchor = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    let unique = anchor;
    for (let n = 1; anchors.has(unique); n++) unique = `${anchor}-${n}`;
    anchors.add(unique);
  }
  return anchors;
}
