import { BehaviourSettings } from '../state/behaviour-settings.js';

const PRIVATE_HOST = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])/;

/** Accepts a complete http(s) URL without a query string. */
export function validateNotifyUrl(text: string, localUrls: BehaviourSettings['localNotifyUrl']): string | undefined {
  if (!/^https?:\/\//.test(text) || /[?#\s]/.test(text) || !URL.canParse(text)) return 'invalid notify_url';
  const isPrivate = PRIVATE_HOST.test(new URL(text).hostname);
  return isPrivate && localUrls === 'refuse' ? 'invalid notify_url' : undefined;
}
