import { yuan } from '../words.ts';

interface Told {
  code?: string;
  token?: string;
  phone?: string | null;
  status?: string;
  refundStatus?: string;
  payableFen?: number;
  amountFen?: number;
  refundNo?: string;
  items?: unknown[];
  requestPayment?: { package?: string };
}

export const isComplaint = (status: number): boolean => status >= 400;

/** An answer of the service in a few words. */
export function summaryOf(status: number, body: unknown): string {
  const told = (typeof body === 'object' && body !== null ? body : {}) as Told;
  if (told.code !== undefined) return `${status} ${told.code}`;
  if (told.token !== undefined) return `${status} token`;
  if (typeof told.phone === 'string') return `${status} ${told.phone}`;
  if (told.requestPayment !== undefined) return `${status} ${told.requestPayment.package?.slice(0, 20) ?? ''}…`;
  if (told.refundNo !== undefined) return `${status} ${told.status ?? ''} ¥${yuan(told.amountFen ?? 0)}`;
  if (told.payableFen !== undefined) {
    const refund = told.refundStatus === 'NONE' || told.refundStatus === undefined ? '' : ` · ${told.refundStatus}`;
    return `${status} ${told.status ?? ''} ¥${yuan(told.payableFen)}${refund}`;
  }
  if (told.items !== undefined) return `${status} × ${told.items.length}`;
  return String(status);
}
