import { WechatResponse } from '../../faults/response-sender.js';

/** A bill as an HTTP response, in both protocols. Published clients expect these types; compressed or not, it has no Content-Encoding. */
export function billResponse({ bytes, isZipped }: { bytes: Buffer; isZipped: boolean }): WechatResponse {
  return { status: 200, contentType: isZipped ? 'application/x-gzip' : 'text/plain; charset=utf-8', body: bytes };
}
