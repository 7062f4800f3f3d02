import { spawnSync } from 'node:child_process';

/** The part of the output of `npm run verify` that is read here. */
interface InvariantResult {
  name: string;
  offending: number;
  examples: string[];
}

interface VerifyRun {
  app: string;
  environment: Record<string, string>;
  directory: string;
  /** The time of the run. */
  now: Date;
}

const VERIFY_TIMEOUT_MS = 300_000;

/**
 * Runs `npm run verify` on the database of the run.
 * @returns one line per violated invariant
 */
export function runVerify({ app, environment, directory, now }: VerifyRun): string[] {
  const args = [`${app}/dist/server/verify.js`, '--json', `--now=${now.toISOString()}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    env: environment,
    encoding: 'utf8',
    timeout: VERIFY_TIMEOUT_MS,
    maxBuffer: 1 << 28,
  });
  if (status === 0) return [];
  if (status !== 1) return [`verify failed (${status}): ${stderr.trim()}`];

  const { invariants } = JSON.parse(stdout) as { invariants: InvariantResult[] };
  return invariants
    .filter(({ offending }) => offending > 0)
    .map(({ name, offending, examples }) => `verify: ${name} is violated, ${offending} times: ${examples.join(', ')}`);
}
