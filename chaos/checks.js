import { spawnSync } from 'node:child_process';
import { findSecrets } from './find-secrets.js';

const VERIFY_TIMEOUT_MS = 300_000;

/**
 * Runs `npm run verify` on the database of the run.
 * @param {{ app: string, environment: Record<string, string>, directory: string }} input
 * @returns {string[]} one line per violated invariant
 */
export function runVerify({ app, environment, directory }) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${app}/dist/src/verify/main.js`, '--json'], {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    timeout: VERIFY_TIMEOUT_MS,
    maxBuffer: 1 << 28,
  });
  if (status === 0) return [];
  if (status !== 1) return [`verify failed (${status}): ${stderr.trim()}`];
  /** @type {{ name: string, offending: number, examples: string[] }[]} */
  const invariants = JSON.parse(stdout).invariants;
  return invariants
    .filter(({ offending }) => offending > 0)
    .map(({ name, offending, examples }) => `verify: ${name} is violated, ${offending} times: ${examples.join(', ')}`);
}

/**
 * @param {string} folder the folder with all logs and answers
 * @param {Record<string, string>} secrets
 */
export async function findLeaks(folder, secrets) {
  return (await findSecrets(folder, secrets)).map(({ file, name }) => `secret: ${file} contains ${name}`);
}
