import { toBeijingTime } from '../../../common/time/beijing-time.js';
import type { StoredRequest } from '../payment-channel.js';
import type { PrepayDraft } from '../payment-types.js';
import type { AppV1Account } from './app-v1-account.js';
import { type Charset, truncateToCharset } from './charset.js';

/** A payment's request as it is stored and sent unchanged, without nonce, time, token and signatures. */
export interface StoredPaymentRequest {
  protocol: 'app-v1';
  appid: string;
  /** The merchant's own identifier of the buyer. */
  traceid: string;
  parameters: Readonly<Record<PackageParameter, string>>;
}

type PackageParameter =
  | 'bank_type'
  | 'body'
  | 'fee_type'
  | 'input_charset'
  | 'notify_url'
  | 'out_trade_no'
  | 'partner'
  | 'spbill_create_ip'
  | 'time_expire'
  | 'time_start'
  | 'total_fee';

/** `body` allows 128. WeChat does not say whether characters or bytes, so bytes are counted. */
const MAX_DESCRIPTION_BYTES = 128;
/** As for v2, whose payment page this protocol uses. */
const MIN_TTL_MS = 60_000;

/** Source: docs/wechat-protocol.md, v1 §3. */
export function buildStoredRequest(
  draft: PrepayDraft,
  { appid, partnerId, charset }: AppV1Account,
): StoredPaymentRequest {
  const expiresAt = Math.max(draft.expiresAt.getTime(), draft.createdAt.getTime() + MIN_TTL_MS);
  const parameters = {
    bank_type: 'WX',
    body: truncateToCharset(charset, draft.description, MAX_DESCRIPTION_BYTES),
    fee_type: '1',
    input_charset: charset,
    notify_url: `${draft.notifyUrlBase}/app-v1`,
    out_trade_no: draft.outTradeNo,
    partner: partnerId,
    spbill_create_ip: draft.payerIp,
    time_expire: toBeijingTime(new Date(expiresAt)),
    time_start: toBeijingTime(draft.createdAt),
    total_fee: String(draft.amountFen),
  };
  return { protocol: 'app-v1', appid, traceid: draft.openid === '' ? draft.outTradeNo : draft.openid, parameters };
}

export function parseStoredRequest({ request }: StoredRequest): StoredPaymentRequest {
  return JSON.parse(request) as StoredPaymentRequest;
}

export function charsetOf({ parameters }: StoredPaymentRequest): Charset {
  return parameters.input_charset === 'GBK' ? 'GBK' : 'UTF-8';
}
