import type { Settings } from '../settings.js';
import { appV1Defaults, appV1SimulatorMerchant, SIMULATED_APP_V1_KEYS } from '../wechat/app-v1-settings.js';
import { CERTIFICATE_VARIABLES } from '../wechat/certificate-settings.js';
import { SIMULATED_V2_KEY, v2SimulatorMerchant } from '../wechat/v2-settings.js';
import { PUBLIC_KEY_VARIABLES, SIMULATED_V3_KEY, v3SimulatorMerchant } from '../wechat/v3-settings.js';
import { extraAppIdsOf, SIMULATED_IDENTITY } from '../wechat/wechat-settings.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The invented merchant of the simulator, with its keys for all protocols. Not valid at WeChat. */
export const SIMULATED_MERCHANT = {
  ...SIMULATED_IDENTITY,
  ...SIMULATED_V2_KEY,
  ...SIMULATED_V3_KEY,
  ...SIMULATED_APP_V1_KEYS,
};

/** What `defaultsFor` adds to it: the mobile app is the mini-program. */
export const SIMULATED_DEFAULTS: Environment = {
  WECHAT_MOBILE_APP_ID: SIMULATED_IDENTITY.WECHAT_APP_ID,
  ...appV1Defaults(SIMULATED_IDENTITY),
};

/** The merchant of the built-in simulator: the one in the settings, with WeChat's names. */
export function simulatorMerchant({ wechat, v2, v3, appV1 }: Settings) {
  return {
    appid: wechat.WECHAT_APP_ID,
    secret: wechat.WECHAT_APP_SECRET,
    mch_id: wechat.WECHAT_MCH_ID,
    mobile_appid: wechat.WECHAT_MOBILE_APP_ID,
    extra_appids: extraAppIdsOf(wechat),
    ...v2SimulatorMerchant(v2),
    ...v3SimulatorMerchant(v3),
    ...appV1SimulatorMerchant(appV1),
  };
}

/** What the service needs to use the simulator for refunds: its TLS address, its CA and a merchant certificate, in PEM. */
export interface SimulatorConnection {
  readonly refundUrl: string;
  readonly certificates: { readonly ca: string; readonly merchant: { readonly cert: string; readonly key: string } };
  /** WeChat's public key in PEM, with which responses and notices of API v3 are verified. */
  readonly v3: { readonly publicKeyId: string; readonly publicKey: string };
}

/**
 * The environment of a service with the built-in simulator, whose addresses are known only after it has started. Variables
 * that are set are kept. A WECHAT_PAY_BASE_URL means that the simulator runs elsewhere.
 */
export function simulatedEnvironment(environment: Environment, simulator: SimulatorConnection): Environment {
  const isGiven = (name: string): boolean => (environment[name] ?? '') !== '';
  // Explicit, because the simulator's certificate would otherwise look like the credential of a live shop.
  const chosen = { ...environment, WECHAT_MODE: 'simulator' };
  if (isGiven('WECHAT_PAY_BASE_URL')) return chosen;
  const { ca, merchant } = simulator.certificates;
  const { v3 } = simulator;
  return {
    ...chosen,
    ...(!isGiven('WECHAT_PAY_CERT_BASE_URL') && { WECHAT_PAY_CERT_BASE_URL: simulator.refundUrl }),
    ...(!isGiven('WECHAT_CA_BASE64') && { WECHAT_CA_BASE64: base64(ca) }),
    ...(!CERTIFICATE_VARIABLES.some(isGiven) && {
      WECHAT_MCH_CERT_BASE64: base64(merchant.cert),
      WECHAT_MCH_KEY_BASE64: base64(merchant.key),
    }),
    ...(![...PUBLIC_KEY_VARIABLES, 'WECHAT_PAY_PLATFORM_CERTS'].some(isGiven) && {
      WECHAT_PAY_PUBLIC_KEY_BASE64: base64(v3.publicKey),
      WECHAT_PAY_PUBLIC_KEY_ID: v3.publicKeyId,
    }),
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
