import { setTimeout as pause } from 'node:timers/promises';
import { RetriesExhaustedError } from '../clients/recording-sender.ts';
import type { StaffActor } from '../clients/staff-actor.ts';
import type { Fleet } from '../environment/fleet.ts';
import type { Protocol } from '../environment/protocols.ts';
import { chooseBillFault } from '../faults/fault-catalog.ts';
import type { Random } from '../scenarios/random.ts';
import type { ScenarioContext } from '../scenarios/scenario-context.ts';
import type { DatabaseReader } from './database-reader.ts';

/** Payments that only the bills report are refunded on the next day, whose bill has these refunds: two days, and one more. */
const MAX_ROUNDS = 4;
const FAULTS_PER_ROUND = 12;
const FAULTS_TIMEOUT_MS = 45_000;
const TIMEOUT_MS = 120_000;
const DAY_MS = 86_400_000;
/** From midnight in Beijing to the time when the service downloads the bills of the day before, with its longest delay. */
const MORNING_MS = (10 * 60 + 31) * 60_000;

export interface BillCheckOptions {
  context: ScenarioContext;
  admin: StaffActor;
  reader: DatabaseReader;
  fleet: Fleet;
  random: Random;
  /** The protocols of the shop. */
  protocols: readonly Protocol[];
  /** Waits until no work is open. @returns what still is. */
  drain: () => Promise<void>;
  print: (line: string) => void;
}

export interface BillCheck {
  numbers: [string, number][];
  violations: string[];
}

/**
 * Reconciles every simulated day with WeChat's bill, while the downloads fail and an instance is killed. What the bills report
 * is refunded on a later day, so this is repeated until no day is left.
 */
export async function reconcileBills(options: BillCheckOptions): Promise<BillCheck> {
  const { context, print } = options;
  const { wechat } = context.clients;
  const reconciled = new Set<string>();
  const numbers = { faults: 0, rounds: 0 };
  for (; numbers.rounds < MAX_ROUNDS; numbers.rounds++) {
    const days = (await wechat.listBills()).map(({ date }) => date).filter((date) => !reconciled.has(date));
    const last = days.at(-1);
    if (last === undefined) break;
    print(`  reconciling the bills of ${days.join(', ')}`);
    await advanceToMorningAfter(context, last);
    for (let n = 0; n < FAULTS_PER_ROUND; n++)
      await wechat.injectFault(chooseBillFault(options.random, options.protocols));
    numbers.faults += FAULTS_PER_ROUND;
    await reconcileWithFaults(options, days);
    numbers.faults -= (await wechat.listFaults()).length;
    await wechat.clearFaults();
    for (const date of days) await reconcileUntilDone(options, date);
    for (const date of days) reconciled.add(date);
    await options.drain();
  }
  return {
    numbers: [
      ['days reconciled with the bills', reconciled.size],
      ['  faults of downloads', numbers.faults],
      ...(await countResolutions(options.reader)),
    ],
    violations: await findBillViolations(options, reconciled),
  };
}

async function advanceToMorningAfter({ time }: ScenarioContext, date: string): Promise<void> {
  const morning = Date.parse(`${date}T00:00:00+08:00`) + DAY_MS + MORNING_MS;
  await time.advance(Math.max(1, Math.ceil((morning - time.now()) / 1000)));
}

/** The scheduled job and staff reconcile at once on all instances, one of which is killed, until the faults have happened. */
async function reconcileWithFaults(options: BillCheckOptions, days: readonly string[]): Promise<void> {
  const { context, admin, fleet, random } = options;
  const deadline = performance.now() + FAULTS_TIMEOUT_MS;
  let work = [fleet.restart('SIGKILL', random.int(0, fleet.size - 1), random.int(0, 500))];
  do {
    const calls = days.flatMap((date) => [admin.client.reconcileBill(date), admin.client.reconcileBill(date)]);
    for (const result of await Promise.allSettled([...work, ...calls])) {
      if (result.status === 'rejected' && !(result.reason instanceof RetriesExhaustedError)) throw result.reason;
    }
    work = [];
  } while ((await context.clients.wechat.listFaults()).length > 0 && performance.now() < deadline);
}

/** A day can be busy: another instance works on it. */
async function reconcileUntilDone({ admin }: BillCheckOptions, date: string): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    const reply = await admin.client.reconcileBill(date);
    if (reply.isOk && reply.body.status === 'BALANCED') return;
    if (performance.now() > deadline) return; // reported as a violation
    await pause(500);
  }
}

/** Every day is balanced, and together they have the money of WeChat's ledger. */
async function findBillViolations(
  { context, admin, reader }: BillCheckOptions,
  days: ReadonlySet<string>,
): Promise<string[]> {
  const { wechat } = context.clients;
  const listed = await admin.client.listBills();
  const bills = listed.isOk ? listed.body.items : [];
  const left = (await wechat.listBills()).filter(({ date }) => !days.has(date));
  const unbalanced = bills.filter(({ date, status }) => days.has(date) && status !== 'BALANCED');
  const billedFen = bills.reduce((fen, { payments }) => fen + payments.fen, 0);
  const paidFen = (await wechat.getLedger()).reduce((fen, line) => fen + line.paidFen, 0);
  return [
    ...[...days].filter((date) => !bills.some((bill) => bill.date === date)).map((date) => `bill ${date}: not listed`),
    ...left.map(({ date }) => `bill ${date}: new entries after ${MAX_ROUNDS} rounds`),
    ...unbalanced.map(({ date, status, problem }) => `bill ${date}: ${status} ${problem ?? ''}`),
    ...(await readOpenDifferences(reader)),
    ...(billedFen === paidFen ? [] : [`bills: payments of ${billedFen} fen, WeChat's ledger has ${paidFen}`]),
  ];
}

async function readOpenDifferences(reader: DatabaseReader): Promise<string[]> {
  const rows = await reader.read<
    Record<'date' | 'kind' | 'number' | 'status', string> & Record<'ours' | 'theirs', number>
  >(
    `SELECT b.date AS date, d.kind AS kind, d.number AS number, d.status AS status, d.ours_fen AS ours, d.theirs_fen AS theirs
     FROM bill_differences d JOIN bills b ON b.id = d.bill_id WHERE d.status NOT IN ('RESOLVED', 'EXPLAINED')`,
  );
  return rows.map(
    ({ date, kind, number, status, ours, theirs }) =>
      `bill ${date}: ${kind} ${number} is ${status}, ${ours} fen here, ${theirs} there`,
  );
}

/** What the bills have healed. */
async function countResolutions(reader: DatabaseReader): Promise<[string, number][]> {
  const rows = await reader.read<{ resolution: string; count: number }>(
    "SELECT resolution, COUNT(*) AS count FROM bill_differences WHERE status = 'RESOLVED' GROUP BY resolution ORDER BY resolution",
  );
  return rows.map(({ resolution, count }) => [`  differences resolved: ${resolution}`, count]);
}
