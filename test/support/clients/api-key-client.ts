import { randomUUID } from 'node:crypto';
import type { TestStaff } from '../../contract/support/test-staff.js';
import type { HttpMethod, HttpResponse } from '../../../tools/client/http.js';
import type { ServiceSchemas } from '../../../tools/client/service-client.js';
import type { TestShop } from '../test-shop.js';
import { callInstance } from './call-instance.js';

/** An API key in the admin API. `key` is present only when it was just created. */
export type ApiKeyJson = ServiceSchemas['OwnedApiKeyView'] & Pick<ServiceSchemas['NewApiKeyView'], 'key'>;

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
    method: HttpMethod,
    path: string,
    body?: unknown,
    options: ApiKeyCallOptions = {},
  ): Promise<HttpResponse<T>> {
    return callInstance(this.shop, this.key.key, method, `server/api/${path}`, { ...options, body });
  }

  createRefund<T = Record<string, unknown>>(
    { orderNo }: { orderNo: string },
    amountFen: number,
    options: ApiKeyCallOptions = {},
  ): Promise<HttpResponse<T>> {
    const withKey = { idempotencyKey: randomUUID(), ...options };
    return this.call<T>('POST', `orders/${orderNo}/refunds`, { amountFen, reason: '少发一件' }, withKey);
  }
}
