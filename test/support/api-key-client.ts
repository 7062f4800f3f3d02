import { randomUUID } from 'node:crypto';
import type { TestStaff } from '../contract/support/test-staff.js';
import { call, type CallOptions, type HttpReply } from './http.js';
import type { TestShop } from './test-shop.js';

/** A key as administrators get it; `key` when it is new. */
export interface ApiKeyJson {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  status: string;
  maxRefundFenPerDay: number;
  createdBy: string;
  createdById: string | null;
  responsibleId: string | null;
  responsible: { id: string; username: string } | null;
  isOrphaned: boolean;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
  key: string;
}

interface ApiKeyCallOptions {
  /** The `Idempotency-Key`. */
  idempotencyKey?: string;
  /** Chooses the instance. */
  at?: number;
}

/** What somebody orders of a key. */
export interface ApiKeyInput {
  name?: string;
  scopes?: string[];
  maxRefundFenPerDay?: number;
  expiresAt?: string;
}

/** One of the shop's own programs, with a key in hand. */
export class ApiKeyClient {
  constructor(
    private readonly shop: TestShop,
    readonly key: ApiKeyJson,
  ) {}

  /** Has an administrator make a key for it. */
  static async create(shop: TestShop, boss: TestStaff, wish: ApiKeyInput = {}): Promise<ApiKeyClient> {
    const body = { name: 'ERP', scopes: ['orders:read', 'refunds:write'], ...wish };
    const reply = await boss.call<ApiKeyJson>('POST', 'api-keys', body);
    if (reply.status !== 201) throw new Error(`The key was not made: ${JSON.stringify(reply.body)}`);
    return new ApiKeyClient(shop, reply.body);
  }

  call<T = Record<string, unknown>>(
    method: NonNullable<CallOptions['method']>,
    path: string,
    body?: unknown,
    { idempotencyKey: key, at = 0 }: ApiKeyCallOptions = {},
  ): Promise<HttpReply<T>> {
    const url = this.shop.instances[at]?.url ?? this.shop.url;
    return call<T>(`${url}/server/api/${path}`, {
      ...{ method, ...(body !== undefined && { body }) },
      headers: { authorization: `Bearer ${this.key.key}`, ...(key !== undefined && { 'idempotency-key': key }) },
    });
  }

  createRefund<T = Record<string, unknown>>(
    { orderNo }: { orderNo: string },
    amountFen: number,
    ask: ApiKeyCallOptions = {},
  ): Promise<HttpReply<T>> {
    const withKey = { key: randomUUID(), ...ask };
    return this.call<T>('POST', `orders/${orderNo}/refunds`, { amountFen, reason: '少发一件' }, withKey);
  }
}
