import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '../../common/problem/domain-error.js';
import { parseDatabaseUrl } from '../../config/database-url.js';
import { Settings } from '../../config/settings.js';
import { StaffAccountStore } from './staff-account-store.js';

/** The administrator created at this start. `password` is null when it comes from ADMIN_BOOTSTRAP_PASSWORD. */
export interface BootstrapAdmin {
  username: string;
  password: string | null;
}

/**
 * Creates the first administrator when there is none, with the password from the environment. Outside production a
 * random password is generated and shown once. In production without a configured password no account is created.
 */
@Injectable()
export class AdminBootstrapService implements OnApplicationBootstrap {
  createdAdmin: BootstrapAdmin | null = null;

  constructor(
    private readonly settings: Settings,
    private readonly accounts: StaffAccountStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { NODE_ENV, staff } = this.settings;
    const { ADMIN_BOOTSTRAP_USERNAME: username = 'admin', ADMIN_BOOTSTRAP_PASSWORD: configuredPassword } = staff;
    const password = configuredPassword ?? (NODE_ENV === 'production' ? null : randomBytes(12).toString('base64url'));
    if (password === null || !(await this.accounts.isEmpty())) return;
    try {
      await this.accounts.create(username, password, 'ADMIN');
      this.createdAdmin = { username, password: configuredPassword === undefined ? password : null };
    } catch (error) {
      // Another instance that started at the same time has created the account.
      if (!(error instanceof DomainError && error.code === 'USERNAME_TAKEN')) throw error;
    }
  }
}

/**
 * Writes the generated password to a file beside the SQLite database, readable by its owner only, so that
 * `npm run demo` can log in. Anyone who can read that folder can also read the database. Only in development and only
 * for a generated password. The caller must ensure that the simulator is in use.
 * @returns the file, or null when none was written: the start continues, and the demo needs DEMO_ADMIN_PASSWORD.
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
    await rm(file, { force: true }); // it belongs to a deleted database
    await writeFile(file, `${JSON.stringify(admin)}\n`, { mode: 0o600, flag: 'wx' });
    return file;
  } catch {
    return null;
  }
}
