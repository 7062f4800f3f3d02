import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * The folder of a run: a copy of the build, because the project may be rebuilt during the run; the working directory of the
 * processes; and the folder of all logs and answers, which must not contain a secret.
 */
export function createRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'wx-checkout-chaos-'));
  const app = join(folder, 'app');
  const logFolder = join(folder, 'kept');
  const work = join(folder, 'work');
  for (const path of [app, logFolder, work]) mkdirSync(path);
  cpSync(join(ROOT, 'dist'), join(app, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(app, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
  return { folder, app, logFolder, work };
}

/** Node's flags of `npm run start:prod`. @returns {string[]} */
export function serviceFlags() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const command = /^node (.*) ?dist\/src\/main\.js$/.exec(scripts['start:prod']);
  if (!command) throw new Error('The script start:prod does not start dist/src/main.js. Adapt serviceFlags.');
  return (command[1] ?? '').split(' ').filter((flag) => flag !== '');
}

/** Random credentials of merchant and staff, new for each run, so that a found one was leaked by this run. */
export function generateSecrets() {
  return {
    apiKey: randomBytes(16).toString('hex'),
    appSecret: randomBytes(16).toString('hex'),
    admin: randomBytes(12).toString('hex'),
    staff: [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')],
    database: randomBytes(12).toString('hex'),
  };
}
