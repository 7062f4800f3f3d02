import { formatYuan } from '../i18n.ts';

interface ResponseBody {
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

export const isErrorStatus = (status: number): boolean => status >= 400;

/** An answer of the service in a few words. */
export function summarizeResponse(status: number, body: unknown): string {
  const told = (typeof body === 'object' && body !== null ? body : {}) as ResponseBody;
  if (told.code !== undefined) return `${status} ${told.code}`;
  if (told.token !== undefined) return `${status} token`;
  if (typeof told.phone === 'string') return `${status} ${told.phone}`;
  if (told.requestPayment !== undefined) return `${status} ${told.requestPayment.package?.slice(0, 20) ?? ''}…`;
  if (told.refundNo !== undefined) return `${status} ${told.status ?? ''} ¥${formatYuan(told.amountFen ?? 0)}`;
  if (told.payableFen !== undefined) {
    const refund = told.refundStatus === 'NONE' || told.refundStatus === undefined ? '' : ` · ${told.refundStatus}`;
    return `${status} ${told.status ?? ''} ¥${formatYuan(told.payableFen)}${refund}`;
  }
  if (told.items !== undefined) return `${status} × ${told.items.length}`;
  return String(status);
}
