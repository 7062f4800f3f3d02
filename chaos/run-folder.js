import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/**
 * The folder of a run: a copy of the build, which somebody may build anew meanwhile; what the processes run in; and `kept`,
 * which gets every log and every answer and must not hold a secret.
 */
export function createRunFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'wx-checkout-chaos-'));
  const app = join(folder, 'app');
  const kept = join(folder, 'kept');
  const work = join(folder, 'work');
  for (const path of [app, kept, work]) mkdirSync(path);
  cpSync(join(ROOT, 'dist'), join(app, 'dist'), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(app, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
  return { folder, app, kept, work };
}

/** The service is started with Node's flags of `npm run start:prod`. @returns {string[]} */
export function serviceFlags() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const command = /^node (.*) ?dist\/src\/main\.js$/.exec(scripts['start:prod']);
  if (!command) throw new Error('start:prod no longer starts dist/src/main.js.');
  return (command[1] ?? '').split(' ').filter((flag) => flag !== '');
}

/** An invented merchant with invented staff, new for each run, so that whatever is found of them was leaked by this run. */
export function generateSecrets() {
  return {
    apiKey: randomBytes(16).toString('hex'),
    appSecret: randomBytes(16).toString('hex'),
    boss: randomBytes(12).toString('hex'),
    clerks: [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')],
    database: randomBytes(12).toString('hex'),
  };
}
