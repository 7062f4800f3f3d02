import { CERTIFICATE_VARIABLES } from './simulated-environment.js';
import { isLoopback } from './loopback.js';
import type { Settings } from './settings.js';
import { SIMULATED_MERCHANT, SIMULATED_V1_KEYS } from './simulated-merchant.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The values of a credential that are known to be invented; every other value may be a real merchant's. */
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
 * The simulator lets any buyer pay with invented money. It is the default outside production, so a live shop whose
 * NODE_ENV is forgotten would start it. Whatever looks like a live shop needs WECHAT_MODE written out.
 * @param given the variables that were set, without defaults and without empty ones.
 * @returns the complaint, or nothing when the mode is written out or nothing looks like a live shop.
 */
export function validateSimulatorSafety(given: Environment, settings: Settings): string[] {
  if (given['WECHAT_MODE'] !== undefined || settings.WECHAT_MODE !== 'simulator') return [];
  const credentials = Object.keys(SIMULATED_VALUES).filter((name) => isRealCredential(name, given[name]));
  const addresses = [
    ...(isLoopback(settings.HOST) ? [] : ['HOST']),
    ...(isLoopback(new URL(settings.PUBLIC_BASE_URL).hostname) ? [] : ['PUBLIC_BASE_URL']),
  ];
  // PUBLIC_BASE_URL is made from HOST when it is not given: only what was set can be corrected.
  const reasons = [...addresses.filter((name) => given[name] !== undefined), ...credentials];
  if (reasons.length === 0) return [];
  return [
    `WECHAT_MODE must be written out with ${reasons.length === 1 ? 'this value' : 'these values'} of ` +
      `${reasons.join(', ')}, as a live shop would have: the simulator lets anyone pay with invented money. Set ` +
      'NODE_ENV=production for real payments, or WECHAT_MODE=simulator for a test',
  ];
}

function isRealCredential(name: string, value: string | undefined): boolean {
  return value !== undefined && SIMULATED_VALUES[name]?.includes(value) !== true;
}
