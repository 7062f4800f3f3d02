import type { MerchantKey } from '../../certificate/merchant-key.js';
import { newNonce } from '../../nonce.js';
import { signRsa } from './rsa.js';

/** The part of a request that its signature covers. The host is not one. */
export interface SignedRequest {
  method: 'GET' | 'POST';
  /** Path and query, exactly as sent. */
  path: string;
  /** Exactly as sent; empty without one. */
  body: string;
}

/** Five or fewer lines, each ended by one line feed, the last one too. Source: docs/wechat-protocol.md, v3 §1.2. */
export function linesOf(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * The `Authorization` header of one request. WeChat accepts it for five minutes, on each of its hosts.
 * Source: docs/wechat-protocol.md, v3 §1.2.
 */
export function authorizationOf(
  { method, path, body }: SignedRequest,
  { mchId, key, now, nonce = newNonce() }: { mchId: string; key: MerchantKey; now: Date; nonce?: string },
): string {
  const timestamp = secondsOf(now);
  const signature = signRsa(linesOf(method, path, timestamp, nonce, body), key.privateKey);
  const attributes = [
    `mchid="${mchId}"`,
    `nonce_str="${nonce}"`,
    `signature="${signature}"`,
    `timestamp="${timestamp}"`,
    `serial_no="${key.serial}"`,
  ];
  return `WECHATPAY2-SHA256-RSA2048 ${attributes.join(',')}`;
}

/** Unix time in seconds, as a decimal text. */
export function secondsOf(now: Date): string {
  return String(Math.floor(now.getTime() / 1000));
}
