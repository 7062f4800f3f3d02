import { IsIn } from 'class-validator';
import { isBase64, isBase64Of, isFile, isFileOf } from './certificate-variables.js';
import { Is, isBaseUrl, isShortName, WhenGiven, WholeNumber } from './variable.js';

const text = (value: unknown): value is string => typeof value === 'string';
const isAppId = (value: unknown): boolean => text(value) && /^wx[0-9a-zA-Z]{6,30}$/.test(value);
const needed = 'is needed with WECHAT_MODE=live and must be';

/** The variables that begin with `WECHAT_`: who the shop is at WeChat, and how it speaks there. */
export class WechatSettings {
  @IsIn(['simulator', 'live'], { message: '$property must be simulator or live' })
  readonly WECHAT_MODE!: 'simulator' | 'live';

  @Is(isAppId, `${needed} the mini-program's appid, such as wx8888888888888888`)
  readonly WECHAT_APP_ID!: string;

  @Is((value) => text(value) && /^\S{1,128}$/.test(value), `${needed} the mini-program's AppSecret`)
  readonly WECHAT_APP_SECRET!: string;

  /** The app (移动应用) of the open platform that payments with trade type APP are made in. */
  @Is(isAppId, 'must be the appid of a mobile app of the open platform, such as wx8888888888888888')
  readonly WECHAT_MOBILE_APP_ID!: string;

  /** Its AppSecret; only the app protocol of 2014 needs it. */
  @Is((value) => text(value) && /^\S{1,128}$/.test(value), 'must be the AppSecret of the mobile app')
  readonly WECHAT_MOBILE_APP_SECRET!: string;

  /** How payments in an app begin: by unifiedorder, or by the protocol of 2014. */
  @IsIn(['v2', 'v1'], { message: '$property must be v2 or v1' })
  readonly WECHAT_APP_PROTOCOL: 'v2' | 'v1' = 'v2';

  @Is((value) => text(value) && /^\d{6,32}$/.test(value), 'must be the 财付通 merchant number, 10 digits')
  readonly WECHAT_V1_PARTNER_ID!: string;

  @WhenGiven()
  @Is((value) => text(value) && /^[0-9A-Za-z]{32}$/.test(value), 'must be the 32 letters and digits of the PartnerKey')
  readonly WECHAT_V1_PARTNER_KEY?: string;

  @WhenGiven()
  @Is(
    (value) => text(value) && /^[0-9A-Za-z]{128}$/.test(value),
    'must be the 128 letters and digits of the PaySignKey',
  )
  readonly WECHAT_V1_PAY_SIGN_KEY?: string;

  /** What new packages of that protocol are written in. */
  @IsIn(['UTF-8', 'GBK'], { message: '$property must be UTF-8 or GBK' })
  readonly WECHAT_V1_CHARSET: 'UTF-8' | 'GBK' = 'UTF-8';

  /** How the access_token of the platform is got; shared by instances in either mode. */
  @IsIn(['stable', 'plain'], { message: '$property must be stable or plain' })
  readonly WECHAT_ACCESS_TOKEN_MODE: 'stable' | 'plain' = 'stable';

  @Is((value) => text(value) && /^\d{6,32}$/.test(value), `${needed} the merchant number, 8 or 10 digits`)
  readonly WECHAT_MCH_ID!: string;

  @Is(
    (value) => text(value) && /^[0-9A-Za-z]{32}$/.test(value),
    `${needed} the 32 letters and digits of the v2 API key`,
  )
  readonly WECHAT_API_KEY!: string;

  @IsIn(['MD5', 'HMAC-SHA256'], { message: '$property must be MD5 or HMAC-SHA256' })
  readonly WECHAT_SIGN_TYPE: 'MD5' | 'HMAC-SHA256' = 'MD5';

