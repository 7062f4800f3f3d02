import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const LEFT_OUT = new Set(['node_modules', 'dist']);

/** Every file below `folder`, in a fixed order. */
function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) yield* filesIn(path);
  }
}

/** One word for the names and contents of all these files: another word means that something has changed. */
export function fingerprint(root, { folders, files = [], ignore = /$^/ }) {
  const hash = createHash('sha256');
  const paths = [
    ...folders.flatMap((folder) => [...filesIn(join(root, folder))]),
    ...files.map((file) => join(root, file)),
  ];
  for (const path of paths) {
    const name = relative(root, path);
    if (!ignore.test(name)) hash.update(`${name}\n`).update(readFileSync(path)).update('\n');
  }
  return hash.digest('hex');
}

/** Does the work unless it was done, to its end, for the same fingerprint. */
export async function unlessDone(stampFile, mark, work) {
  if (read(stampFile) === mark) return;
  await work();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, mark);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
