import { existsSync, readFileSync } from 'node:fs';

export interface Credentials {
  username: string;
  password: string;
}

/** What may open the staff's door, in the order to try: what the demo is told, what the service was told, what it left. */
export function credentials(): Credentials[] {
  const first = given('ADMIN_BOOTSTRAP_USERNAME') ?? 'admin';
  const told = [
    { username: given('DEMO_ADMIN_USERNAME') ?? first, password: given('DEMO_ADMIN_PASSWORD') },
    { username: first, password: given('ADMIN_BOOTSTRAP_PASSWORD') },
  ];
  const left = leftByTheService();
  return [...told, ...(left ? [left] : [])].filter((each): each is Credentials => each.password !== undefined);
}

/** Beside its embedded database, by the same variable with which it was started. */
function leftByTheService(): Credentials | null {
  const url = given('DATABASE_URL') ?? 'sqlite:./data/dev.sqlite';
  const file = `${url.replace(/^sqlite:/, '')}.first-admin.json`;
  if (!url.startsWith('sqlite:') || !existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
}

/** An empty variable counts as absent, as for the service. */
function given(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
