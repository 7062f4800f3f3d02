import { CERTIFICATE_VARIABLES } from './simulated-environment.js';
import { isLoopback } from './loopback.js';
import type { Settings } from './settings.js';
import { SIMULATED_MERCHANT, SIMULATED_V1_KEYS } from './simulated-merchant.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The invented values of each credential; any other value may belong to a real merchant. */
const SIMULATED_VALUES: Readonly<Record<string, readonly string[]>> = {
  WECHAT_APP_ID: [SIMULATED_MERCHANT.WECHAT_APP_ID],
  WECHAT_APP_SECRET: [SIMULATED_MERCHANT.WECHAT_APP_SECRET],
  WECHAT_MCH_ID: [SIMULATED_MERCHANT.WECHAT_MCH_ID],
  WECHAT_API_KEY: [SIMULATED_MERCHANT.WECHAT_API_KEY],
  WECHAT_MOBILE_APP_ID: [SIMULATED_MERCHANT.WECHAT_APP_ID],
  WECHAT_MOBILE_APP_SECRET: [SIMULATED_MERCHANT.WECHAT_APP_SECRET],
  WECHAT_V1_PARTNER_ID: [SIMULATED_MERCHANT.WECHAT_MCH_ID],
  WECHAT_V1_PARTNER_KEY: [SIMULATED_V1_KEYS.WECHAT_V1_PARTNER_KEY],
  WECHAT_V1_PAY_SIGN_KEY: [SIMULATED_V1_KEYS.WECHAT_V1_PAY_SIGN_KEY],
  ...Object.fromEntries(CERTIFICATE_VARIABLES.map((name) => [name, []])),
};

/**
 * The simulator lets any buyer pay without real money. It is the default outside production, so a live shop without NODE_ENV
 * would start it. Settings that look like a live shop therefore require an explicit WECHAT_MODE.
 * @param given the variables that were set, without defaults and empty ones.
 * @returns one error line, or an empty list if the mode is explicit or nothing looks like a live shop.
 */
export function validateSimulatorSafety(given: Environment, settings: Settings): string[] {
  if (given['WECHAT_MODE'] !== undefined || settings.WECHAT_MODE !== 'simulator') return [];
  const credentials = Object.keys(SIMULATED_VALUES).filter((name) => isRealCredential(name, given[name]));
  const addresses = [
    ...(isLoopback(settings.HOST) ? [] : ['HOST']),
    ...(isLoopback(new URL(settings.PUBLIC_BASE_URL).hostname) ? [] : ['PUBLIC_BASE_URL']),
  ];
  // PUBLIC_BASE_URL is built from HOST by default: name only the variables that were set.
  const reasons = [...addresses.filter((name) => given[name] !== undefined), ...credentials];
  if (reasons.length === 0) return [];
  return [
    `WECHAT_MODE must be set explicitly with ${reasons.length === 1 ? 'this value' : 'these values'} of ` +
      `${reasons.join(', ')}, because a live shop could have them and the simulator accepts payments without real money. ` +
      'Set NODE_ENV=production for real payments, or WECHAT_MODE=simulator for a test',
  ];
}

function isRealCredential(name: string, value: string | undefined): boolean {
  return value !== undefined && SIMULATED_VALUES[name]?.includes(value) !== true;
}
