import { sendRequest, type HttpMethod, type HttpResponse } from '../../../tools/client/http.js';
import { Session } from '../../../tools/client/service-client.js';

interface InstanceCall {
  body?: unknown;
  /** Chooses the instance. Default: the first. */
  at?: number | undefined;
  idempotencyKey?: string | undefined;
  headers?: Record<string, string>;
}

/**
 * Calls one instance of a shop with a token, as the typed client does, but with any path and body: tests also send what the
 * API does not document. The response has the type that the test expects.
 */
export async function callInstance<T>(
  shop: { readonly url: string; readonly instances: readonly { readonly url: string }[] },
  token: string,
  method: HttpMethod,
  path: string,
  { body, at = 0, idempotencyKey, headers = {} }: InstanceCall = {},
): Promise<HttpResponse<T>> {
  const response = await new Session(null, token).authorize(sendRequest)(
    `${shop.instances[at]?.url ?? shop.url}/${path}`,
    {
      method,
      ...(body !== undefined && { body }),
      headers: { ...headers, ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }) },
    },
  );
  return response as HttpResponse<T>;
}
