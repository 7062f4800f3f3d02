import { readSettings } from '../config/read-settings.js';
import type { Settings } from '../config/settings.js';
import { checkShopIdentity } from '../database/check-shop-identity.js';
import type { ShopIdentity } from '../database/shop-identity.entity.js';
import type { VerifyOptions } from './verify-options.js';
import { compareWithWechat, type WechatFinding, type WechatQueries } from './compare-with-wechat.js';
import { ReadOnlyDatabase, CannotVerifyError } from './read-only-database.js';
import { checkInvariants } from './check-invariants.js';
import type { Invariant } from './invariant.js';
import { couponInvariants } from './invariants/coupons.js';
import { deadlineInvariants } from './invariants/deadlines.js';
import { eventInvariants } from './invariants/events.js';
import { orderInvariants } from './invariants/orders.js';
import { paymentInvariants } from './invariants/payments.js';
import { refundInvariants } from './invariants/refunds.js';
import { stockInvariants } from './invariants/stock.js';
import type { Report } from './report.js';
import { createWechatClient } from './wechat-client.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Five questions a second, of the hundreds that WeChat takes from a merchant. */
const QUERY_PAUSE_MS = 200;

/** All that is read of the environment when WeChat is not asked: a shop's books can be checked without its secrets. */
const REQUIRED_VARIABLES = ['DATABASE_URL', 'RECONCILE_INTERVAL_SECONDS'];

/** What a test may put in place of the world. */
export interface VerifyDependencies {
  wechat?: WechatQueries;
  pauseMs?: number;
}

/** @param overdue before which no date may lie. */
export function allInvariants(overdue: Date): readonly Invariant[] {
  const text = overdue.toISOString().replace('T', ' ').replace('Z', '');
  return [
    ...paymentInvariants,
    ...orderInvariants,
    ...refundInvariants,
    ...stockInvariants,
    ...couponInvariants,
    ...deadlineInvariants(text),
    ...eventInvariants,
  ];
}

/** Checks a shop's books without touching them. @throws CannotVerifyError when it cannot be said whether they are right. */
export async function verify(
  wanted: VerifyOptions,
  environment: Environment,
  world: VerifyDependencies = {},
): Promise<Report> {
  const settings = readVerifySettings(wanted, environment, world);
  const at = wanted.now ?? new Date();
  const books = await ReadOnlyDatabase.open(settings.DATABASE_URL);
  try {
    const patience = wanted.graceSeconds + settings.RECONCILE_INTERVAL_SECONDS;
    const invariants = allInvariants(new Date(at.getTime() - patience * 1000));
    const findings = await checkInvariants(books, invariants, wanted);
    const answers = wanted.wechatSample > 0 ? await compareSample(books, wanted, settings, world) : [];
    return { databaseName: books.name, at, findings: [...findings, ...answers] };
  } finally {
    await books.close();
  }
}

async function compareSample(
  books: ReadOnlyDatabase,
  wanted: VerifyOptions,
  settings: Settings,
  world: VerifyDependencies,
): Promise<WechatFinding[]> {
  const { wechatSample: sampleSize, exampleLimit } = wanted;
  const { pauseMs = QUERY_PAUSE_MS } = world;
  if (world.wechat) return compareWithWechat(books, { wechat: world.wechat, sampleSize, pauseMs, exampleLimit });
  await assertOwnShop(books, settings);
  const wechat = createWechatClient(settings);
  try {
    return await compareWithWechat(books, { wechat, sampleSize, pauseMs, exampleLimit });
  } finally {
    await wechat.close();
  }
}

/** Another merchant's WeChat would deny every payment of this shop. @throws CannotVerifyError that names the variable to change. */
async function assertOwnShop(books: ReadOnlyDatabase, settings: Settings): Promise<void> {
  const [known] = await books.query<Pick<ShopIdentity, 'mode'> & { mch_id: string }>(
    'SELECT mode, mch_id FROM shop_identity',
  );
  if (known === undefined) return;
  const verdict = checkShopIdentity({ mode: known.mode, mchId: known.mch_id }, settings);
  if (verdict.kind === 'REFUSED') throw new CannotVerifyError(verdict.reason);
}

function readVerifySettings(
  { wechatSample }: VerifyOptions,
  environment: Environment,
  { wechat }: VerifyDependencies,
): Settings {
  const isWhole = wechatSample > 0 && !wechat;
  const given = isWhole ? environment : Object.fromEntries(REQUIRED_VARIABLES.map((name) => [name, environment[name]]));
  try {
    return readSettings(given);
  } catch (error) {
    throw new CannotVerifyError(error instanceof Error ? error.message : String(error));
  }
}
