import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '../common/domain-error.js';
import { parseDatabaseUrl } from '../config/database-url.js';
import { Settings } from '../config/settings.js';
import { AdminStore } from './admin-store.js';

/** The administrator made at this start. `password` is null when the operator has set it and so knows it. */
export interface BootstrapAdmin {
  username: string;
  password: string | null;
}

/**
 * Makes the first administrator when there is none: as the environment says, or, outside production, with a random
 * password that is shown once. In production without one set, nobody is made: a guessable door is worse than none.
 */
@Injectable()
export class AdminBootstrapService implements OnApplicationBootstrap {
  createdAdmin: BootstrapAdmin | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly admins: AdminStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { NODE_ENV, ADMIN_BOOTSTRAP_USERNAME: username = 'admin', ADMIN_BOOTSTRAP_PASSWORD: given } = this.settings;
    const password = given ?? (NODE_ENV === 'production' ? null : randomBytes(12).toString('base64url'));
    if (password === null || !(await this.admins.isEmpty())) return;
    try {
      await this.admins.create(username, password, 'ADMIN');
      this.createdAdmin = { username, password: given === undefined ? password : null };
    } catch (error) {
      // Another instance, started at the same moment, was faster.
      if (!(error instanceof DomainError && error.code === 'USERNAME_TAKEN')) throw error;
    }
  }
}

/**
 * Leaves the one-time password beside the embedded database, for its owner alone to read, so that `npm run demo` can log in
 * without being told. Whoever may read that folder may read the database anyway. Only on a developer's machine and only a
 * password that nobody chose. The caller makes sure that the money is invented.
 * @returns the file, or null when there is none: the demo must be told then, and the start goes on.
 */
export async function writeDemoCredentials(
  { NODE_ENV, DATABASE_URL }: Settings,
  admin: BootstrapAdmin,
): Promise<string | null> {
  const database = parseDatabaseUrl(DATABASE_URL);
  if (NODE_ENV !== 'development' || admin.password === null) return null;
  if (database?.dialect !== 'sqlite' || database.path === ':memory:') return null;
  const file = `${database.path}.first-admin.json`;
  try {
    await rm(file, { force: true }); // of a database that was deleted
    await writeFile(file, `${JSON.stringify(admin)}\n`, { mode: 0o600, flag: 'wx' });
    return file;
  } catch {
    return null;
  }
}
