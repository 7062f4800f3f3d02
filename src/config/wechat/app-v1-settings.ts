import { IsIn } from 'class-validator';
import { matches, OptionalSetting, Satisfies } from '../setting-decorators.js';

/** The keys of the simulator's merchant. Not valid at WeChat. */
export const SIMULATED_APP_V1_KEYS = {
  WECHAT_V1_PARTNER_KEY: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
  WECHAT_V1_PAY_SIGN_KEY: 'V1PaySignKeyDemo'.repeat(8),
} as const;

/** The settings of the app protocol of 2014, which is configured when both keys are set. */
export class AppV1Settings {
  /** The protocol of new APP payments: v2 (unifiedorder), or v1 (the protocol of 2014). */
  @IsIn(['v2', 'v1'], { message: '$property must be v2 or v1' })
  readonly WECHAT_APP_PROTOCOL: 'v2' | 'v1' = 'v2';

  /** The AppSecret of the mobile app; only the app protocol of 2014 needs it. */
  @Satisfies(matches(/^\S{1,128}$/), 'must be the AppSecret of the mobile app')
  readonly WECHAT_MOBILE_APP_SECRET!: string;

  @Satisfies(matches(/^\d{6,32}$/), 'must be the 财付通 merchant number, 10 digits')
  readonly WECHAT_V1_PARTNER_ID!: string;

  @OptionalSetting()
  @Satisfies(matches(/^[0-9A-Za-z]{32}$/), 'must be the 32 letters and digits of the PartnerKey')
  readonly WECHAT_V1_PARTNER_KEY?: string;

  @OptionalSetting()
  @Satisfies(matches(/^[0-9A-Za-z]{128}$/), 'must be the 128 letters and digits of the PaySignKey')
  readonly WECHAT_V1_PAY_SIGN_KEY?: string;

  /** The character set of new packages of the protocol of 2014. */
  @IsIn(['UTF-8', 'GBK'], { message: '$property must be UTF-8 or GBK' })
  readonly WECHAT_V1_CHARSET: 'UTF-8' | 'GBK' = 'UTF-8';
}

export const APP_V1_KEYS = ['WECHAT_V1_PARTNER_KEY', 'WECHAT_V1_PAY_SIGN_KEY'] as const;

/** Checks across variables: the app protocol of 2014 needs both keys. @returns one line for each missing key. */
export function validateAppV1Settings(settings: AppV1Settings): string[] {
  const missing = APP_V1_KEYS.filter((name) => settings[name] === undefined);
  if (settings.WECHAT_APP_PROTOCOL === 'v1')
    return missing.map((name) => `${name} is required with WECHAT_APP_PROTOCOL=v1`);
  const [only] = missing.length === 1 ? missing : [];
  return only === undefined ? [] : [`${only} is required together with the other key of the app protocol v1`];
}

/** The defaults for a shop without a mobile app of its own, from the settings of the mini-program. */
export function appV1Defaults(given: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return { WECHAT_MOBILE_APP_SECRET: given['WECHAT_APP_SECRET'], WECHAT_V1_PARTNER_ID: given['WECHAT_MCH_ID'] };
}

/** The simulator's merchant as far as the app protocol of 2014 is concerned. */
export function appV1SimulatorMerchant(settings: AppV1Settings) {
  const { WECHAT_V1_PARTNER_KEY: partnerKey, WECHAT_V1_PAY_SIGN_KEY: paySignKey } = settings;
  return {
    mobile_secret: settings.WECHAT_MOBILE_APP_SECRET,
    partner: settings.WECHAT_V1_PARTNER_ID,
    ...(partnerKey !== undefined && { partner_key: partnerKey }),
    ...(paySignKey !== undefined && { pay_sign_key: paySignKey }),
  };
}
