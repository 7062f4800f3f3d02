import { randomUUID } from 'node:crypto';
import type { Clerk } from '../contract/support/clerk.js';
import { call, type Call, type Reply } from './http.js';
import type { Shop } from './shop.js';

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

interface Ask {
  /** The `Idempotency-Key`. */
  key?: string;
  /** Chooses the instance. */
  at?: number;
}

/** What somebody orders of a key. */
export interface KeyWish {
  name?: string;
  scopes?: string[];
  maxRefundFenPerDay?: number;
  expiresAt?: string;
}

/** One of the shop's own programs, with a key in hand. */
export class Program {
  constructor(
    private readonly shop: Shop,
    readonly key: ApiKeyJson,
  ) {}

  /** Has an administrator make a key for it. */
  static async isMade(shop: Shop, boss: Clerk, wish: KeyWish = {}): Promise<Program> {
    const body = { name: 'ERP', scopes: ['orders:read', 'refunds:write'], ...wish };
    const reply = await boss.asks<ApiKeyJson>('POST', 'api-keys', body);
    if (reply.status !== 201) throw new Error(`The key was not made: ${JSON.stringify(reply.body)}`);
    return new Program(shop, reply.body);
  }

  asks<T = Record<string, unknown>>(
    method: NonNullable<Call['method']>,
    path: string,
    body?: unknown,
    { key, at = 0 }: Ask = {},
  ): Promise<Reply<T>> {
    const url = this.shop.instances[at]?.url ?? this.shop.url;
    return call<T>(`${url}/server/api/${path}`, {
      ...{ method, ...(body !== undefined && { body }) },
      headers: { authorization: `Bearer ${this.key.key}`, ...(key !== undefined && { 'idempotency-key': key }) },
    });
  }

  refunds<T = Record<string, unknown>>(
    { orderNo }: { orderNo: string },
    amountFen: number,
    ask: Ask = {},
  ): Promise<Reply<T>> {
    const withKey = { key: randomUUID(), ...ask };
    return this.asks<T>('POST', `orders/${orderNo}/refunds`, { amountFen, reason: '少发一件' }, withKey);
  }
}
