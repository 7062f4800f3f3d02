import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findSecrets } from './secrets.js';

const VERIFY_LIMIT_MS = 300_000;

/**
 * `npm run verify` on the database of the run.
 * @param {{ app: string, environment: Record<string, string>, directory: string, say: (line: string) => void }} wanted
 * @returns {string[]} what it found
 */
export function verify({ app, environment, directory, say }) {
  const program = `${app}/dist/src/verify/main.js`;
  if (!existsSync(program)) {
    say('!! There is no dist/src/verify/main.js: the invariants were NOT checked.');
    return [];
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--json'], {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    timeout: VERIFY_LIMIT_MS,
    maxBuffer: 1 << 28,
  });
  if (status === 0) return [];
  return [`verify ended with ${status}: ${`${stdout}${stderr}`.trim().slice(0, 4000)}`];
}

/**
 * @param {string} folder with all logs and answers
 * @param {Record<string, string>} secrets
 */
export async function leaks(folder, secrets) {
  return (await findSecrets(folder, secrets)).map(({ file, name }) => `secret: ${file} has ${name}`);
}
