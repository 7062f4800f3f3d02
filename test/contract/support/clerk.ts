import { randomBytes, randomUUID } from 'node:crypto';
import { Admins } from '../../../src/admin/admins.js';
import type { Role } from '../../../src/admin/admin.entity.js';
import { call, type Call, type Reply } from '../../support/http.js';
import type { Shop } from '../../support/shop.js';

/** Of every member of staff in the tests, also of the administrator `boss` whom the shop begins with. */
export const PASSWORD = 'correct horse battery';

export interface LoginJson {
  token: string;
  expiresIn: number;
  admin: { id: string; username: string; role: Role };
}

/** A list as staff get it. */
export interface PageJson<Row> {
  items: Row[];
  nextCursor: string | null;
  total?: number;
}

/** Somebody of the merchant's staff, logged in. */
export class Clerk {
  constructor(
    private readonly shop: Shop,
    readonly login: LoginJson,
  ) {}

  get id(): string {
    return this.login.admin.id;
  }

  get username(): string {
    return this.login.admin.username;
  }

  /** `at` chooses the instance. A refund has a key of its own unless one is given. */
  asks<T = Record<string, unknown>>(
    method: NonNullable<Call['method']>,
    path: string,
    body?: unknown,
    at = 0,
    key: string | undefined = isRefund(method, path) ? randomUUID() : undefined,
  ): Promise<Reply<T>> {
    const url = this.shop.instances[at]?.url ?? this.shop.url;
    const headers = {
      authorization: `Bearer ${this.login.token}`,
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    return call<T>(`${url}/admin/api/${path}`, { method, headers, ...(body !== undefined && { body }) });
  }
}

function isRefund(method: string, path: string): boolean {
  return method === 'POST' && /^orders\/[^/]+\/refunds$/.test(path);
}

export function logsIn(shop: Shop, username: unknown, password: unknown, at = 0): Promise<Reply> {
  const url = shop.instances[at]?.url ?? shop.url;
  return call(`${url}/admin/api/auth/login`, { method: 'POST', body: { username, password } });
}

/** Another session of somebody who is there already. */
export async function session(shop: Shop, username: string, password = PASSWORD): Promise<Clerk> {
  const reply = await logsIn(shop, username, password);
  if (reply.status !== 200) throw new Error(`The login failed: ${JSON.stringify(reply.body)}`);
  return new Clerk(shop, reply.body as LoginJson);
}

/** A new member of staff. */
export async function clerk(shop: Shop, role: Role): Promise<Clerk> {
  const username = `${role.toLowerCase()}-${randomBytes(4).toString('hex')}`;
  await shop.first.app.get(Admins).add(username, PASSWORD, role);
  return session(shop, username);
}
