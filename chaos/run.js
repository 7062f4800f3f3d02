import { join } from 'node:path';
import { freePort } from '../bench/processes.js';
import { DatabaseReader } from './database-reader.js';
import { StaffActor } from './staff-actor.js';
import { findLeaks, runVerify } from './checks.js';
import { findDifferences } from './compare.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { openDatabase } from './database.js';
import { serviceEnvironment } from './environment.js';
import { Fleet } from './fleet.js';
import { runOrderScenario } from './order-scenario.js';
import { ShopClient } from './shop-client.js';
import { NotifyProxy } from './notify-proxy.js';
import { Random } from './random.js';
import { generateSecrets, serviceFlags } from './run-folder.js';
import { drainOpenWork } from './drain-open-work.js';
import { createShopData } from './shop-data.js';
import { SharedClock } from './shared-clock.js';
import { AnswerRecord } from './answer-record.js';
import { FaultInjector } from './fault-injector.js';
import { SimulatorProcess } from './simulator-process.js';

/** The time limit for all open work after the last order. */
const DRAIN_TIMEOUT_MS = 180_000;

/**
 * @typedef {{ options: import('./options.js').Options, runFolder: { folder: string, app: string, logFolder: string, work: string }, print: (line: string) => void }} RunOptions
 * @typedef {{ numbers: [string, string | number][], faults: Record<string, number>, tally: Record<string, number>, answers: Record<string, number>, differences: string[] }} Outcome
 */

/**
 * One run: starts everything, runs the scenarios with injected faults, waits until no work is open, and compares the results.
 * @param {RunOptions} input
 * @returns {Promise<Outcome>}
 */
