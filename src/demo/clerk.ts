import { existsSync, readFileSync } from 'node:fs';
import { insist, NotAsItShouldBe } from './checks.js';
import type { Refund } from './customer.js';
import { call, type Reply } from './http.js';

/** Where a service that made its first administrator by itself leaves the password for its owner. */
const FIRST_ADMIN_FILE = 'data/first-admin.json';

interface Credentials {
  username: string;
  password: string;
}

/** Somebody of the shop's staff, who decides about refunds. */
export class Clerk {
  constructor(private readonly shopUrl: string) {}

  async approves({ refundNo }: Refund): Promise<Refund> {
    const token = await this.login();
    const { status, body } = await call<Refund>(`${this.shopUrl}/admin/api/refunds/${refundNo}/approve`, {
      method: 'POST',
      body: {},
      headers: { authorization: `Bearer ${token}` },
    });
    insist(status === 200, `approve: expected 200, got ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Anew for each decision: hours pass quickly here, and a session with them. */
  private async login(): Promise<string> {
    const reply: Reply<{ token: string }> = await call(`${this.shopUrl}/admin/api/auth/login`, {
      method: 'POST',
      body: credentials(),
    });
    if (reply.status === 200) return reply.body.token;
    throw new NotAsItShouldBe(
      `The staff login is refused (${reply.status}). Say who decides about refunds here:\n\n` +
        '  DEMO_ADMIN_USERNAME=… DEMO_ADMIN_PASSWORD=… npm run demo',
    );
  }
}

function credentials(): Credentials {
  const { DEMO_ADMIN_USERNAME: username = 'admin', DEMO_ADMIN_PASSWORD: password } = process.env;
  if (password !== undefined) return { username, password };
  const { ADMIN_BOOTSTRAP_USERNAME: first = 'admin', ADMIN_BOOTSTRAP_PASSWORD: known } = process.env;
  if (known !== undefined) return { username: first, password: known };
  if (existsSync(FIRST_ADMIN_FILE)) return JSON.parse(readFileSync(FIRST_ADMIN_FILE, 'utf8')) as Credentials;
  return { username, password: '' };
}
