import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { PRIVATE_UMASK } from '../database/private-files.js';
import { parseVerifyOptions, USAGE } from './verify-options.js';
import { CannotVerifyError } from './read-only-database.js';
import { allHold, toJson, toText } from './report.js';
import { verify } from './verify.js';

/** `npm run verify`: 0 when all holds, 1 when something does not, 2 when it could not be checked. */
async function main(): Promise<number> {
  const wanted = parseVerifyOptions(process.argv.slice(2));
  if (wanted.isHelp) {
    process.stdout.write(USAGE);
    return 0;
  }
  process.umask(PRIVATE_UMASK);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const report = await verify(wanted, process.env);
  process.stdout.write(wanted.isJson ? toJson(report) : toText(report));
  return allHold(report) ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code; // rather than exit(): a long document may still be on its way down a pipe
  },
  (error: unknown) => {
    const text =
      error instanceof CannotVerifyError ? error.message : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`Could not check: ${text}\n`);
    process.exitCode = 2;
  },
);
