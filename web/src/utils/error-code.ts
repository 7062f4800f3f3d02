import type { Schemas } from '../api/client.js';
import type { Translations } from '../i18n/zh.js';

type ErrorText = Schemas['ErrorText'];

/** The meaning of an error code in the user's language, followed by the code; a code without a text alone. */
export function describeErrorCode(code: string, text: ErrorText | null, { language }: Translations): string {
  return text === null ? code : `${text[language]} (${code})`;
}

/** WeChat's own error message; undefined if the message is from this service and only repeats the text. */
export function wechatMessage(text: ErrorText | null, message: string | null | undefined): string | undefined {
  return !message || text?.replacesMessage === true ? undefined : message;
}
