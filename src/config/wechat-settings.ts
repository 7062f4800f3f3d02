import { IsIn } from 'class-validator';
import { isBase64, isBase64Of, isFile, isFileOf } from './certificate-settings.js';
import { Satisfies, isBaseUrl, isShortName, OptionalSetting, WholeNumber } from './setting-decorators.js';

const isText = (value: unknown): value is string => typeof value === 'string';
const isAppId = (value: unknown): boolean => isText(value) && /^wx[0-9a-zA-Z]{6,30}$/.test(value);
const REQUIRED_WHEN_LIVE = 'is required with WECHAT_MODE=live and must be';

/** The variables that begin with `WECHAT_`: the shop's identity at WeChat and the settings of the WeChat APIs. */
export class WechatSettings {
  @IsIn(['simulator', 'live'], { message: '$property must be simulator or live' })
  readonly WECHAT_MODE!: 'simulator' | 'live';

  @Satisfies(isAppId, `${REQUIRED_WHEN_LIVE} the mini-program's appid, such as wx8888888888888888`)
  readonly WECHAT_APP_ID!: string;

  @Satisfies(
    (value) => isText(value) && /^\S{1,128}$/.test(value),
    `${REQUIRED_WHEN_LIVE} the mini-program's AppSecret`,
  )
  readonly WECHAT_APP_SECRET!: string;

  /** The appid of the mobile app (移动应用) in which payments with trade type APP are made. */
  @Satisfies(isAppId, 'must be the appid of a mobile app of the open platform, such as wx8888888888888888')
  readonly WECHAT_MOBILE_APP_ID!: string;

  /** The AppSecret of the mobile app; only the app protocol of 2014 needs it. */
  @Satisfies((value) => isText(value) && /^\S{1,128}$/.test(value), 'must be the AppSecret of the mobile app')
  readonly WECHAT_MOBILE_APP_SECRET!: string;

  /** The protocol of new APP payments: v2 (unifiedorder), or v1 (the protocol of 2014). */
  @IsIn(['v2', 'v1'], { message: '$property must be v2 or v1' })
  readonly WECHAT_APP_PROTOCOL: 'v2' | 'v1' = 'v2';

  @Satisfies((value) => isText(value) && /^\d{6,32}$/.test(value), 'must be the 财付通 merchant number, 10 digits')
  readonly WECHAT_V1_PARTNER_ID!: string;

  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && /^[0-9A-Za-z]{32}$/.test(value),
    'must be the 32 letters and digits of the PartnerKey',
  )
  readonly WECHAT_V1_PARTNER_KEY?: string;

  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && /^[0-9A-Za-z]{128}$/.test(value),
    'must be the 128 letters and digits of the PaySignKey',
  )
  readonly WECHAT_V1_PAY_SIGN_KEY?: string;

  /** The character set of new packages of the protocol of 2014. */
  @IsIn(['UTF-8', 'GBK'], { message: '$property must be UTF-8 or GBK' })
  readonly WECHAT_V1_CHARSET: 'UTF-8' | 'GBK' = 'UTF-8';

  /** The call that requests the platform's access_token. Instances share the token in both modes. */
  @IsIn(['stable', 'plain'], { message: '$property must be stable or plain' })
  readonly WECHAT_ACCESS_TOKEN_MODE: 'stable' | 'plain' = 'stable';

  @Satisfies(
    (value) => isText(value) && /^\d{6,32}$/.test(value),
    `${REQUIRED_WHEN_LIVE} the merchant number, 8 or 10 digits`,
  )
  readonly WECHAT_MCH_ID!: string;

  @Satisfies(
    (value) => isText(value) && /^[0-9A-Za-z]{32}$/.test(value),
    `${REQUIRED_WHEN_LIVE} the 32 letters and digits of the v2 API key`,
  )
  readonly WECHAT_API_KEY!: string;

  @IsIn(['MD5', 'HMAC-SHA256'], { message: '$property must be MD5 or HMAC-SHA256' })
  readonly WECHAT_SIGN_TYPE: 'MD5' | 'HMAC-SHA256' = 'MD5';

  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_API_BASE_URL!: string;

  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_BASE_URL!: string;

  /** The backup address, used when no connection to WECHAT_PAY_BASE_URL can be made. */
  @OptionalSetting()
  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_BACKUP_BASE_URL?: string;

  /** The address of refunds, the only calls that require the merchant certificate. */
  @Satisfies(isBaseUrl, 'must be an http(s) address without trailing slash')
  readonly WECHAT_PAY_CERT_BASE_URL!: string;

  /** `apiclient_cert.pem`. It is compared with its key when it is loaded. */
  @OptionalSetting()
  @Satisfies(
    isFileOf('CERTIFICATE'),
    'must be the path of a PEM file with at least one certificate, such as apiclient_cert.pem',
  )
  readonly WECHAT_MCH_CERT_FILE?: string;

  /** `apiclient_key.pem`. */
  @OptionalSetting()
  @Satisfies(
    isFileOf('PRIVATE KEY'),
    'must be the path of a PEM file with an unencrypted private key, such as apiclient_key.pem',
  )
  readonly WECHAT_MCH_KEY_FILE?: string;

  /** `apiclient_cert.p12`: certificate and key; its password is the merchant number. */
  @OptionalSetting()
  @Satisfies(isFile, 'must be the path of a P12 file, such as apiclient_cert.p12')
  readonly WECHAT_MCH_P12_FILE?: string;

  @OptionalSetting()
  @Satisfies(isBase64Of('CERTIFICATE'), 'must be a PEM file with at least one certificate, encoded in base64')
  readonly WECHAT_MCH_CERT_BASE64?: string;

  @OptionalSetting()
  @Satisfies(isBase64Of('PRIVATE KEY'), 'must be a PEM file with an unencrypted private key, encoded in base64')
  readonly WECHAT_MCH_KEY_BASE64?: string;

  @OptionalSetting()
  @Satisfies(isBase64, 'must be a P12 file, encoded in base64')
  readonly WECHAT_MCH_P12_BASE64?: string;

  /** A PEM file with certificate authorities to trust in addition to the usual ones. */
  @OptionalSetting()
  @Satisfies(isFileOf('CERTIFICATE'), 'must be the path of a PEM file with at least one certificate')
  readonly WECHAT_CA_FILE?: string;

  @OptionalSetting()
  @Satisfies(isBase64Of('CERTIFICATE'), 'must be a PEM file with at least one certificate, encoded in base64')
  readonly WECHAT_CA_BASE64?: string;

  /** Seconds that WeChat may take to answer one call before its outcome counts as unknown. */
  @WholeNumber(1, 60)
  readonly WECHAT_TIMEOUT_SECONDS: number = 6;

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

  /** The Token of 小程序后台 → 开发管理 → 消息推送. Without it the message endpoint rejects all messages. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && /^[0-9A-Za-z]{3,32}$/.test(value),
    'must be the 3 to 32 letters and digits of the Token',
  )
  readonly WECHAT_MESSAGE_TOKEN?: string;

  /** The EncodingAESKey from the same page; required if messages are sent in safe mode. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && /^[0-9A-Za-z]{43}$/.test(value),
    'must be the 43 letters and digits of the EncodingAESKey',
  )
  readonly WECHAT_MESSAGE_AES_KEY?: string;
}
