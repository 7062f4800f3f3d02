import { join } from 'node:path';
import { freePort } from '../tools/process/local-server.ts';
import { findViolations } from './checks/compare.ts';
import { findProtocolViolations, readProtocolsAtWechat } from './checks/compare-protocols.ts';
import { checkEvents } from './checks/check-events.ts';
import { findMerchantViolations, readMerchantRecords } from './checks/compare-merchant.ts';
import { countFaults, countRecords } from './checks/count-results.ts';
import { DatabaseReader } from './checks/database-reader.ts';
import { drainOpenWork } from './checks/drain-open-work.ts';
import { reconcileBills } from './checks/reconcile-bills.ts';
import { findSecrets } from './checks/find-secrets.ts';
import { runVerify } from './checks/run-verify.ts';
import { createServices, type StartedRun } from './clients/scenario-services.ts';
import { StaffActor } from './clients/staff-actor.ts';
import { openDatabase } from './environment/database.ts';
import { protocolOfStart } from './environment/protocols.ts';
import { startRunEnvironment } from './environment/run-environment.ts';
import { generateSecrets, type RunFolder } from './environment/run-folder.ts';
import { EventConsumers } from './events/event-consumers.ts';
import { FaultInjector } from './faults/fault-injector.ts';
import type { Options } from './options.ts';
import { runOrderScenario } from './scenarios/order-scenario.ts';
import { Random } from './scenarios/random.ts';
import { ConcurrencyLimit, type ScenarioContext } from './scenarios/scenario-context.ts';
import { createShopData } from './scenarios/shop-data.ts';

/** The time limit for all open work after the last order. */
const DRAIN_TIMEOUT_MS = 180_000;
const BESIDES_INSTANCES = 4;

interface RunOptions {
  options: Options;
  runFolder: RunFolder;
  print: (line: string) => void;
}

/** What a run counted and found. */
export interface Outcome {
  numbers: [string, string | number][];
  faults: Record<string, number>;
  tally: Record<string, number>;
  answers: Record<string, number>;
  violations: string[];
}

/**
 * One run: starts everything, runs the scenarios with injected faults, waits until no work is open, and compares the
 * results.
 */
export async function run(input: RunOptions): Promise<Outcome> {
  const { options, runFolder, print } = input;
  const generated = generateSecrets();
  const [wechat = 0, refunds = 0, proxy = 0, port = 0, ...instances] = await freePorts(
    BESIDES_INSTANCES + options.instances,
  );
  const database = await openDatabase(options, { runFolder, port, password: generated.database });
  try {
    const ports = { wechat, refunds, proxy, instances };
    const environment = await startRunEnvironment({ options, runFolder, database, generated, ports });
    print(`  ${options.instances} instances are ready on ${database.name}`);
    return await runInEnvironment(input, { database, environment, generated });
  } finally {
    await database.drop();
  }
}

async function runInEnvironment({ options, runFolder, print }: RunOptions, started: StartedRun): Promise<Outcome> {
  const { database, environment, generated } = started;
  const { fleet, wechat, time, proxy } = environment;
  const { seed, orders, protocols } = options;
  const clients = createServices(started, join(runFolder.logFolder, 'answers.log'));
  const admin = new StaffActor(clients, { username: 'admin', password: generated.admin });
  const { initialStock, ...shop } = await createShopData({ clients, admin, orders, passwords: generated.staff });
  const concurrency = new ConcurrencyLimit(options.users);
  const context: ScenarioContext = { clients, time, concurrency, seed, tally: {}, ...shop };
  const { checkout } = shop.merchant;
  const receiverRandom = new Random(seed, 'receivers');
  const consumers = await EventConsumers.start({ checkout, time, secrets: clients.secrets, random: receiverRandom });
  const random = new Random(seed, 'faults');
  const faultInjector = new FaultInjector({ fleet, database, wechat, time, consumers, options, random });

  const began = performance.now();
  proxy.losesAnswers = true;
  await runAllScenarios({ context, faultInjector, orders, print });
  await faultInjector.stop();
  proxy.losesAnswers = false;
  const soldAfter = performance.now();
  print(`  ${orders} scenarios in ${inSeconds(soldAfter - began)} s; waiting until no work is open`);

  const reader = new DatabaseReader(Array.from({ length: options.instances }, (_, index) => database.urlFor(index)));
  let open: Record<string, string[]> = {};
  const drain = async (): Promise<void> => {
    open = await drainOpenWork({ context, reader, timeoutMs: DRAIN_TIMEOUT_MS, print });
  };
  await drain();
  const billRandom = new Random(seed, 'bills');
  const bills = await reconcileBills({ context, admin, reader, fleet, random: billRandom, protocols, drain, print });
  const events = await checkEvents({ consumers, checkout, reader, time });
  const drainedAfter = performance.now();
  const [ledger, records] = [await wechat.getLedger(), await reader.readRecords()];
  const merchantRecords = await readMerchantRecords(reader);
  const protocolsAtWechat = await readProtocolsAtWechat(wechat);
  for (const [index, key] of (await wechat.getSessionKeys()).entries()) clients.secrets[`session_key ${index}`] = key;
  await fleet.stop();
  await consumers.close();
  proxy.close();
  await clients.sender.close();
  const { app, work, logFolder } = runFolder;
  const verifyEnvironment = environment.environmentOf(0, protocolOfStart(protocols, 0, 0));
  return {
    numbers: [
      ...countRecords(records, { ledger, wechat: protocolsAtWechat }, protocols),
      ...countFaults(faultInjector.counts, proxy.lostAnswers, protocols),
      ...events.numbers,
      ...bills.numbers,
      ['secrets searched for', Object.keys(clients.secrets).length],
      ['seconds of scenarios', inSeconds(soldAfter - began)],
      ['seconds to finish open work', inSeconds(drainedAfter - soldAfter)],
    ],
    faults: faultInjector.injected,
    tally: context.tally,
    answers: clients.sender.answerCounts,
    violations: [
      ...fleet.violations,
      ...clients.sender.violations,
      ...clients.answerRecord.contradictions,
      ...Object.entries(open).flatMap(([name, numbers]) => numbers.map((number) => `${number} is still open: ${name}`)),
      ...findViolations({ ledger, records, answers: clients.answerRecord, initialStock }),
      ...findMerchantViolations(shop.merchant, merchantRecords),
      ...events.violations,
      ...bills.violations,
      ...findProtocolViolations({ protocols, records, wechat: protocolsAtWechat }),
      ...runVerify({ app, environment: verifyEnvironment, directory: work, now: new Date(time.now()) }),
      ...(await findSecrets(logFolder, clients.secrets)).map(({ file, name }) => `secret: ${file} contains ${name}`),
    ],
  };
}

interface ScenarioRun {
  context: ScenarioContext;
  faultInjector: FaultInjector;
  orders: number;
  print: (line: string) => void;
}

async function runAllScenarios({ context, faultInjector, orders, print }: ScenarioRun): Promise<void> {
  const scenarios: Promise<void>[] = [];
  const began = performance.now();
  for (let number = 0; number < orders; number++) {
    await context.concurrency.acquire();
    await faultInjector.onScenarioStart(number);
    scenarios.push(runOrderScenario(context, number).finally(() => context.concurrency.release()));
    if (number > 0 && number % 1000 === 0)
      print(`  ${number} orders started after ${inSeconds(performance.now() - began)} s`);
  }
  await Promise.all(scenarios);
}

async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

function inSeconds(ms: number): number {
  return Math.round(ms / 1000);
}
