import { IsIn } from 'class-validator';
import { isBase64Key } from '../common/encryption-key.js';
import { parseNetwork } from '../common/http/trusted-proxies.js';
import { parseDatabaseUrl } from './database-url.js';
import {
  BooleanSetting,
  isBaseUrl,
  isFile,
  isShortName,
  isText,
  isWritableDirectory,
  matches,
  OptionalSetting,
  Satisfies,
  SecondsList,
  WholeNumber,
} from './setting-decorators.js';
import { StaffSettings } from './staff-settings.js';
import { AppV1Settings } from './wechat/app-v1-settings.js';
import { CertificateSettings } from './wechat/certificate-settings.js';
import { V2Settings } from './wechat/v2-settings.js';
import { V3Settings } from './wechat/v3-settings.js';
import { WechatSettings } from './wechat/wechat-settings.js';

const DAY_SECONDS = 86_400;
const MONTH_SECONDS = 30 * DAY_SECONDS;
/** The longest lifetime of an order, independent of the current setting. */
export const MAX_ORDER_TTL_SECONDS = MONTH_SECONDS;
/** The longest lifetime of a session, independent of the current setting. */
export const MAX_SESSION_TTL_SECONDS = MONTH_SECONDS;

/**
 * The typed and validated environment: no other code reads `process.env`. Properties have the names of the variables,
 * so that error messages, documents and code use the same names. Each group is a class of its own; `readSettings` reads
 * all of them and adds the defaults that depend on other variables.
 */
export class Settings {
  readonly wechat = new WechatSettings();
  /** WeChat Pay v2. */
  readonly v2 = new V2Settings();
  /** WeChat Pay API v3. */
  readonly v3 = new V3Settings();
  /** The app protocol of 2014. */
  readonly appV1 = new AppV1Settings();
  readonly certificate = new CertificateSettings();
  readonly staff = new StaffSettings();

  @IsIn(['development', 'test', 'production'], { message: '$property must be development, test or production' })
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @Satisfies(matches(/^[\w.:-]+$/), 'must be an address to listen on, such as 127.0.0.1 or 0.0.0.0')
  readonly HOST: string = '127.0.0.1';

  /** 0 chooses any free port. */
  @WholeNumber(0, 65_535)
  readonly PORT: number = 3000;

  /** The address at which WeChat reaches the service. WeChat refuses notify URLs longer than 256 characters. */
  @Satisfies(
    (value) => isBaseUrl(value) && String(value).length <= 200,
    'must be an http(s) address without query or trailing slash',
  )
  readonly PUBLIC_BASE_URL!: string;

  /** Proxies whose X-Forwarded-For is trusted: addresses or networks, separated by commas. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && value.split(',').every((network) => parseNetwork(network) !== null),
    'must be addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8',
  )
  readonly TRUSTED_PROXIES?: string;

  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && value.split(',').every(isBaseUrl),
    'must be origins such as https://shop.example.com, separated by commas',
  )
  readonly CORS_ORIGINS?: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: '$property must be a level of pino, such as info',
  })
  readonly LOG_LEVEL: string = 'info';

  @Satisfies(
    (value) => isText(value) && parseDatabaseUrl(value) !== null,
    'must be sqlite:PATH, sqlite::memory: or mysql://user:pass@host:port/db',
  )
  readonly DATABASE_URL: string = 'sqlite:./data/dev.sqlite';

  /** Connections to MySQL; SQLite has one. */
  @WholeNumber(2, 1000)
  readonly DATABASE_POOL_SIZE: number = 20;

  /** Encrypts phone numbers in the database. Default: a key derived from WECHAT_APP_SECRET. */
  @OptionalSetting()
  @Satisfies(isBase64Key, 'must be 32 random bytes in base64, as printed by `openssl rand -base64 32`')
  readonly DATA_ENCRYPTION_KEY?: string;

  /** Previous keys, used only to decrypt. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && value.split(',').every(isBase64Key),
    'must be keys of 32 bytes in base64, separated by commas',
  )
  readonly DATA_ENCRYPTION_OLD_KEYS?: string;

  @OptionalSetting()
  @Satisfies(matches(/^(rediss?|memcache):\/\/.+/), 'must be redis://… or memcache://…')
  readonly SESSION_STORE_URL?: string;

  @WholeNumber(1, MAX_SESSION_TTL_SECONDS)
  readonly SESSION_TTL_SECONDS: number = 7200;

  /** Buyer logins per minute from one address, or from one IPv6 /64, before 429. All of them may come at once. */
  @WholeNumber(1, 1_000_000)
  readonly LOGIN_LIMIT_PER_MINUTE: number = 600;

