import { readdirSync } from 'node:fs';
import { join, sep } from 'node:path';

const GENERATED = new Set(['node_modules', 'dist', 'data', 'coverage', 'screenshots', '.git', '.cache']);

/** The paths of all files of the repository under a folder, with `/`. Needs no git: a copy of the sources has none. */
export function repositoryFiles(folder = '.'): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (GENERATED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? repositoryFiles(path) : [path.replaceAll(sep, '/')];
  });
}
