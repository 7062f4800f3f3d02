import { randomBytes, randomUUID } from 'node:crypto';
import { AdminStore } from '../../../src/admin/admin-store.js';
import type { Role } from '../../../src/admin/admin.entity.js';
import { call, type CallOptions, type HttpReply } from '../../support/http.js';
import type { TestShop } from '../../support/test-shop.js';

/** Password of every staff account in the tests, including the bootstrap administrator `boss`. */
export const PASSWORD = 'correct horse battery';

export interface StaffLoginJson {
  token: string;
  expiresIn: number;
  admin: { id: string; username: string; role: Role };
}

/** A page of a list in the admin API. */
export interface PageJson<Row> {
  items: Row[];
  nextCursor: string | null;
  total?: number;
}

/** A member of staff who is logged in. */
export class TestStaff {
  constructor(
    private readonly shop: TestShop,
    readonly login: StaffLoginJson,
  ) {}

  get id(): string {
    return this.login.admin.id;
  }

  get username(): string {
    return this.login.admin.username;
  }

  /** Calls the admin API. `at` chooses the instance. A refund gets a new Idempotency-Key unless `key` is given. */
  call<T = Record<string, unknown>>(
    method: NonNullable<CallOptions['method']>,
    path: string,
    body?: unknown,
    at = 0,
    key: string | undefined = isRefundCall(method, path) ? randomUUID() : undefined,
  ): Promise<HttpReply<T>> {
    const url = this.shop.instances[at]?.url ?? this.shop.url;
    const headers = {
      authorization: `Bearer ${this.login.token}`,
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    return call<T>(`${url}/admin/api/${path}`, { method, headers, ...(body !== undefined && { body }) });
  }
}

function isRefundCall(method: string, path: string): boolean {
  return method === 'POST' && /^orders\/[^/]+\/refunds$/.test(path);
}

export function tryStaffLogin(shop: TestShop, username: unknown, password: unknown, at = 0): Promise<HttpReply> {
  const url = shop.instances[at]?.url ?? shop.url;
  return call(`${url}/admin/api/auth/login`, { method: 'POST', body: { username, password } });
}

/** Logs an existing account in. */
export async function logInStaff(shop: TestShop, username: string, password = PASSWORD): Promise<TestStaff> {
  const reply = await tryStaffLogin(shop, username, password);
  if (reply.status !== 200) throw new Error(`The login failed: ${JSON.stringify(reply.body)}`);
  return new TestStaff(shop, reply.body as StaffLoginJson);
}

/** Creates a staff account and logs it in. */
export async function createStaff(shop: TestShop, role: Role): Promise<TestStaff> {
  const username = `${role.toLowerCase()}-${randomBytes(4).toString('hex')}`;
  await shop.firstInstance.app.get(AdminStore).create(username, PASSWORD, role);
  return logInStaff(shop, username);
}
