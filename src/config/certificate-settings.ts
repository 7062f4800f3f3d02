import { readFileSync } from 'node:fs';
import type { Settings } from './settings.js';

type PemLabel = 'CERTIFICATE' | 'PRIVATE KEY';

/** A readable file that is not empty: better to hear of a wrong path now than at the first refund. */
export function isFile(value: unknown): boolean {
  return readFileOrNull(value) !== null;
}

/** A readable file that holds something of the kind in PEM. What it holds exactly is seen when it is loaded. */
export function isFileOf(label: PemLabel): (value: unknown) => boolean {
  return (value) => containsPem(readFileOrNull(value)?.toString('utf8'), label);
}

/** Base64 of something. Line breaks are allowed: `base64` makes them. */
export function isBase64(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9+/\s]*[A-Za-z0-9+/]\s*(=\s*){0,2}$/.test(value);
}

/** Base64 of a text that holds something of the kind in PEM. */
export function isBase64Of(label: PemLabel): (value: unknown) => boolean {
  return (value) => isBase64(value) && containsPem(Buffer.from(String(value), 'base64').toString('utf8'), label);
}

/** An encrypted key has another label. RSA and EC keys of older tools have their kind before it. */
function containsPem(text: string | undefined, label: PemLabel): boolean {
  const kind = label === 'PRIVATE KEY' ? '(?:RSA |EC )?' : '';
  return text !== undefined && new RegExp(`-----BEGIN ${kind}${label}-----`).test(text) && !text.includes('ENCRYPTED');
}

function readFileOrNull(value: unknown): Buffer | null {
  try {
    const content = typeof value === 'string' ? readFileSync(value) : null;
    return content === null || content.length === 0 ? null : content;
  } catch {
    return null;
  }
}

const CERTIFICATE_NAMES = ['WECHAT_MCH_CERT_FILE', 'WECHAT_MCH_CERT_BASE64'] as const;
const KEY_NAMES = ['WECHAT_MCH_KEY_FILE', 'WECHAT_MCH_KEY_BASE64'] as const;
const P12_NAMES = ['WECHAT_MCH_P12_FILE', 'WECHAT_MCH_P12_BASE64'] as const;

/** What each variable alone cannot tell: a certificate without its key, or the same thing given in several ways. */
export function validateCertificateSettings(settings: Settings): string[] {
  const given = (names: readonly (keyof Settings)[]): (keyof Settings)[] =>
    names.filter((name) => settings[name] !== undefined);
  const complaints = [CERTIFICATE_NAMES, KEY_NAMES, P12_NAMES].flatMap((names) => {
    const [first, second] = given(names);
    return first && second ? [`${second} must be absent beside ${first}: one of them is enough`] : [];
  });
  const [[certificate], [key], [p12]] = [given(CERTIFICATE_NAMES), given(KEY_NAMES), given(P12_NAMES)];
  if (p12 && (certificate ?? key)) {
    complaints.push(`${p12} must be absent beside ${String(certificate ?? key)}: it has both certificate and key`);
  } else if (certificate && !key) {
    complaints.push(`WECHAT_MCH_KEY_FILE (or WECHAT_MCH_KEY_BASE64) is needed beside ${certificate}`);
  } else if (key && !certificate) {
    complaints.push(`WECHAT_MCH_CERT_FILE (or WECHAT_MCH_CERT_BASE64) is needed beside ${key}`);
  }
  return complaints;
}
