import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { getMetadataStorage, type ValidationError, validateSync } from 'class-validator';
import { Settings } from './settings.js';
import { PUBLIC_KEY_VARIABLES, validateV3Settings } from './wechat/v3-settings.js';
import { SIMULATED_MERCHANT } from './simulated/simulated-environment.js';
import { validateSimulatorSafety } from './simulated/simulator-safety.js';
import { APP_V1_KEYS, appV1Defaults, validateAppV1Settings } from './wechat/app-v1-settings.js';
import { validateCertificateSettings } from './wechat/certificate-settings.js';
import { validateExtraAppIds } from './wechat/wechat-settings.js';

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
  const values = { ...defaults, ...given };
  const settings = instanceOf(Settings, values);
  const groups = settingsGroups(settings);
  for (const group of groups) Object.assign(group, instanceOf(classOf(group), values));
  const errors = [settings, ...groups].flatMap((group) => validateSync(group));
  // An invalid PORT makes the default of PUBLIC_BASE_URL invalid too: report a default only if nothing else is wrong.
  const causes = errors.filter(({ property }) => property in given || !(property in defaults));
  const errorLines = (causes.length > 0 ? causes : errors).map((error) => errorTextOf(error));
  errorLines.push(...validateMode(settings, given));
  if (errors.length === 0) {
    errorLines.push(...validateExtraAppIds(settings.wechat));
    errorLines.push(...validateCertificateSettings(settings.certificate), ...validateAppV1Settings(settings.appV1));
    const isLive = settings.wechat.WECHAT_MODE === 'live';
    errorLines.push(...validateV3Settings(settings.v3, settings.certificate, { isLive }));
    errorLines.push(...validateSimulatorSafety(given, settings));
  }
  if (errorLines.length > 0) throw new Error(`Cannot start:\n  ${errorLines.join('\n  ')}`);
  for (const group of groups) Object.freeze(group);
  return Object.freeze(settings);
}

/** The groups in the settings: the objects of classes whose properties are variables. */
export function settingsGroups(settings: Settings): object[] {
  const values: unknown[] = Object.values(settings);
  return values
    .filter((value) => typeof value === 'object' && value !== null)
    .filter((group) => variablesOf(classOf(group)).length > 0);
}

/** The variables of a class: its validated properties. */
export function variablesOf(type: ClassConstructor<object>): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

export function classOf(object: object): ClassConstructor<object> {
  return object.constructor as ClassConstructor<object>;
}

/** An unvalidated object of the class with the values of its own variables. */
function instanceOf<T extends object>(type: ClassConstructor<T>, values: Environment): T {
  const own = Object.fromEntries(variablesOf(type).map((name) => [name, values[name]]));
  return plainToInstance(type, own, { exposeDefaultValues: true });
}

/** A live shop needs a payment protocol, and production must be live. @returns one line, or an empty list. */
function validateMode({ NODE_ENV, wechat }: Settings, given: Environment): string[] {
  if (wechat.WECHAT_MODE === 'simulator' && NODE_ENV === 'production')
    return ['WECHAT_MODE must be live with NODE_ENV=production: the simulator accepts payments without real money'];
  if (wechat.WECHAT_MODE !== 'live') return [];
  const isGiven = (name: string): boolean => given[name] !== undefined;
  if (given['WECHAT_PAY_PROTOCOL'] === 'v2' && isGiven('WECHAT_API_V3_KEY') && !isGiven('WECHAT_API_KEY'))
    return ['WECHAT_API_KEY is required with WECHAT_PAY_PROTOCOL=v2'];
  // A new protocol adds its key.
  if (['WECHAT_API_V3_KEY', 'WECHAT_API_KEY', ...APP_V1_KEYS].some(isGiven)) return [];
  return [
    'WECHAT_API_KEY is required with WECHAT_MODE=live, because no payment protocol is configured: set it for v2, ' +
      `WECHAT_API_V3_KEY for API v3, or ${APP_V1_KEYS.join(' and ')} for the app protocol of 2014`,
  ];
}

/** The defaults that depend on other variables. */
function defaultsFor(given: Environment): Environment {
  const isProduction = given['NODE_ENV'] === 'production';
  const mode = given['WECHAT_MODE'] ?? (isProduction ? 'live' : 'simulator');
  const isSimulated = mode === 'simulator';
  const merchant: Environment = { ...(isSimulated && SIMULATED_MERCHANT), ...given };
  const simulator = `http://127.0.0.1:${given['SIMULATOR_PORT'] ?? '3001'}`;
  const pay = given['WECHAT_PAY_BASE_URL'] ?? (isSimulated ? simulator : LIVE_PAY_URL);
  return {
    WECHAT_MODE: mode,
    PUBLIC_BASE_URL: `http://${bracketed(given['HOST'] ?? '127.0.0.1')}:${given['PORT'] ?? '3000'}`,
    SEED_DEMO_DATA: String(!isProduction),
    EVENTS_ALLOW_PRIVATE_NETWORKS: String(!isProduction),
    API_DOCS: isProduction ? 'off' : 'on',
    ...(isSimulated && SIMULATED_MERCHANT),
    // A shop without a mobile app, or with the same appid for it, does not need to set these.
    WECHAT_MOBILE_APP_ID: merchant['WECHAT_APP_ID'],
    ...appV1Defaults(merchant),
    WECHAT_API_BASE_URL: isSimulated ? simulator : LIVE_API_URL,
    WECHAT_PAY_BASE_URL: pay,
    WECHAT_PAY_CERT_BASE_URL: pay,
    WECHAT_PAY_PROTOCOL: defaultProtocol(given, isSimulated),
    WECHAT_PAY_PLATFORM_CERTS: PUBLIC_KEY_VARIABLES.some((name) => given[name] !== undefined) ? 'off' : 'download',
    ...(mode === 'live' && pay === LIVE_PAY_URL && { WECHAT_PAY_BACKUP_BASE_URL: BACKUP_PAY_URL }),
  };
}

/** The keys of a simulator that runs elsewhere are not known here, so v3 needs the settings that a real shop needs. */
function defaultProtocol(given: Environment, isSimulated: boolean): 'v2' | 'v3' {
  const isGiven = (name: string): boolean => given[name] !== undefined;
  const canVerify =
    !isGiven('WECHAT_PAY_BASE_URL') || [...PUBLIC_KEY_VARIABLES, 'WECHAT_PAY_PLATFORM_CERTS'].some(isGiven);
  return isGiven('WECHAT_API_V3_KEY') || (isSimulated && canVerify) ? 'v3' : 'v2';
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function errorTextOf(error: ValidationError): string {
  return Object.values(error.constraints ?? {})[0] ?? `${error.property} is not valid`;
}
