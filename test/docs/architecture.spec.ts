import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { repositoryFiles } from './repository-files.js';
import { stripBackticks, tableRows } from './support.js';

const PAGE = 'docs/architecture.md';
const HEADING = '## Modules and dependencies';

/** The rows of the table of layers, and of the table of modules outside them. */
async function moduleTables(): Promise<{ layers: string[][]; others: string[][] }> {
  const rows = await tableRows(PAGE, HEADING);
  const second = rows.findIndex(([name]) => name === 'module');
  return { layers: rows.slice(0, second), others: rows.slice(second + 1) };
}

/** The words in backticks of a cell. */
const namesIn = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** The list of layers and the separated modules in eslint.config.js: both have only names and strings in them. */
async function importRules(): Promise<{ layers: unknown; separated: unknown }> {
  const config = await readFile('eslint.config.js', 'utf8');
  const [, layers = ''] = /const LAYERS = (\[[^\]]*\]);/.exec(config) ?? [];
  const [, separated = ''] = /const [A-Z_]+ = (\{\n[^}]*\});/.exec(config) ?? [];
  const read = (text: string): unknown =>
    JSON.parse(
      text
        .replaceAll(/(?<![\w'-])(\w+):/g, '"$1":')
        .replaceAll("'", '"')
        .replaceAll(/,(\s*[\]}])/g, '$1'),
    );
  return { layers: read(layers), separated: read(separated) };
}

describe('docs/architecture.md: modules', () => {
  it('lists the layers in the order of the import rule of ESLint', async () => {
    const { layers } = await moduleTables();
    expect(layers.map(([name]) => stripBackticks(name))).toEqual((await importRules()).layers);
  });

  it('lists the same separated modules as the import rule of ESLint', async () => {
    const { layers } = await moduleTables();
    const separated = layers
      .map(([name, , , notImported]) => [stripBackticks(name), namesIn(notImported)] as const)
      .filter(([, names]) => names.length > 0);
    expect(Object.fromEntries(separated)).toEqual((await importRules()).separated);
  });

  it('lists every folder of src and no other', async () => {
    const { layers, others } = await moduleTables();
    const folders = (await readdir('src', { withFileTypes: true })).filter((entry) => entry.isDirectory());
    const written = [...layers, ...others].map(([name]) => stripBackticks(name));
    expect(written.sort()).toEqual(folders.map(({ name }) => name).sort());
  });

  it('lists every table of the entities at the module that owns it', async () => {
    const { layers } = await moduleTables();
    const written = layers.flatMap(([name, tables]) =>
      namesIn(tables).map((table) => `${stripBackticks(name)} ${table}`),
    );
    const sources = repositoryFiles('src').filter((name) => name.endsWith('.entity.ts'));
    const known = sources.flatMap((name) => {
      const [, module = ''] = /^src\/([\w-]+)\//.exec(name) ?? [];
      return [...readFileSync(name, 'utf8').matchAll(/@Entity\('(\w+)'/g)].map(
        ([, table = '']) => `${module} ${table}`,
      );
    });
    expect(written.sort()).toEqual(known.sort());
  });

  it('lists every scheduled job with its name', async () => {
    const rows = await tableRows(PAGE, '## Scheduled jobs');
    const jobs = repositoryFiles('src')
      .filter((name) => name.endsWith('.job.ts'))
      .map((name) => /readonly task = '([a-z-]+)'/.exec(readFileSync(name, 'utf8'))?.[1]);
    expect(jobs.length).toBeGreaterThan(3);
    expect(rows.map(([name]) => stripBackticks(name)).sort()).toEqual(jobs.sort());
  });
});
