import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NewAdmin } from './admin/first-admin.js';

/** Where `npm run demo` looks for somebody who may decide about refunds. */
export const FIRST_ADMIN_FILE = 'data/first-admin.json';

/**
 * Leaves the one-time password of a shop that plays with invented money where its owner alone can read it, so that the
 * demo needs no copying. Never called in production, nor for a password that somebody chose.
 */
export function leaveForTheDemo({ username, password }: NewAdmin): void {
  mkdirSync(dirname(FIRST_ADMIN_FILE), { recursive: true });
  writeFileSync(FIRST_ADMIN_FILE, `${JSON.stringify({ username, password })}\n`, { mode: 0o600 });
  chmodSync(FIRST_ADMIN_FILE, 0o600); // an older file keeps its own mode
}
