import type { NoticeReply, NoticeResult } from '../../notice-request.js';

const CONTENT_TYPE = 'application/json; charset=utf-8';

/** The status for a reason; 422 for a notice that was verified but contradicts our records. */
const STATUSES: Readonly<Record<string, number>> = {
  BAD_SIGNATURE: 401,
  STALE: 401,
  UNKNOWN_KEY: 401,
  SIGNATURE_PROBE: 401,
  FOREIGN_MERCHANT: 403,
  MALFORMED: 400,
  UNDECRYPTABLE: 400,
  UNKNOWN_EVENT: 400,
  TOO_LARGE: 413,
  RETRY: 500,
  BUSY: 503,
};

/** WeChat reads only the status: after any 2xx it never sends the notice again. Source: docs/wechat-protocol.md, v3 §4. */
export function replyToV3Notice(result: NoticeResult): NoticeReply {
  if (result.kind === 'accepted') return { status: 204, contentType: CONTENT_TYPE, body: '' };
  const { reason } = result;
  const status = (Object.hasOwn(STATUSES, reason) ? STATUSES[reason] : undefined) ?? 422;
  return { status, contentType: CONTENT_TYPE, body: JSON.stringify({ code: 'FAIL', message: reason }) };
}
