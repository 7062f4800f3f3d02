import { IsIn } from 'class-validator';
import { isBase64Key } from '../common/encryption-key.js';
import { parseNetwork } from '../common/trusted-proxies.js';
import { parseDatabaseUrl } from './database-url.js';
import { isFile } from './certificate-settings.js';
import {
  Flag,
  Satisfies,
  isBaseUrl,
  isShortName,
  SecondsList,
  OptionalSetting,
  WholeNumber,
} from './setting-decorators.js';
import { WechatSettings } from './wechat-settings.js';

const isText = (value: unknown): value is string => typeof value === 'string';
const DAY_SECONDS = 86_400;
const MONTH_SECONDS = 30 * DAY_SECONDS;
/** No order lives longer, whatever the setting was when it was placed. */
export const MAX_ORDER_TTL_SECONDS = MONTH_SECONDS;
/** No session lives longer, whatever the setting was when it was opened. */
export const MAX_SESSION_TTL_SECONDS = MONTH_SECONDS;

/**
 * The whole environment, typed and validated: nothing else reads `process.env`. Names are the variables' own, so that a
 * complaint, the README and the code speak of the same thing. `readSettings` fills in the defaults that depend on others.
 */
export class Settings extends WechatSettings {
  @IsIn(['development', 'test', 'production'], { message: '$property must be development, test or production' })
  readonly NODE_ENV: 'development' | 'test' | 'production' = 'development';

  @Satisfies(
    (value) => isText(value) && /^[\w.:-]+$/.test(value),
    'must be an address to listen on, such as 127.0.0.1 or 0.0.0.0',
  )
  readonly HOST: string = '127.0.0.1';

  /** 0 takes any free port. */
  @WholeNumber(0, 65_535)
  readonly PORT: number = 3000;

  /** What WeChat reaches us at. Notify addresses are built from it, and WeChat refuses them above 256 characters. */
  @Satisfies(
    (value) => isBaseUrl(value) && String(value).length <= 200,
    'must be an http(s) address without query or trailing slash',
  )
  readonly PUBLIC_BASE_URL!: string;

  /** Proxies whose X-Forwarded-For is believed: addresses or networks, separated by commas. */
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

  /** Lists and sums for staff that one instance reads at a time; the others wait. With SQLite it is one. */
  @WholeNumber(1, 100)
  readonly STAFF_READ_CONCURRENCY: number = 3;

  /** Seconds that a statement of such a read may take on MySQL and MariaDB, before 503. Shorter than a unit of work. */
  @WholeNumber(1, 5)
  readonly STAFF_READ_TIMEOUT_SECONDS: number = 3;

  /** What phone numbers are sealed with in the database; without it, with a key made of WECHAT_APP_SECRET. */
  @OptionalSetting()
  @Satisfies(isBase64Key, 'must be 32 random bytes in base64, such as `openssl rand -base64 32` makes')
  readonly DATA_ENCRYPTION_KEY?: string;

  /** Keys of before, with which what they sealed can still be opened. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && value.split(',').every(isBase64Key),
    'must be keys of 32 bytes in base64, separated by commas',
  )
  readonly DATA_ENCRYPTION_OLD_KEYS?: string;

  @OptionalSetting()
  @Satisfies((value) => isText(value) && /^(rediss?|memcache):\/\/.+/.test(value), 'must be redis://… or memcache://…')
  readonly SESSION_STORE_URL?: string;

  @WholeNumber(1, MAX_SESSION_TTL_SECONDS)
  readonly SESSION_TTL_SECONDS: number = 7200;

  /** Logins of buyers a minute from one address, or from one IPv6 /64, before 429. All of them may come at once. */
  @WholeNumber(1, 1_000_000)
  readonly LOGIN_LIMIT_PER_MINUTE: number = 600;

  /** Failed logins of one staff name from one network in 15 minutes, before 429. The column has room for 15. */
  @WholeNumber(1, 15)
  readonly STAFF_LOGIN_FAILURES: number = 5;

  /** Failed staff logins from one network in 15 minutes, under all names together, before 429. */
  @WholeNumber(1, 1_000_000)
  readonly STAFF_LOGIN_FAILURES_PER_NETWORK: number = 30;

