import { IsIn } from 'class-validator';
import { isKeyText } from '../common/sealing.js';
import { parseDatabaseUrl } from './database-url.js';
import { isBase64, isBase64Of, isFile, isFileOf } from './certificate-variables.js';
import { Flag, Is, isBaseUrl, SecondsList, WhenGiven, WholeNumber } from './variable.js';

const text = (value: unknown): value is string => typeof value === 'string';
const needed = 'is needed with WECHAT_MODE=live and must be';
const DAY_SECONDS = 86_400;
const MONTH_SECONDS = 30 * DAY_SECONDS;

/**
 * The whole environment, typed and validated: nothing else reads `process.env`. Names are the variables' own, so that a
 * complaint, the README and the code speak of the same thing. `readSettings` fills in the defaults that depend on others.
 */
export class Settings {
  @IsIn(['development', 'test', 'production'], { message: '$property must be development, test or production' })
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @Is(
    (value) => text(value) && /^[\w.:-]+$/.test(value),
    'must be an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  )
  readonly HOST: string = '127.0.0.1';

  /** 0 takes any free port. */
  @WholeNumber(0, 65_535)
  readonly PORT: number = 3000;

  /** What WeChat reaches us at. Notify addresses are built from it, and WeChat refuses them above 256 characters. */
  @Is(
    (value) => isBaseUrl(value) && String(value).length <= 200,
    'must be an http(s) address without query or trailing slash',
  )
  readonly PUBLIC_BASE_URL!: string;

  /** Proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas. */
  @WhenGiven()
  @Is(
    (value) => text(value) && /^[\d.:/a-fA-F]+(,[\d.:/a-fA-F]+)*$/.test(value),
    'must be addresses or networks separated by commas',
  )
  readonly TRUSTED_PROXIES?: string;

  @WhenGiven()
  @Is(
    (value) => text(value) && value.split(',').every(isBaseUrl),
    'must be origins such as https://shop.example.com, separated by commas',
  )
  readonly CORS_ORIGINS?: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: '$property must be a level of pino, such as info',
  })
  readonly LOG_LEVEL: string = 'info';

  @Is(
    (value) => text(value) && parseDatabaseUrl(value) !== null,
    'must be sqlite:PATH, sqlite::memory: or mysql://user:pass@host:port/db',
  )
  readonly DATABASE_URL: string = 'sqlite:./data/dev.sqlite';

  /** Connections to MySQL; SQLite has one. */
  @WholeNumber(2, 1000)
  readonly DATABASE_POOL_SIZE: number = 20;

  /** What phone numbers are sealed with in the database; without it, with a key made of WECHAT_APP_SECRET. */
  @WhenGiven()
  @Is(isKeyText, 'must be 32 random bytes in base64, such as `openssl rand -base64 32` makes')
  readonly DATA_ENCRYPTION_KEY?: string;

  /** Keys of before, with which what they sealed can still be opened. */
  @WhenGiven()
  @Is(
    (value) => text(value) && value.split(',').every(isKeyText),
    'must be keys of 32 bytes in base64, separated by commas',
  )
  readonly DATA_ENCRYPTION_OLD_KEYS?: string;

  @WhenGiven()
  @Is((value) => text(value) && /^(rediss?|memcache):\/\/.+/.test(value), 'must be redis://… or memcache://…')
  readonly SESSION_STORE_URL?: string;

  @WholeNumber(1, MONTH_SECONDS)
  readonly SESSION_TTL_SECONDS: number = 7200;

  /** Logins a minute from one address, before 429. */
  @WholeNumber(1, 1_000_000)
  readonly LOGIN_LIMIT_PER_MINUTE: number = 600;

  @IsIn(['simulator', 'live'], { message: '$property must be simulator or live' })
  readonly WECHAT_MODE!: 'simulator' | 'live';

  @WholeNumber(1, 65_535)
  readonly SIMULATOR_PORT: number = 3001;

  @Is(
    (value) => text(value) && /^wx[0-9a-zA-Z]{6,30}$/.test(value),
    `${needed} the mini-program's appid, such as wx8888888888888888`,
  )
  readonly WECHAT_APP_ID!: string;

  @Is((value) => text(value) && /^\S{1,128}$/.test(value), `${needed} the mini-program's AppSecret`)
  readonly WECHAT_APP_SECRET!: string;

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

  /** What the payer reads as the name of the sale: 商家名称-销售商品类目. At most 60 bytes go to WeChat. */
  @Is((value) => text(value) && value.length >= 1 && value.length <= 40, 'must be 1 to 40 characters')
  readonly SHOP_NAME: string = '小店';

  @WholeNumber(1, MONTH_SECONDS)
  readonly ORDER_TTL_SECONDS: number = 1200;

  @WholeNumber(1, DAY_SECONDS)
  readonly RECONCILE_INTERVAL_SECONDS: number = 5;

  @SecondsList()
  readonly QUERY_BACKOFF_SECONDS: readonly number[] = [10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];

  /** The gaps between two questions about one refund, and between two sendings of one whose outcome is unknown. */
  @SecondsList()
  readonly REFUND_QUERY_BACKOFF_SECONDS: readonly number[] = [30, 60, 300, 600, 1800, 3600, 21_600, 86_400];

  /** What becomes of money for an order that was closed meanwhile: back to the payer, or goods if they can still be had. */
  @IsIn(['refund', 'deliver'], { message: '$property must be refund or deliver' })
  readonly LATE_PAYMENT_POLICY: 'refund' | 'deliver' = 'refund';

  /** Whoever scrapes `/metrics` must show it; without it, whoever reaches the address may. */
  @WhenGiven()
  @Is((value) => text(value) && /^[\w-]{16,128}$/.test(value), 'must be 16 to 128 letters, digits, _ or -')
  readonly METRICS_TOKEN?: string;

  @WhenGiven()
  @Is((value) => text(value) && /^[\w.@-]{1,64}$/.test(value), 'must be 1 to 64 letters, digits or . _ @ -')
  readonly ADMIN_BOOTSTRAP_USERNAME?: string;

  @WhenGiven()
  @Is((value) => text(value) && value.length >= 8 && value.length <= 128, 'must be 8 to 128 characters')
  readonly ADMIN_BOOTSTRAP_PASSWORD?: string;

  @Flag()
  readonly SEED_DEMO_DATA!: boolean;
}
