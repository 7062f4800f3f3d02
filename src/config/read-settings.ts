import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { validateAppV1Settings } from './app-v1-settings.js';
import { validateCertificateSettings } from './certificate-settings.js';
import { Settings } from './settings.js';
import { SIMULATED_MERCHANT, SIMULATED_V1_KEYS } from './simulated-merchant.js';
import { validateSimulatorSafety } from './simulator-safety.js';

type Environment = Readonly<Record<string, string | undefined>>;

const LIVE_API_URL = 'https://api.weixin.qq.com';
const LIVE_PAY_URL = 'https://api.mch.weixin.qq.com';
const BACKUP_PAY_URL = 'https://api2.mch.weixin.qq.com';

/**
 * Reads the environment, adds defaults and validates it. An empty variable counts as absent.
 * @throws Error with one line for each invalid variable. Values are never printed, because they may be secrets.
 */
export function readSettings(environment: Environment): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const defaults = defaultsFor(given);
  const settings = plainToInstance(Settings, { ...defaults, ...given }, { exposeDefaultValues: true });
  const errors = validateSync(settings);
  // An invalid PORT makes the default of PUBLIC_BASE_URL invalid too: report a default only if nothing else is wrong.
  const causes = errors.filter(({ property }) => property in given || !(property in defaults));
  const errorLines = (causes.length > 0 ? causes : errors).map((error) => errorTextOf(error));
  if (settings.NODE_ENV === 'production' && settings.WECHAT_MODE === 'simulator') {
    errorLines.push(
      'WECHAT_MODE must be live with NODE_ENV=production: the simulator accepts payments without real money',
    );
  }
  if (errors.length === 0) {
    errorLines.push(...validateCertificateSettings(settings), ...validateAppV1Settings(settings));
    errorLines.push(...validateSimulatorSafety(given, settings));
  }
  if (errorLines.length > 0) throw new Error(`Cannot start:\n  ${errorLines.join('\n  ')}`);
  return Object.freeze(settings);
}

/** The defaults that depend on other variables. */
function defaultsFor(given: Environment): Environment {
  const isProduction = given['NODE_ENV'] === 'production';
  const mode = given['WECHAT_MODE'] ?? (isProduction ? 'live' : 'simulator');
  const simulator = `http://127.0.0.1:${given['SIMULATOR_PORT'] ?? '3001'}`;
  const pay = given['WECHAT_PAY_BASE_URL'] ?? (mode === 'simulator' ? simulator : LIVE_PAY_URL);
  return {
    WECHAT_MODE: mode,
    PUBLIC_BASE_URL: `http://${bracketed(given['HOST'] ?? '127.0.0.1')}:${given['PORT'] ?? '3000'}`,
    SEED_DEMO_DATA: String(!isProduction),
    API_DOCS: isProduction ? 'off' : 'on',
    // A shop without a mobile app, or with the same appid for it, does not need to set these.
    WECHAT_MOBILE_APP_ID: given['WECHAT_APP_ID'] ?? SIMULATED_MERCHANT.WECHAT_APP_ID,
    WECHAT_MOBILE_APP_SECRET: given['WECHAT_APP_SECRET'] ?? SIMULATED_MERCHANT.WECHAT_APP_SECRET,
    WECHAT_V1_PARTNER_ID: given['WECHAT_MCH_ID'] ?? SIMULATED_MERCHANT.WECHAT_MCH_ID,
    WECHAT_PAY_CERT_BASE_URL: pay,
    ...(mode === 'simulator'
      ? { ...SIMULATED_MERCHANT, ...SIMULATED_V1_KEYS, WECHAT_API_BASE_URL: simulator, WECHAT_PAY_BASE_URL: simulator }
      : { WECHAT_API_BASE_URL: LIVE_API_URL, WECHAT_PAY_BASE_URL: LIVE_PAY_URL }),
    ...(mode === 'live' && pay === LIVE_PAY_URL && { WECHAT_PAY_BACKUP_BASE_URL: BACKUP_PAY_URL }),
  };
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function errorTextOf(error: ValidationError): string {
  return Object.values(error.constraints ?? {})[0] ?? `${error.property} is not valid`;
}
