import { randomBytes, randomUUID } from 'node:crypto';
import { StaffAccountStore } from '../../../src/admin/accounts/staff-account-store.js';
import type { Role } from '../../../src/admin/accounts/staff-account.entity.js';
import { sendRequest, type HttpMethod, type HttpResponse } from '../../../tools/client/http.js';
import type { ServiceSchemas } from '../../../tools/client/service-client.js';
import { callInstance } from '../../support/clients/call-instance.js';
import type { TestShop } from '../../support/test-shop.js';

/** Password of every staff account in the tests, including the bootstrap administrator `boss`. */
export const PASSWORD = 'correct horse battery';

export type StaffLoginJson = ServiceSchemas['StaffLoginResponse'];

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

  /** Calls the admin API. `at` chooses the instance. A refund gets a new Idempotency-Key unless one is given. */
  call<T = Record<string, unknown>>(
    method: HttpMethod,
    path: string,
    body?: unknown,
    at = 0,
    idempotencyKey: string | undefined = isRefundCall(method, path) ? randomUUID() : undefined,
  ): Promise<HttpResponse<T>> {
    return callInstance(this.shop, this.login.token, method, `admin/api/${path}`, { body, at, idempotencyKey });
  }
}

function isRefundCall(method: string, path: string): boolean {
  return method === 'POST' && /^orders\/[^/]+\/refunds$/.test(path);
}

export function tryStaffLogin(shop: TestShop, username: unknown, password: unknown, at = 0): Promise<HttpResponse> {
  const url = shop.instances[at]?.url ?? shop.url;
  return sendRequest(`${url}/admin/api/auth/login`, { method: 'POST', body: { username, password } });
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
  await shop.firstInstance.app.get(StaffAccountStore).create(username, PASSWORD, role);
  return logInStaff(shop, username);
}
