import { randomUUID } from 'node:crypto';
import type { TestStaff } from '../contract/support/test-staff.js';
import { call, type CallOptions, type HttpReply } from './http.js';
import type { TestShop } from './test-shop.js';

/** An API key in the admin API. `key` is present only when it was just created. */
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
  /** Value of the `Idempotency-Key` header. */
  idempotencyKey?: string;
  /** Chooses the instance. */
  at?: number;
}

/** Input for a new API key. */
export interface ApiKeyInput {
  name?: string;
  scopes?: string[];
  maxRefundFenPerDay?: number;
  expiresAt?: string;
}

/** A program of the merchant that uses the server API with an API key. */
export class ApiKeyClient {
  constructor(
    private readonly shop: TestShop,
    readonly key: ApiKeyJson,
  ) {}

  /** Creates an API key as an administrator. */
  static async create(shop: TestShop, boss: TestStaff, input: ApiKeyInput = {}): Promise<ApiKeyClient> {
    const body = { name: 'ERP', scopes: ['orders:read', 'refunds:write'], ...input };
    const reply = await boss.call<ApiKeyJson>('POST', 'api-keys', body);
    if (reply.status !== 201) throw new Error(`The API key was not created: ${JSON.stringify(reply.body)}`);
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
    options: ApiKeyCallOptions = {},
  ): Promise<HttpReply<T>> {
    const withKey = { idempotencyKey: randomUUID(), ...options };
    return this.call<T>('POST', `orders/${orderNo}/refunds`, { amountFen, reason: '少发一件' }, withKey);
  }
}
