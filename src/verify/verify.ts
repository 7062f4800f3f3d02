import { readSettings } from '../config/read-settings.js';
import type { Settings } from '../config/settings.js';
import { judgeIdentity } from '../database/judge-identity.js';
import type { ShopIdentity } from '../database/shop-identity.entity.js';
import type { Arguments } from './arguments.js';
import { askWechat, type WechatFinding, type WechatQuestions } from './ask-wechat.js';
import { Books, CannotCheck } from './books.js';
import { checkBooks } from './check-books.js';
import type { Invariant } from './invariant.js';
import { couponInvariants } from './invariants/coupons.js';
import { deadlineInvariants } from './invariants/deadlines.js';
import { eventInvariants } from './invariants/events.js';
import { orderInvariants } from './invariants/orders.js';
import { paymentInvariants } from './invariants/payments.js';
import { refundInvariants } from './invariants/refunds.js';
import { stockInvariants } from './invariants/stock.js';
import type { Report } from './report.js';
import { wechatClient } from './wechat-client.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Five questions a second, of the hundreds that WeChat takes from a merchant. */
const PAUSE_MS = 200;

/** All that is read of the environment when WeChat is not asked: a shop's books can be checked without its secrets. */
const NEEDED = ['DATABASE_URL', 'RECONCILE_INTERVAL_SECONDS'];

/** What a test may put in place of the world. */
export interface World {
  wechat?: WechatQuestions;
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

/** Checks a shop's books without touching them. @throws CannotCheck when it cannot be said whether they are right. */
export async function verify(wanted: Arguments, environment: Environment, world: World = {}): Promise<Report> {
  const settings = settingsFor(wanted, environment, world);
  const at = wanted.now ?? new Date();
  const books = await Books.open(settings.DATABASE_URL);
  try {
    const patience = wanted.graceSeconds + settings.RECONCILE_INTERVAL_SECONDS;
    const invariants = allInvariants(new Date(at.getTime() - patience * 1000));
    const findings = await checkBooks(books, invariants, wanted);
    const answers = wanted.wechatSample > 0 ? await compared(books, wanted, settings, world) : [];
    return { books: books.name, at, findings: [...findings, ...answers] };
  } finally {
    await books.close();
  }
}

async function compared(books: Books, wanted: Arguments, settings: Settings, world: World): Promise<WechatFinding[]> {
  const { wechatSample: sampleSize, exampleLimit } = wanted;
  const { pauseMs = PAUSE_MS } = world;
  if (world.wechat) return askWechat(books, { wechat: world.wechat, sampleSize, pauseMs, exampleLimit });
  await ensureOwnShop(books, settings);
  const wechat = wechatClient(settings);
  try {
    return await askWechat(books, { wechat, sampleSize, pauseMs, exampleLimit });
  } finally {
    await wechat.close();
  }
}

/** Another merchant's WeChat would deny every payment of this shop. @throws CannotCheck that names the variable to change. */
async function ensureOwnShop(books: Books, settings: Settings): Promise<void> {
  const [known] = await books.rows<Pick<ShopIdentity, 'mode'> & { mch_id: string }>(
    'SELECT mode, mch_id FROM shop_identity',
  );
  if (known === undefined) return;
  const verdict = judgeIdentity({ mode: known.mode, mchId: known.mch_id }, settings);
  if (verdict.kind === 'REFUSED') throw new CannotCheck(verdict.reason);
}

function settingsFor({ wechatSample }: Arguments, environment: Environment, { wechat }: World): Settings {
  const isWhole = wechatSample > 0 && !wechat;
  const given = isWhole ? environment : Object.fromEntries(NEEDED.map((name) => [name, environment[name]]));
  try {
    return readSettings(given);
  } catch (error) {
    throw new CannotCheck(error instanceof Error ? error.message : String(error));
  }
}
