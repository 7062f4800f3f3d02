import { readSettings } from '../config/read-settings.js';
import type { Settings } from '../config/settings.js';
import { checkShopIdentity } from '../database/shop-identity/check-shop-identity.js';
import type { ShopIdentity } from '../database/shop-identity/shop-identity.entity.js';
import type { VerifyOptions } from './verify-options.js';
import { compareWithWechat, type WechatFinding, type WechatQueries } from './compare-with-wechat.js';
import { ReadOnlyDatabase, CannotVerifyError } from './read-only-database.js';
import { readChannelUse } from './channel-use.js';
import { checkInvariants } from './check-invariants.js';
import type { Invariant } from './invariant.js';
import { billInvariants } from './invariants/bills.js';
import { couponInvariants } from './invariants/coupons.js';
import { deadlineInvariants } from './invariants/deadlines.js';
import { eventInvariants } from './invariants/events.js';
import { outboundEventInvariants } from './invariants/outbound-events.js';
import { orderInvariants } from './invariants/orders.js';
import { paymentInvariants } from './invariants/payments.js';
import { refundInvariants } from './invariants/refunds.js';
import { stockInvariants } from './invariants/stock.js';
import type { Report } from './report.js';
import { createQueryOnlyRegistry } from '../wechat/pay/query-only-registry.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Five queries per second, far below WeChat's limit per merchant. */
const QUERY_PAUSE_MS = 200;

/** A day less than events are kept, because clocks may differ. */
const CHECKED_EVENT_DAYS = 29;

/** The only variables read without --wechat, so that a database can be checked without the shop's secrets. */
const REQUIRED_VARIABLES = ['DATABASE_URL', 'RECONCILE_INTERVAL_SECONDS'];

/** Dependencies that tests replace. */
export interface VerifyDependencies {
  wechat?: WechatQueries;
  pauseMs?: number;
}

/** @param overdue no due date may be earlier. */
export function allInvariants(overdue: Date): readonly Invariant[] {
  const text = toSqlTime(overdue);
  const keptSince = toSqlTime(new Date(overdue.getTime() - CHECKED_EVENT_DAYS * 86_400_000));
  return [
    ...paymentInvariants,
    ...orderInvariants,
    ...refundInvariants,
    ...stockInvariants,
    ...couponInvariants,
    ...deadlineInvariants(text),
    ...eventInvariants,
    ...outboundEventInvariants({ overdue: text, keptSince }),
    ...billInvariants,
  ];
}

const toSqlTime = (time: Date): string => time.toISOString().replace('T', ' ').replace('Z', '');

/** Checks a shop's database without changing it. @throws CannotVerifyError if the check is not possible. */
export async function verify(
  options: VerifyOptions,
  environment: Environment,
  dependencies: VerifyDependencies = {},
): Promise<Report> {
  const settings = readVerifySettings(options, environment, dependencies);
  const at = options.now ?? new Date();
  const database = await ReadOnlyDatabase.open(settings.DATABASE_URL);
  try {
    const toleranceSeconds = options.graceSeconds + settings.RECONCILE_INTERVAL_SECONDS;
    const invariants = allInvariants(new Date(at.getTime() - toleranceSeconds * 1000));
    const findings = await checkInvariants(database, invariants, options);
    const comparisons = options.wechatSample > 0 ? await compareSample(database, options, settings, dependencies) : [];
    const channels = await readChannelUse(database);
    return { databaseName: database.name, at, findings: [...findings, ...comparisons], channels };
  } finally {
    await database.close();
  }
}

async function compareSample(
  database: ReadOnlyDatabase,
  options: VerifyOptions,
  settings: Settings,
  dependencies: VerifyDependencies,
): Promise<WechatFinding[]> {
  const { wechatSample: sampleSize, exampleLimit } = options;
  const { pauseMs = QUERY_PAUSE_MS } = dependencies;
  if (dependencies.wechat)
    return compareWithWechat(database, { wechat: dependencies.wechat, sampleSize, pauseMs, exampleLimit });
  await assertOwnShop(database, settings);
  const wechat = await createWechatClient(settings);
  try {
    return await compareWithWechat(database, { wechat, sampleSize, pauseMs, exampleLimit });
  } finally {
    await wechat.close();
  }
}

/** Another merchant's account does not have the payments of this shop. @throws CannotVerifyError that names the variable. */
async function assertOwnShop(database: ReadOnlyDatabase, settings: Settings): Promise<void> {
  const [known] = await database.query<Pick<ShopIdentity, 'mode'> & { mch_id: string }>(
    'SELECT mode, mch_id FROM shop_identity',
  );
  if (known === undefined) return;
  const check = checkShopIdentity({ mode: known.mode, mchId: known.mch_id }, settings.wechat);
  if (check.kind === 'REFUSED') throw new CannotVerifyError(check.reason);
}

function readVerifySettings(
  { wechatSample }: VerifyOptions,
  environment: Environment,
  { wechat }: VerifyDependencies,
): Settings {
  const isWhole = wechatSample > 0 && !wechat;
  const requiredEnvironment = isWhole
    ? environment
    : Object.fromEntries(REQUIRED_VARIABLES.map((name) => [name, environment[name]]));
  try {
    return readSettings(requiredEnvironment);
  } catch (error) {
    throw new CannotVerifyError(error instanceof Error ? error.message : String(error));
  }
}

/** The service's queries, without its other calls. */
async function createWechatClient(settings: Settings): Promise<WechatQueries & { close(): Promise<void> }> {
  const { registry, close } = await createQueryOnlyRegistry(settings);
  return {
    queryPayment: (payment) => registry.of(payment.channel).queryPayment(payment),
    queryRefund: (outRefundNo, { account, payment }) => {
      const refundAccount = account ?? registry.of(payment.channel).refundAccountOf(payment);
      return registry.of(refundAccount.channel).queryRefund(outRefundNo, refundAccount);
    },
    close,
  };
}