  @Is(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_API_BASE_URL!: string;

  @Is(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_BASE_URL!: string;

  /** The twin that is asked when no connection to WECHAT_PAY_BASE_URL can be made. */
  @WhenGiven()
  @Is(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_BACKUP_BASE_URL?: string;

  /** Where refunds go: the one thing that WeChat does only for the holder of the merchant's certificate. */
  @Is(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_CERT_BASE_URL!: string;

  /** `apiclient_cert.pem`. Whether it fits its key is looked at when it is loaded. */
  @WhenGiven()
  @Is(
    isFileOf('CERTIFICATE'),
    'must be the path of a PEM file with at least one certificate, such as apiclient_cert.pem',
  )
  readonly WECHAT_MCH_CERT_FILE?: string;

  /** `apiclient_key.pem`. */
  @WhenGiven()
  @Is(
    isFileOf('PRIVATE KEY'),
    'must be the path of a PEM file with an unencrypted private key, such as apiclient_key.pem',
  )
  readonly WECHAT_MCH_KEY_FILE?: string;

  /** `apiclient_cert.p12`: both in one, under the merchant number as the password. */
  @WhenGiven()
  @Is(isFile, 'must be the path of a P12 file, such as apiclient_cert.p12')
  readonly WECHAT_MCH_P12_FILE?: string;

  @WhenGiven()
  @Is(isBase64Of('CERTIFICATE'), 'must be a PEM file with at least one certificate, encoded in base64')
  readonly WECHAT_MCH_CERT_BASE64?: string;

  @WhenGiven()
  @Is(isBase64Of('PRIVATE KEY'), 'must be a PEM file with an unencrypted private key, encoded in base64')
  readonly WECHAT_MCH_KEY_BASE64?: string;

  @WhenGiven()
  @Is(isBase64, 'must be a P12 file, encoded in base64')
  readonly WECHAT_MCH_P12_BASE64?: string;

  /** A PEM file with authorities to trust besides the usual ones. */
  @WhenGiven()
  @Is(isFileOf('CERTIFICATE'), 'must be the path of a PEM file with at least one certificate')
  readonly WECHAT_CA_FILE?: string;

  @WhenGiven()
  @Is(isBase64Of('CERTIFICATE'), 'must be a PEM file with at least one certificate, encoded in base64')
  readonly WECHAT_CA_BASE64?: string;

  /** Seconds that WeChat may take to answer one call before its outcome counts as unknown. */
  @WholeNumber(1, 60)
  readonly WECHAT_TIMEOUT_SECONDS: number = 6;

  /** The site that payments in a mobile browser begin on; without it the origin of PUBLIC_BASE_URL. */
  @WhenGiven()
  @Is((value) => isBaseUrl(value) && String(value).length <= 128, 'must be the http(s) address of your mobile site')
  readonly WECHAT_H5_WAP_URL?: string;

  /** What that site is called; without it SHOP_NAME. */
  @WhenGiven()
  @Is(isShortName, 'must be 1 to 40 characters in one line')
  readonly WECHAT_H5_WAP_NAME?: string;

  /** Where WeChat's page leads back to; without it to the page that it was called from. */
  @WhenGiven()
  @Is(
    (value) => text(value) && value.length <= 256 && URL.canParse(value) && /^https?:\/\//.test(value),
    'must be an http(s) address of at most 256 characters',
  )
  readonly WECHAT_H5_REDIRECT_URL?: string;

  /** The token of 小程序后台 → 开发管理 → 消息推送; without it the address for messages refuses everything. */
  @WhenGiven()
  @Is(
    (value) => text(value) && /^[0-9A-Za-z]{3,32}$/.test(value),
    'must be the 3 to 32 letters and digits of the Token',
  )
  readonly WECHAT_MESSAGE_TOKEN?: string;

  /** The EncodingAESKey from the same page; needed when messages come in safe mode. */
  @WhenGiven()
  @Is(
    (value) => text(value) && /^[0-9A-Za-z]{43}$/.test(value),
    'must be the 43 letters and digits of the EncodingAESKey',
  )
  readonly WECHAT_MESSAGE_AES_KEY?: string;
}
