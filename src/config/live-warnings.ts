import { isIP } from 'node:net';
import type { Settings } from './settings.js';

/** Warnings about settings that a test may need, but that leave a live shop without notices or expose its secrets. */
export function liveWarnings(settings: Settings): string[] {
  if (settings.wechat.WECHAT_MODE !== 'live') return [];
  const warnings: string[] = [];
  const own = new URL(settings.PUBLIC_BASE_URL);
  if (isLocal(own.hostname)) {
    warnings.push('PUBLIC_BASE_URL is a local or private address: WeChat cannot reach it to send notices');
  } else if (own.protocol === 'http:') {
    warnings.push('PUBLIC_BASE_URL is plain HTTP: WeChat requires HTTPS for notices');
  }
  const { WECHAT_API_BASE_URL, WECHAT_PAY_BASE_URL } = settings.wechat;
  const { WECHAT_PAY_CERT_BASE_URL } = settings.v2;
  for (const [name, text] of Object.entries({ WECHAT_API_BASE_URL, WECHAT_PAY_BASE_URL, WECHAT_PAY_CERT_BASE_URL })) {
    const url = new URL(text);
    if (url.protocol === 'http:' && !isLocal(url.hostname))
      warnings.push(`${name} is plain HTTP: secrets are sent unencrypted`);
  }
  const { v2, v3, appV1 } = settings;
  if ((v2.WECHAT_API_KEY ?? v3.WECHAT_API_V3_KEY) === undefined && appV1.WECHAT_APP_PROTOCOL === 'v2') {
    warnings.push(
      'WECHAT_APP_PROTOCOL is v2, but neither WECHAT_API_KEY nor WECHAT_API_V3_KEY is set: no payment can begin. Set a ' +
        'key, or WECHAT_APP_PROTOCOL=v1 for payments by the app protocol of 2014',
    );
  }
  if (settings.NODE_ENV === 'development') {
    warnings.push(
      'NODE_ENV is not production: /docs is public, and an empty database gets demo products and an administrator',
    );
  }
  if (settings.NODE_ENV !== 'test') warnings.push(...missingProtection(settings));
  return warnings;
}

/** Protections that are optional, and the consequence if one is missing. */
const MISSING_PROTECTION_WARNINGS = {
  METRICS_TOKEN: 'anyone who can reach /metrics can read the figures of the shop',
  TRUSTED_PROXIES:
    "behind a proxy all callers have the proxy's address, also in the audit log, and share one login limit",
  DATA_ENCRYPTION_KEY:
    'phone numbers are encrypted with a key derived from WECHAT_APP_SECRET and become unreadable when it changes',
} as const;

function missingProtection(settings: Settings): string[] {
  const names = Object.keys(MISSING_PROTECTION_WARNINGS) as (keyof typeof MISSING_PROTECTION_WARNINGS)[];
  return names
    .filter((name) => settings[name] === undefined)
    .map((name) => `${name} is not set: ${MISSING_PROTECTION_WARNINGS[name]}`);
}

function isLocal(hostname: string): boolean {
  const host = hostname.replaceAll(/[[\]]/g, '');
  if (isIP(host) === 6) return host === '::1' || /^f[cd]/i.test(host) || /^fe80:/i.test(host);
  return host === 'localhost' || /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.)/.test(host);
}
