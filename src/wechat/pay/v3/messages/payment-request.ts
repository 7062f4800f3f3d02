import { isIP } from 'node:net';
import type { PrepayDraft } from '../../payment-types.js';
import type { V3Account } from '../v3-account.js';
import { toRfc3339 } from './rfc3339.js';
import type { JsonObject } from './strict-json.js';
import { limitText } from './limit-text.js';

/** Bytes. WeChat counts some fields in bytes and others in characters; bytes satisfy both. */
const MAX_DESCRIPTION_BYTES = 127;
const MAX_SITE_NAME_BYTES = 64;
const MIN_TTL_MS = 60_000;
/** WeChat closes an unpaid order after seven days itself. */
const MAX_TTL_MS = 7 * 86_400_000;

/** The body of an order. Source: docs/wechat-protocol.md, v3 §2.1. */
export function buildOrder(draft: PrepayDraft, account: V3Account, appid: string): JsonObject {
  const description = limitText(draft.description, MAX_DESCRIPTION_BYTES);
  return {
    appid,
    mchid: account.mchId,
    // It must not be empty, and an emoji is no valid character.
    description: description === '' ? draft.outTradeNo : description,
    out_trade_no: draft.outTradeNo,
    time_expire: toRfc3339(expiryOf(draft)),
    notify_url: `${draft.notifyUrlBase}/v3/payment`,
    amount: { total: draft.amountFen, currency: 'CNY' },
    ...(draft.tradeType === 'JSAPI' && { payer: { openid: draft.openid } }),
    ...sceneOf(draft, account),
  };
}

/** `time_expire` only ends the payment page; this service closes the order. */
function expiryOf({ createdAt, expiresAt }: PrepayDraft): Date {
  const created = createdAt.getTime();
  return new Date(Math.min(Math.max(expiresAt.getTime(), created + MIN_TTL_MS), created + MAX_TTL_MS));
}

/** H5 needs the payer's address and the site. Elsewhere an unusable address is left out, because one is optional. */
function sceneOf({ tradeType, payerIp }: PrepayDraft, { h5 }: V3Account): JsonObject {
  const payer_client_ip = isIP(payerIp) === 0 ? null : payerIp.split('%')[0];
  if (tradeType !== 'MWEB') return payer_client_ip === null ? {} : { scene_info: { payer_client_ip } };
  const h5_info = { type: 'Wap', app_name: limitText(h5.name, MAX_SITE_NAME_BYTES), app_url: h5.url };
  return { scene_info: { payer_client_ip: payer_client_ip ?? payerIp, h5_info } };
}
