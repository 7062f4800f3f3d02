import type { Translations } from '../i18n/zh.js';

/** The meaning of WeChat's error code, followed by the code; an unknown code alone. */
export function describeErrorCode(code: string, { errorCodes }: Pick<Translations, 'errorCodes'>): string {
  const meaning = Object.hasOwn(errorCodes, code) ? errorCodes[code] : undefined;
  return meaning === undefined ? code : `${meaning} (${code})`;
}

/** Error codes of this service, not of WeChat. Their stored message is English and only repeats the translated meaning. */
const OWN_CODES: ReadonlySet<string> = new Set([
  ...[
    'REFUNDCLOSE',
    'CHANGE',
    'REPLACED',
    'ABANDONED',
    'NO_CLOSE_CALL',
    'NO_CLIENT_CERTIFICATE',
    'CLIENT_CERTIFICATE_REFUSED',
  ],
  ...['CLIENT_CERTIFICATE_NOT_YET_VALID', 'CLIENT_CERTIFICATE_EXPIRED', 'CLIENT_CERTIFICATE_OF_OTHER_MERCHANT'],
]);

/** WeChat's own error message; undefined if the message is from this service. */
export function wechatMessage(code: string | null | undefined, message: string | null | undefined): string | undefined {
  return !message || OWN_CODES.has(code ?? '') ? undefined : message;
}
