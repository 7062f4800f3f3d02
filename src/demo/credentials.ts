import { existsSync, readFileSync } from 'node:fs';

export interface Credentials {
  username: string;
  password: string;
}

/** Staff credentials to try, in order: set for the demo, set for the service, written by the service. */
export function findCredentials(): Credentials[] {
  const first = environmentValue('ADMIN_BOOTSTRAP_USERNAME') ?? 'admin';
  const configured = [
    { username: environmentValue('DEMO_ADMIN_USERNAME') ?? first, password: environmentValue('DEMO_ADMIN_PASSWORD') },
    { username: first, password: environmentValue('ADMIN_BOOTSTRAP_PASSWORD') },
  ];
  const written = readBootstrapCredentials();
  return [...configured, ...(written ? [written] : [])].filter(
    (each): each is Credentials => each.password !== undefined,
  );
}

/** The file that the service writes beside its SQLite database. */
function readBootstrapCredentials(): Credentials | null {
  const url = environmentValue('DATABASE_URL') ?? 'sqlite:./data/dev.sqlite';
  const file = `${url.replace(/^sqlite:/, '')}.first-admin.json`;
  if (!url.startsWith('sqlite:') || !existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
}

/** An empty variable counts as absent, as in the service. */
function environmentValue(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
