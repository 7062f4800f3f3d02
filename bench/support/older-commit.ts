import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import { ROOT } from './settings.ts';

const run = promisify(execFile);

/** Before the work on speed. Its packages have the versions of today. */
const COMMIT = '97ff270';
/** The Node flags of its `start:prod`. */
export const OLDER_FLAGS = ['--optimize-for-size', '--max-semi-space-size=8'];
const FOLDER = `${ROOT}dist/older/${COMMIT}`;

/**
 * The service as it was at an older commit, compiled at the first call, so that both can be measured in the same run.
 * @returns its root folder, or null when the history does not contain that commit, as in a shallow clone
 */
export async function olderCommit(): Promise<string | null> {
  if (existsSync(FOLDER)) return FOLDER;
  try {
    await run('git', ['cat-file', '-e', `${COMMIT}^{commit}`], { cwd: ROOT });
  } catch {
    return null;
  }
  process.stdout.write(`Compiling commit ${COMMIT} …\n`);
  const unfinished = `${FOLDER}-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await run(
      'sh',
      [
        '-c',
        'git archive "$0" package.json tsconfig.json tsconfig.build.json ormconfig.ts src | tar -x -C "$1"',
        COMMIT,
        unfinished,
      ],
      {
        cwd: ROOT,
      },
    );
    await symlink(`${ROOT}node_modules`, `${unfinished}/node_modules`);
    await run(`${ROOT}node_modules/.bin/tsc`, ['-p', 'tsconfig.build.json'], { cwd: unfinished });
    await rename(unfinished, FOLDER);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return FOLDER;
}