  /** The same for a network with a good login in the last 30 days: an office of many people. */
  @WholeNumber(1, 1_000_000)
  readonly STAFF_LOGIN_FAILURES_PER_KNOWN_NETWORK: number = 300;

  /** Failed logins of one staff name in 15 minutes, from all networks, after which guesses of strangers at it are spaced. */
  @WholeNumber(1, 1_000_000)
  readonly STAFF_LOGIN_FAILURES_PER_NAME: number = 20;

  /** Seconds between two such guesses. */
  @WholeNumber(1, 900)
  readonly STAFF_LOGIN_SPACING_SECONDS: number = 10;

  /** Orders that one user can have waiting for payment, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_PENDING_ORDERS_PER_USER: number = 20;

  /** Pieces of one product that one user can have in orders that wait for payment, before 409. */
  @WholeNumber(1, 1_000_000_000)
  readonly MAX_UNPAID_PIECES_PER_USER: number = 500;

  /** Attempts to pay one order, each under its own out_trade_no, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_PAYMENT_ATTEMPTS_PER_ORDER: number = 10;

  /** Calls of pay, sync, cancel and refunds that one user can make in a minute, before 429. 100 may come at once. */
  @WholeNumber(1, 1_000_000)
  readonly USER_CALLS_PER_MINUTE: number = 120;

  /** Refunds of one order that its buyer can have waiting for a decision, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_OPEN_REFUND_REQUESTS: number = 5;

  /** Refunds that the buyer of one order can ask for in all, before 409. */
  @WholeNumber(1, 1_000_000)
  readonly MAX_REFUND_REQUESTS: number = 20;

  @WholeNumber(1, 65_535)
  readonly SIMULATOR_PORT: number = 3001;

  /** What the payer reads as the name of the sale: 商家名称-销售商品类目. At most 60 bytes go to WeChat. */
  @Satisfies(isShortName, 'must be 1 to 40 characters in one line')
  readonly SHOP_NAME: string = '小店';

  /** What buyers are told by subscribe messages: templates and what stands in them, in JSON. */
  @OptionalSetting()
  @Satisfies(isFile, 'must be the path of a JSON file with the templates of subscribe messages')
  readonly SUBSCRIBE_MESSAGES_FILE?: string;

  @WholeNumber(1, MAX_ORDER_TTL_SECONDS)
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

  /** Whether WeChat is told what was shipped. Without it WeChat keeps the money of physical goods frozen. */
  @IsIn(['on', 'off'], { message: '$property must be on or off' })
  readonly SHIPPING_UPLOAD: 'on' | 'off' = 'on';

  /** The merchant number that the database remembers, when the shop has changed to another. Without it the start is refused. */
  @OptionalSetting()
  @Satisfies(
    (value) => isText(value) && /^\d{6,32}$/.test(value),
    'must be the merchant number of before, 8 or 10 digits',
  )
  readonly ACCEPT_MERCHANT_CHANGE_FROM?: string;

  /** Whether `/docs` and `/docs/openapi.json` are served. */
  @IsIn(['on', 'off'], { message: '$property must be on or off' })
  readonly API_DOCS!: 'on' | 'off';

  /** Whoever scrapes `/metrics` must show it; without it, whoever reaches the address may. */
  @OptionalSetting()
  @Satisfies((value) => isText(value) && /^[\w-]{16,128}$/.test(value), 'must be 16 to 128 letters, digits, _ or -')
  readonly METRICS_TOKEN?: string;

  @OptionalSetting()
  @Satisfies((value) => isText(value) && /^[\w.@-]{1,64}$/.test(value), 'must be 1 to 64 letters, digits or . _ @ -')
  readonly ADMIN_BOOTSTRAP_USERNAME?: string;

  @OptionalSetting()
  @Satisfies((value) => isText(value) && value.length >= 8 && value.length <= 128, 'must be 8 to 128 characters')
  readonly ADMIN_BOOTSTRAP_PASSWORD?: string;

  @Flag()
  readonly SEED_DEMO_DATA!: boolean;
}
