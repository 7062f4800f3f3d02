import { isIP } from 'node:net';
import type { Settings } from '../settings.js';
import { CERTIFICATE_VARIABLES } from '../wechat/certificate-settings.js';
import { PUBLIC_KEY_VARIABLES } from '../wechat/v3-settings.js';
import { SIMULATED_DEFAULTS, SIMULATED_MERCHANT } from './simulated-environment.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The invented value of each credential; null when there is none. Any other value may belong to a real merchant. */
const SIMULATED_VALUES: Readonly<Record<string, string | null | undefined>> = {
  ...SIMULATED_MERCHANT,
  ...SIMULATED_DEFAULTS,
  ...Object.fromEntries([...CERTIFICATE_VARIABLES, ...PUBLIC_KEY_VARIABLES].map((name) => [name, null])),
};

/**
 * The simulator lets any buyer pay without real money. It is the default outside production, so a live shop without NODE_ENV
 * would start it. Settings that look like a live shop therefore require an explicit WECHAT_MODE.
 * @param given the variables that were set, without defaults and empty ones.
 * @returns one error line, or an empty list if the mode is explicit or nothing looks like a live shop.
 */
export function validateSimulatorSafety(environment: Environment, settings: Settings): string[] {
  if (environment['WECHAT_MODE'] !== undefined || settings.wechat.WECHAT_MODE !== 'simulator') return [];
  const credentials = Object.keys(SIMULATED_VALUES).filter((name) => isRealCredential(name, environment[name]));
  const addresses = [
    ...(isLoopback(settings.HOST) ? [] : ['HOST']),
    ...(isLoopback(new URL(settings.PUBLIC_BASE_URL).hostname) ? [] : ['PUBLIC_BASE_URL']),
  ];
  // PUBLIC_BASE_URL is built from HOST by default: name only the variables that were set.
  const reasons = [...addresses.filter((name) => environment[name] !== undefined), ...credentials];
  if (reasons.length === 0) return [];
  return [
    `WECHAT_MODE must be set explicitly with ${reasons.length === 1 ? 'this value' : 'these values'} of ` +
      `${reasons.join(', ')}, because a live shop could have them and the simulator accepts payments without real money. ` +
      'Set NODE_ENV=production for real payments, or WECHAT_MODE=simulator for a test',
  ];
}

function isRealCredential(name: string, value: string | undefined): boolean {
  return value !== undefined && value !== SIMULATED_VALUES[name];
}

/** True if only this machine can reach the address. `0.0.0.0` and `::` mean all addresses, so they are not loopback. */
function isLoopback(host: string): boolean {
  const plain = host.replaceAll(/[[\]]/g, '').toLowerCase();
  if (isIP(plain) === 4) return plain.startsWith('127.');
  return plain === '::1' || plain === 'localhost';
}
