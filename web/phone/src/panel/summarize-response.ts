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

/** A short summary of the service's response. */
export function summarizeResponse(status: number, body: unknown): string {
  const response = (typeof body === 'object' && body !== null ? body : {}) as ResponseBody;
  if (response.code !== undefined) return `${status} ${response.code}`;
  if (response.token !== undefined) return `${status} token`;
  if (typeof response.phone === 'string') return `${status} ${response.phone}`;
  if (response.requestPayment !== undefined) return `${status} ${response.requestPayment.package?.slice(0, 20) ?? ''}…`;
  if (response.refundNo !== undefined)
    return `${status} ${response.status ?? ''} ¥${formatYuan(response.amountFen ?? 0)}`;
  if (response.payableFen !== undefined) {
    const refund =
      response.refundStatus === 'NONE' || response.refundStatus === undefined ? '' : ` · ${response.refundStatus}`;
    return `${status} ${response.status ?? ''} ¥${formatYuan(response.payableFen)}${refund}`;
  }
  if (response.items !== undefined) return `${status} × ${response.items.length}`;
  return String(status);
}
