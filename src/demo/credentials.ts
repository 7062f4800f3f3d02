import { existsSync, readFileSync } from 'node:fs';

export interface Credentials {
  username: string;
  password: string;
}

/** What may open the staff's door, in the order to try: what the demo is told, what the service was told, what it left. */
export function findCredentials(): Credentials[] {
  const first = environmentValue('ADMIN_BOOTSTRAP_USERNAME') ?? 'admin';
  const told = [
    { username: environmentValue('DEMO_ADMIN_USERNAME') ?? first, password: environmentValue('DEMO_ADMIN_PASSWORD') },
    { username: first, password: environmentValue('ADMIN_BOOTSTRAP_PASSWORD') },
  ];
  const left = readBootstrapCredentials();
  return [...told, ...(left ? [left] : [])].filter((each): each is Credentials => each.password !== undefined);
}

/** Beside its embedded database, by the same variable with which it was started. */
function readBootstrapCredentials(): Credentials | null {
  const url = environmentValue('DATABASE_URL') ?? 'sqlite:./data/dev.sqlite';
  const file = `${url.replace(/^sqlite:/, '')}.first-admin.json`;
  if (!url.startsWith('sqlite:') || !existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
}

/** An empty variable counts as absent, as for the service. */
function environmentValue(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
