import { IsIn } from 'class-validator';
import { isBaseUrl, matches, OptionalSetting, Satisfies } from '../setting-decorators.js';

/** The key of the simulator's merchant. Not valid at WeChat. */
export const SIMULATED_V2_KEY = { WECHAT_API_KEY: 'a1b2c3d4e5f60718293a4b5c6d7e8f90' } as const;

/** The simulator's merchant as far as v2 is concerned. */
export function v2SimulatorMerchant({ WECHAT_API_KEY: key }: V2Settings) {
  return { ...(key !== undefined && { key }) };
}

/** The settings of WeChat Pay v2, which is configured when its key is set. */
export class V2Settings {
  @OptionalSetting()
  @Satisfies(matches(/^[0-9A-Za-z]{32}$/), 'must be the 32 letters and digits of the v2 API key')
  readonly WECHAT_API_KEY?: string;

  @IsIn(['MD5', 'HMAC-SHA256'], { message: '$property must be MD5 or HMAC-SHA256' })
  readonly WECHAT_SIGN_TYPE: 'MD5' | 'HMAC-SHA256' = 'MD5';

  /** The address of refunds, the only calls that require the merchant certificate. */
  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_CERT_BASE_URL!: string;
}
