import createClient from 'openapi-fetch';
import type { components, paths } from '../../../tools/client/service-schema.d.ts';

export type Schemas = components['schemas'];
export type Problem = Schemas['ProblemDto'];
export type ProblemCode = Problem['code'];

/** An error response of the service, or no response (status 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly problem: Problem | null,
  ) {
    super(problem?.detail ?? 'The service did not respond');
  }

  get code(): ProblemCode | 'NO_RESPONSE' {
    return this.problem?.code ?? 'NO_RESPONSE';
  }
}

/** Language of error texts, as the user has chosen it. */
let language = 'zh-CN';
export function setAcceptLanguage(tag: string): void {
  language = tag;
}

/**
 * HTTP client, typed from the OpenAPI description. The service accepts the session cookie only together with this
 * header.
 */
export const api = createClient<paths>({
  headers: { 'x-console': '1' },
  // Read `language` at each call, because the user can change it.
  fetch: (request) => {
    request.headers.set('accept-language', language);
    return fetch(request);
  },
});

interface ApiResponse<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of a successful response. @throws ApiError for any other response, and with status 0 for none. */
export async function unwrap<Data>(call: Promise<ApiResponse<Data>>): Promise<Data> {
  const result = await call.catch(() => null);
  if (result === null) throw new ApiError(0, null);
  if (!result.response.ok) throw new ApiError(result.response.status, parseProblem(result.error));
  return result.data as Data; // undefined for 204, as the caller expects
}

/** Null for a body that is not a problem document, such as a proxy's own error page. */
function parseProblem(body: unknown): Problem | null {
  return typeof body === 'object' && body !== null && 'code' in body ? (body as Problem) : null;
}

/** The records of the admin API that several components of a page show. */
export type OrderRecord = Schemas['AdminOrderView'];
export type RefundRecord = Schemas['AdminRefundDetailView'];
export type StaffAccount = Schemas['StaffView'];
export type ApiKey = Schemas['OwnedApiKeyView'];
export type EventEndpoint = Schemas['AdminEventEndpointView'];
export type EventDelivery = Schemas['EventDeliveryView'];
export type Product = Schemas['AdminProductView'];
export type Coupon = Schemas['AdminCouponView'];
export type BillRecord = Schemas['BillDetailView'];
export type BillDifference = Schemas['BillDifferenceView'];
