import { IsIn } from 'class-validator';
import {
  isBaseUrl,
  isShortName,
  isText,
  matches,
  OptionalSetting,
  Satisfies,
  WholeNumber,
} from '../setting-decorators.js';

const isAppId = matches(/^wx[0-9a-zA-Z]{6,30}$/);
const REQUIRED_WHEN_LIVE = 'is required with WECHAT_MODE=live and must be';

/** The shop's identity at the simulator. Not valid at WeChat. */
export const SIMULATED_IDENTITY = {
  WECHAT_APP_ID: 'wx8888888888888888',
  WECHAT_APP_SECRET: '5d1c8f0e2b7a4963a0f1e2d3c4b5a697',
  WECHAT_MCH_ID: '1900000109',
} as const;

/** The shop's identity at WeChat, the addresses of WeChat, and what several payment protocols share. */
export class WechatSettings {
  @IsIn(['simulator', 'live'], { message: '$property must be simulator or live' })
  readonly WECHAT_MODE!: 'simulator' | 'live';

  @Satisfies(isAppId, `${REQUIRED_WHEN_LIVE} the mini-program's appid, such as wx8888888888888888`)
  readonly WECHAT_APP_ID!: string;

  @Satisfies(matches(/^\S{1,128}$/), `${REQUIRED_WHEN_LIVE} the mini-program's AppSecret`)
  readonly WECHAT_APP_SECRET!: string;

  /** The appid of the mobile app (移动应用) in which payments with trade type APP are made. */
  @Satisfies(isAppId, 'must be the appid of a mobile app of the open platform, such as wx8888888888888888')
  readonly WECHAT_MOBILE_APP_ID!: string;

  /** The AppIDs of the merchant's further mini-programs and official accounts, separated by commas; see `extraAppIdsOf`. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && isListOfAppIds(splitList(value)),
    'must be different AppIDs separated by commas, such as wx7654321fedcba000,wx89abcdef01234567',
  )
  readonly WECHAT_EXTRA_APP_IDS?: string;

  /** The call that requests the platform's access_token. Instances share the token in both modes. */
  @IsIn(['stable', 'plain'], { message: '$property must be stable or plain' })
  readonly WECHAT_ACCESS_TOKEN_MODE: 'stable' | 'plain' = 'stable';

  @Satisfies(matches(/^\d{6,32}$/), `${REQUIRED_WHEN_LIVE} the merchant number, 8 or 10 digits`)
  readonly WECHAT_MCH_ID!: string;

  /** The merchant number stored in the database, if the shop has changed to another one. Without it the start fails. */
  @OptionalSetting()
  @Satisfies(matches(/^\d{6,32}$/), 'must be the previous merchant number, 8 or 10 digits')
  readonly ACCEPT_MERCHANT_CHANGE_FROM?: string;

  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_API_BASE_URL!: string;

  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_BASE_URL!: string;

  /** The backup address, used when no connection to WECHAT_PAY_BASE_URL can be made. */
  @OptionalSetting()
  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_BACKUP_BASE_URL?: string;

  /** The site on which MWEB payments start. Default: the origin of PUBLIC_BASE_URL. */
  @OptionalSetting()
  @Satisfies(
    (value) => isBaseUrl(value) && String(value).length <= 128,
    'must be the http(s) address of your mobile site',
  )
  readonly WECHAT_H5_WAP_URL?: string;

  /** The name of that site. Default: SHOP_NAME. */
  @OptionalSetting()
  @Satisfies(isShortName, 'must be 1 to 40 characters in one line')
  readonly WECHAT_H5_WAP_NAME?: string;

  /** The page to which WeChat redirects after the payment. Default: the page that opened WeChat's page. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && value.length <= 256 && URL.canParse(value) && /^https?:\/\//.test(value),
    'must be an http(s) address of at most 256 characters',
  )
  readonly WECHAT_H5_REDIRECT_URL?: string;

  /** Seconds that WeChat may take to respond to one call before its outcome counts as unknown. */
  @WholeNumber(1, 60)
  readonly WECHAT_TIMEOUT_SECONDS: number = 6;

  /** The Token of 小程序后台 → 开发管理 → 消息推送. Without it the message endpoint rejects all messages. */
  @OptionalSetting()
  @Satisfies(matches(/^[0-9A-Za-z]{3,32}$/), 'must be the 3 to 32 letters and digits of the Token')
  readonly WECHAT_MESSAGE_TOKEN?: string;

  /** The EncodingAESKey from the same page; required if messages are sent in safe mode. */
  @OptionalSetting()
  @Satisfies(matches(/^[0-9A-Za-z]{43}$/), 'must be the 43 letters and digits of the EncodingAESKey')
  readonly WECHAT_MESSAGE_AES_KEY?: string;
}

/** The further apps, which a payment order may name. */
export function extraAppIdsOf({ WECHAT_EXTRA_APP_IDS: list }: Pick<WechatSettings, 'WECHAT_EXTRA_APP_IDS'>): string[] {
  return list === undefined ? [] : splitList(list);
}

/** Checks across variables. @returns one line, or an empty list. */
export function validateExtraAppIds(settings: WechatSettings): string[] {
  return extraAppIdsOf(settings).includes(settings.WECHAT_APP_ID)
    ? ['WECHAT_EXTRA_APP_IDS must not contain WECHAT_APP_ID: it lists the other apps of the merchant']
    : [];
}

function splitList(list: string): string[] {
  return list.split(',').map((item) => item.trim());
}

function isListOfAppIds(list: readonly string[]): boolean {
  return list.every(isAppId) && new Set(list).size === list.length;
}
