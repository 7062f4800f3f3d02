import { readFileSync } from 'node:fs';
import type { Settings } from './settings.js';

type PemLabel = 'CERTIFICATE' | 'PRIVATE KEY';

/** True for a readable file that is not empty. A wrong path stops the start instead of the first refund. */
export function isFile(value: unknown): boolean {
  return readFileOrNull(value) !== null;
}

/** True for a readable file with a PEM block of this kind. Its content is checked when it is loaded. */
export function isFileOf(label: PemLabel): (value: unknown) => boolean {
  return (value) => containsPem(readFileOrNull(value)?.toString('utf8'), label);
}

/** True for base64. Line breaks are allowed, because the command `base64` adds them. */
export function isBase64(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9+/\s]*[A-Za-z0-9+/]\s*(=\s*){0,2}$/.test(value);
}

/** True for base64 of a text with a PEM block of this kind. */
export function isBase64Of(label: PemLabel): (value: unknown) => boolean {
  return (value) => isBase64(value) && containsPem(Buffer.from(String(value), 'base64').toString('utf8'), label);
}

/** An encrypted key has another label. Older tools write RSA or EC before the label. */
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

/** Checks across variables: a certificate without its key, or one thing given in two ways. @returns one line per error. */
export function validateCertificateSettings(settings: Settings): string[] {
  const given = (names: readonly (keyof Settings)[]): (keyof Settings)[] =>
    names.filter((name) => settings[name] !== undefined);
  const errorLines = [CERTIFICATE_NAMES, KEY_NAMES, P12_NAMES].flatMap((names) => {
    const [first, second] = given(names);
    return first && second ? [`${second} must not be set together with ${first}: set only one of them`] : [];
  });
  const [[certificate], [key], [p12]] = [given(CERTIFICATE_NAMES), given(KEY_NAMES), given(P12_NAMES)];
  if (p12 && (certificate ?? key)) {
    errorLines.push(
      `${p12} must not be set together with ${String(certificate ?? key)}: it contains both certificate and key`,
    );
  } else if (certificate && !key) {
    errorLines.push(`WECHAT_MCH_KEY_FILE (or WECHAT_MCH_KEY_BASE64) is required together with ${certificate}`);
  } else if (key && !certificate) {
    errorLines.push(`WECHAT_MCH_CERT_FILE (or WECHAT_MCH_CERT_BASE64) is required together with ${key}`);
  }
  return errorLines;
}
