import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const IGNORED_FOLDERS = new Set(['node_modules', 'dist']);

/** Paths are relative to the root. `ignore` is tested on the path of each file. */
export interface StepInputs {
  folders: string[];
  files?: string[];
  ignore?: RegExp;
}

/** A hash of the names and contents of these files. It changes when any of them changes. */
export function fingerprint(root: string, { folders, files = [], ignore = /$^/ }: StepInputs): string {
  const hash = createHash('sha256');
  const paths = [
    ...folders.flatMap((folder) => [...listFiles(join(root, folder))]),
    ...files.map((file) => join(root, file)),
  ];
  for (const path of paths) {
    const name = relative(root, path);
    if (!ignore.test(name)) hash.update(`${name}\n`).update(readFileSync(path)).update('\n');
  }
  return hash.digest('hex');
}

/** Runs `work` unless it has already completed for the same fingerprint. */
export async function runIfChanged(stampFile: string, mark: string, work: () => Promise<void>): Promise<void> {
  if (readOrNull(stampFile) === mark) return;
  await work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, mark);
}

/** All files below `folder`, in a fixed order. */
function* listFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name)) yield* listFiles(path);
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
