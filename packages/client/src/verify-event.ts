import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** An event as it is sent. `data` is the resource as the server API returns it; keep the one with the highest `version`. */
export interface CheckoutEvent<Data = Record<string, unknown>> {
  /** The same for every delivery of the event. */
  id: string;
  /** Such as `order.paid`. Ignore types that you do not know. */
  type: string;
  /** RFC 3339, in UTC. */
  timestamp: string;
  data: Data & { object: string };
}

/** The fields of `data` of the event `bill.reconciled` that a shop backend needs: a Beijing day. Amounts in fen. */
export interface ReconciledBill {
  /** `yyyy-MM-dd` */
  date: string;
  version: number;
  status: 'BALANCED' | 'DIFFERENCES' | 'INCOMPLETE';
  payments: { count: number; fen: number };
  refunds: { count: number; fen: number };
  /** Fees of the payments minus the fees that WeChat gave back with refunds. */
  feesFen: number;
  openDifferences: number;
}

/** The event is not from this service, was changed, or is too old. Answer 400 and do nothing. */
export class EventSignatureError extends Error {
  override readonly name = 'EventSignatureError';
}

/**
 * Verifies the signature of a delivery (Standard Webhooks 1.0) and returns the event. A delivery may arrive several times, and
 * after a later one.
 * @param body the raw bytes or text of the request body, before any parsing.
 * @param headers the request's headers, with lower-case names as `node:http` has them.
 * @param secret the endpoint's secret, `whsec_…`.
 * @throws EventSignatureError also when the delivery is more than five minutes old or its headers are missing.
 */
export function verifyEvent<Data = Record<string, unknown>>(
  body: Uint8Array | string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  secret: string,
): CheckoutEvent<Data> {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const known = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name): [string, string] => [
    name,
    [headers[name] ?? ''].flat().join(','),
  ]);
  try {
    return new Webhook(secret).verify(text, Object.fromEntries(known)) as CheckoutEvent<Data>;
  } catch (error) {
    if (error instanceof WebhookVerificationError) throw new EventSignatureError(error.message, { cause: error });
    throw error;
  }
}
