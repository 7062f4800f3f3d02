import { isIP } from 'node:net';
import type { Settings } from './settings.js';

/** What is allowed, because a test or a first look may want it, but would leave a live shop without notices or secrets without cover. */
export function liveWarnings(settings: Settings): string[] {
  if (settings.WECHAT_MODE !== 'live') return [];
  const warnings: string[] = [];
  const own = new URL(settings.PUBLIC_BASE_URL);
  if (isLocal(own.hostname)) {
    warnings.push(
      'PUBLIC_BASE_URL names this machine or a private network: WeChat cannot reach it, and no notice will come',
    );
  } else if (own.protocol === 'http:') {
    warnings.push('PUBLIC_BASE_URL is plain HTTP: WeChat wants HTTPS for notices');
  }
  for (const name of ['WECHAT_API_BASE_URL', 'WECHAT_PAY_BASE_URL', 'WECHAT_PAY_CERT_BASE_URL'] as const) {
    const url = new URL(settings[name]);
    if (url.protocol === 'http:' && !isLocal(url.hostname))
      warnings.push(`${name} is plain HTTP: secrets would travel uncovered`);
  }
  if (settings.NODE_ENV === 'development') {
    warnings.push(
      'NODE_ENV is not production: /docs is public, and an empty shop gets demo products and an administrator',
    );
  }
  if (settings.NODE_ENV !== 'test') warnings.push(...missingProtection(settings));
  return warnings;
}

/** What works without, and what that costs. */
const MISSING_PROTECTION_WARNINGS = {
  METRICS_TOKEN: 'anyone who reaches /metrics can read the figures of the shop',
  TRUSTED_PROXIES:
    "behind a proxy every caller has the proxy's address, in the audit log too, and all share one limit of logins",
  DATA_ENCRYPTION_KEY:
    'phone numbers are encrypted with a key made of WECHAT_APP_SECRET, and cannot be read after that secret changes',
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
