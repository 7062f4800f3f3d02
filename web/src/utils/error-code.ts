import type { Translations } from '../i18n/zh.js';

/** What a code of WeChat means, with the code behind the words; a code without words stands alone. */
export function describeErrorCode(code: string, { errorCodes }: Pick<Translations, 'errorCodes'>): string {
  const meaning = Object.hasOwn(errorCodes, code) ? errorCodes[code] : undefined;
  return meaning === undefined ? code : `${meaning} (${code})`;
}

/** Codes of this service, not of WeChat: the message beside them is English, and says the same as the words. */
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

/** WeChat's own text beside a code; undefined when it is not WeChat's. */
export function wechatMessage(code: string | null | undefined, message: string | null | undefined): string | undefined {
  return !message || OWN_CODES.has(code ?? '') ? undefined : message;
}