  /** Unpaid orders of one user, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_PENDING_ORDERS_PER_USER: number = 20;

  /** Units of one product in the unpaid orders of one user, before 409. */
  @WholeNumber(1, 1_000_000_000)
  readonly MAX_UNPAID_PIECES_PER_USER: number = 500;

  /** Payment attempts of one order, each with its own out_trade_no, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_PAYMENT_ATTEMPTS_PER_ORDER: number = 10;

  /** Calls of pay, sync, cancel and refunds by one user per minute, before 429. Bursts of 100 are allowed. */
  @WholeNumber(1, 1_000_000)
  readonly USER_CALLS_PER_MINUTE: number = 120;

  /** Undecided refund requests of one order, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_OPEN_REFUND_REQUESTS: number = 5;

  /** Refund requests of one order in total, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_REFUND_REQUESTS: number = 20;

  @WholeNumber(1, 65_535)
  readonly SIMULATOR_PORT: number = 3001;

  /** The name that the payer sees: 商家名称-销售商品类目. At most 60 bytes are sent to WeChat. */
  @Satisfies(isShortName, 'must be 1 to 40 characters in one line')
  readonly SHOP_NAME: string = '小店';

  /** A JSON file with the templates of subscribe messages to buyers and their values. */
  @OptionalSetting()
  @Satisfies(isFile, 'must be the path of a JSON file with the templates of subscribe messages')
  readonly SUBSCRIBE_MESSAGES_FILE?: string;

  @WholeNumber(1, MAX_ORDER_TTL_SECONDS)
  readonly ORDER_TTL_SECONDS: number = 1200;

  @WholeNumber(1, DAY_SECONDS)
  readonly RECONCILE_INTERVAL_SECONDS: number = 5;

  @SecondsList()
  readonly QUERY_BACKOFF_SECONDS: readonly number[] = [10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600];

  /** Seconds between two queries for one refund, and between two requests whose outcome is unknown. */
  @SecondsList()
  readonly REFUND_QUERY_BACKOFF_SECONDS: readonly number[] = [30, 60, 300, 600, 1800, 3600, 21_600, 86_400];

  /**
   * For a payment of an order that was closed in the meantime: refund it, or reopen the order if stock is available.
   */
  @IsIn(['refund', 'deliver'], { message: '$property must be refund or deliver' })
  readonly LATE_PAYMENT_POLICY: 'refund' | 'deliver' = 'refund';

  /**
   * Whether shipping information is uploaded to WeChat. Without it WeChat keeps the money for physical goods frozen.
   */
  @IsIn(['on', 'off'], { message: '$property must be on or off' })
  readonly SHIPPING_UPLOAD: 'on' | 'off' = 'on';

  /** Whether WeChat's bills are downloaded and compared every day. Staff can reconcile a day in either case. */
  @IsIn(['on', 'off'], { message: '$property must be on or off' })
  readonly BILL_DOWNLOAD: 'on' | 'off' = 'on';

  /** Where WeChat's bills are kept, on a disk that all instances share. Default: in the database. */
  @OptionalSetting()
  @Satisfies(isWritableDirectory, 'must be the path of an existing directory that the service may write to')
  readonly BILL_DIRECTORY?: string;

  /**
   * Whether events may be sent over http and to private addresses, such as those of a company's network. Never to link-local
   * ones. Default: only outside production.
   */
  @BooleanSetting()
  readonly EVENTS_ALLOW_PRIVATE_NETWORKS!: boolean;

  /** Whether `/docs` and `/docs/openapi.json` are served. */
  @IsIn(['on', 'off'], { message: '$property must be on or off' })
  readonly API_DOCS!: 'on' | 'off';

  /** The bearer token that `/metrics` requires. Without it anyone who can reach the address can read the metrics. */
  @OptionalSetting()
  @Satisfies(matches(/^[\w-]{16,128}$/), 'must be 16 to 128 letters, digits, _ or -')
  readonly METRICS_TOKEN?: string;

  @BooleanSetting()
  readonly SEED_DEMO_DATA!: boolean;
}
