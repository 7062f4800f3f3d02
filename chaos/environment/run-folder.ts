import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SIMULATOR = 'packages/wechat-pay-simulator';

/** The folders of one run. */
export interface RunFolder {
  folder: string;
  app: string;
  logFolder: string;
  work: string;
}

/**
 * The folder of a run: a copy of the build, because the project may be rebuilt during the run; the working directory of
 * the processes; and the folder of all logs and responses, which must not contain a secret.
 */
export function createRunFolder(): RunFolder {
  const folder = mkdtempSync(join(tmpdir(), 'wx-checkout-chaos-'));
  const app = join(folder, 'app');
  const logFolder = join(folder, 'kept');
  const work = join(folder, 'work');
  for (const path of [app, logFolder, work]) mkdirSync(path);
  for (const path of ['dist', 'package.json', `${SIMULATOR}/dist`, `${SIMULATOR}/package.json`]) {
    cpSync(join(ROOT, path), join(app, path), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(app, 'node_modules'));
  return { folder, app, logFolder, work };
}

/** Credentials of one run. */
export interface GeneratedSecrets {
  apiKey: string;
  apiV3Key: string;
  appSecret: string;
  admin: string;
  staff: string[];
  database: string;
}

/** Random credentials of merchant and staff, new for each run, so that a found one was leaked by this run. */
export function generateSecrets(): GeneratedSecrets {
  return {
    apiKey: randomBytes(16).toString('hex'),
    apiV3Key: randomBytes(16).toString('hex'),
    appSecret: randomBytes(16).toString('hex'),
    admin: randomBytes(12).toString('hex'),
    staff: [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')],
    database: randomBytes(12).toString('hex'),
  };
}
