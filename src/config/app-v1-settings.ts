import type { Settings } from './settings.js';

const APP_V1_KEYS = ['WECHAT_V1_PARTNER_KEY', 'WECHAT_V1_PAY_SIGN_KEY'] as const;

/** Checks across variables: the app protocol of 2014 needs both keys. @returns one line for each missing key. */
export function validateAppV1Settings(settings: Settings): string[] {
  const missing = APP_V1_KEYS.filter((name) => settings[name] === undefined);
  if (settings.WECHAT_APP_PROTOCOL === 'v1')
    return missing.map((name) => `${name} is required with WECHAT_APP_PROTOCOL=v1`);
  const [only] = missing.length === 1 ? missing : [];
  return only === undefined ? [] : [`${only} is required together with the other key of the app protocol v1`];
}