export async function run({ options, runFolder, print }) {
  const { folder, app, logFolder, work } = runFolder;
  const { seed, orders } = options;
  const generated = generateSecrets();
  const merchant = {
    WECHAT_APP_ID: 'wx8888888888888888',
    WECHAT_MCH_ID: '1900000109',
    WECHAT_APP_SECRET: generated.appSecret,
    WECHAT_API_KEY: generated.apiKey,
  };
  const time = new SharedClock();
  const [wechatPort, refundPort, proxyPort, databasePort, ...ports] = await freePorts(4 + options.instances);
  const database = await openDatabase({
    options,
    folder,
    port: /** @type {number} */ (databasePort),
    password: generated.database,
  });
  try {
    const wechat = await SimulatorProcess.start({
      ...{ app, directory: work, log: join(folder, 'simulator.log'), seed, merchant },
      ports: [/** @type {number} */ (wechatPort), /** @type {number} */ (refundPort)],
    });
    time.onAdvance((seconds) => wechat.control('PUT', 'clock', { advanceSeconds: seconds }));
    const certificates = await wechat.control('GET', 'certificates');
    const publicUrl = `http://127.0.0.1:${proxyPort}`;
    /** @param {number} index */
    const environmentOf = (index) =>
      serviceEnvironment({
        merchant,
        wechat,
        certificates,
        publicUrl,
        databaseUrl: database.urlFor(index),
        adminPassword: generated.admin,
      });
    const fleet = new Fleet({
      ...{ app, directory: work, logs: logFolder, ports, environmentOf, flags: serviceFlags(), time },
      random: new Random(seed, 'clocks'),
    });
    const proxy = new NotifyProxy({ nextUrl: () => fleet.nextUrl(), random: new Random(seed, 'notices') });
    await proxy.listen(/** @type {number} */ (proxyPort));
    await fleet.start();
    print(`  ${options.instances} instances are ready on ${database.name}`);

    /** @type {Record<string, string>} */
    const secrets = {
      'the API key': generated.apiKey,
      'the AppSecret': generated.appSecret,
      'the password of the first administrator': generated.admin,
      ...Object.fromEntries(
        generated.staff.map((password, index) => [`the password of staff member ${index + 1}`, password]),
      ),
      'the key of the certificate': certificates.merchant.key,
      'the certificate': certificates.merchant.cert,
      ...database.secrets,
    };
    const shopClient = new ShopClient(() => fleet.nextUrl(), join(logFolder, 'answers.log'));
    const answerRecord = new AnswerRecord();
    const clients = { shopClient, wechat, answerRecord, secrets, writtenOff: [] };
    const admin = new StaffActor(clients, { username: 'admin', password: generated.admin });
    const shop = await createShopData({ clients, admin, orders, passwords: generated.staff });
    const concurrency = new ConcurrencyLimit(options.users);
    /** @type {Record<string, number>} */
    const tally = {};
    const context = { clients, time, concurrency, seed, tally, ...shop };
    const faultInjector = new FaultInjector({
      fleet,
      database,
      wechat,
      time,
      options,
      random: new Random(seed, 'faults'),
    });

    const began = performance.now();
    proxy.losesAnswers = true;
    await runAllScenarios({ context, faultInjector, orders, print });
    await faultInjector.stop();
    proxy.losesAnswers = false;
    const soldAfter = performance.now();
    print(`  ${orders} scenarios in ${seconds(soldAfter - began)} s; waiting until no work is open`);

    const databaseReader = new DatabaseReader(
      Array.from({ length: options.instances }, (_, index) => database.urlFor(index)),
    );
    const open = await drainOpenWork({ context, reader: databaseReader, timeoutMs: DRAIN_TIMEOUT_MS, print });
    const drainedAfter = performance.now();
    const [ledger, ours] = [await wechat.getLedger(), await databaseReader.readRecords()];
    for (const [index, key] of (await wechat.getSessionKeys()).entries()) secrets[`session_key ${index}`] = key;
    await fleet.stop();
    proxy.close();
    await shopClient.close();
    const found = [
      ...fleet.violations,
      ...shopClient.violations,
      ...answerRecord.contradictions,
      ...Object.entries(open).flatMap(([name, numbers]) => numbers.map((number) => `${number} is still open: ${name}`)),
      ...findDifferences({ ledger, records: ours, answers: answerRecord, received: shop.received }),
      ...runVerify({ app, environment: environmentOf(0), directory: work }),
      ...(await findLeaks(logFolder, secrets)),
    ];
    const { kills, restarts, databaseRestarts, jumps, behaviours } = faultInjector.counts;
    const succeeded = ours.refunds.filter(({ status }) => status === 'SUCCEEDED');
    return {
      numbers: [
        ['orders', ours.orders.length],
        ['  of them paid', ours.orders.filter(({ status }) => status === 'PAID').length],
        ['payments', ours.payments.length],
        ['refunds', ours.refunds.length],
        ['  of them succeeded', succeeded.length],
        ['  of them automatic', succeeded.filter(({ kind }) => kind === 'AUTOMATIC').length],
        ['paid, fen', ledger.reduce((sum, { paidFen }) => sum + paidFen, 0)],
        ['refunded, fen', ledger.reduce((sum, { refundedFen }) => sum + refundedFen, 0)],
        ['kills (-9)', kills],
        ['restarts (SIGTERM)', restarts],
        ['database restarts (-9)', databaseRestarts],
        ['clock jumps', jumps],
        ['changes of WeChat behaviour', behaviours],
        ['lost answers to notices', proxy.lostAnswers],
        ['secrets searched for', Object.keys(secrets).length],
        ['seconds of scenarios', seconds(soldAfter - began)],
        ['seconds to finish open work', seconds(drainedAfter - soldAfter)],
      ],
      faults: faultInjector.injected,
      tally,
      answers: shopClient.answerCounts,
      differences: found,
    };
  } finally {
    await database.drop();
  }
}

/**
 * @param {{ context: import('./order-scenario.js').ScenarioContext, faultInjector: FaultInjector, orders: number, print: (line: string) => void }} options
 */
async function runAllScenarios({ context, faultInjector, orders, print }) {
  /** @type {Promise<void>[]} */
  const scenarios = [];
  const began = performance.now();
  for (let number = 0; number < orders; number++) {
    await context.concurrency.acquire();
    await faultInjector.onScenarioStart(number);
    scenarios.push(runOrderScenario(context, number).finally(() => context.concurrency.release()));
    if (number > 0 && number % 1000 === 0)
      print(`  ${number} orders started after ${seconds(performance.now() - began)} s`);
  }
  await Promise.all(scenarios);
}

/** @param {number} count */
async function freePorts(count) {
  /** @type {Set<number>} */
  const ports = new Set();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

/** @param {number} ms */
const seconds = (ms) => Math.round(ms / 1000);
