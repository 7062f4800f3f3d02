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
import { settle } from './settle.js';
import { createShopData } from './shop-data.js';
import { SharedClock } from './shared-clock.js';
import { AnswerRecord } from './answer-record.js';
import { FaultInjector } from './fault-injector.js';
import { SimulatorProcess } from './simulator-process.js';

/** How long the dust may take to settle. */
const SETTLE_TIMEOUT_MS = 180_000;

/**
 * @typedef {{ options: import('./options.js').Options, scratch: { folder: string, app: string, kept: string, work: string }, say: (line: string) => void }} RunOptions
 * @typedef {{ numbers: [string, string | number][], faults: Record<string, number>, tally: Record<string, number>, answers: Record<string, number>, differences: string[] }} Outcome
 */

/**
 * One whole run: sets up, lets people buy while everything fails, waits until the dust has settled, and compares.
 * @param {RunOptions} given
 * @returns {Promise<Outcome>}
 */
export async function run({ options, scratch, say }) {
  const { folder, app, kept, work } = scratch;
  const { seed, orders } = options;
  const invented = generateSecrets();
  const merchant = {
    WECHAT_APP_ID: 'wx8888888888888888',
    WECHAT_MCH_ID: '1900000109',
    WECHAT_APP_SECRET: invented.appSecret,
    WECHAT_API_KEY: invented.apiKey,
  };
  const time = new SharedClock();
  const [wechatPort, refundPort, proxyPort, databasePort, ...ports] = await freePorts(4 + options.instances);
  const database = await openDatabase({
    options,
    folder,
    port: /** @type {number} */ (databasePort),
    password: invented.database,
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
        bossPassword: invented.boss,
      });
    const fleet = new Fleet({
      ...{ app, directory: work, logs: kept, ports, environmentOf, flags: serviceFlags(), time },
      random: new Random(seed, 'clocks'),
    });
    const proxy = new NotifyProxy({ aim: () => fleet.nextUrl(), random: new Random(seed, 'notices') });
    await proxy.listen(/** @type {number} */ (proxyPort));
    await fleet.start();
    say(`  ${options.instances} instances are ready on ${database.name}`);

    /** @type {Record<string, string>} */
    const secrets = {
      'the API key': invented.apiKey,
      'the AppSecret': invented.appSecret,
      'the password of the first administrator': invented.boss,
      ...Object.fromEntries(invented.clerks.map((password, index) => [`the password of clerk ${index + 1}`, password])),
      'the key of the certificate': certificates.merchant.key,
      'the certificate': certificates.merchant.cert,
      ...database.secrets,
    };
    const line = new ShopClient(() => fleet.nextUrl(), join(kept, 'answers.log'));
    const told = new AnswerRecord();
    const world = { line, wechat, told, secrets, forgotten: [] };
    const boss = new StaffActor(world, { username: 'boss', password: invented.boss });
    const shop = await createShopData({ world, boss, orders, passwords: invented.clerks });
    const crowd = new ConcurrencyLimit(options.users);
    /** @type {Record<string, number>} */
    const tally = {};
    const stage = { world, time, crowd, seed, tally, ...shop };
    const trouble = new FaultInjector({ fleet, database, wechat, time, options, random: new Random(seed, 'trouble') });

    const began = performance.now();
    proxy.losesAnswers = true;
    await runAllScenarios({ stage, trouble, orders, say });
    await trouble.stop();
    proxy.losesAnswers = false;
    const soldAfter = performance.now();
    say(`  ${orders} lives in ${seconds(soldAfter - began)} s; now the dust settles`);

    const books = new DatabaseReader(Array.from({ length: options.instances }, (_, index) => database.urlFor(index)));
    const open = await settle({ stage, books, limitMs: SETTLE_TIMEOUT_MS, say });
    const settledAfter = performance.now();
    const [ledger, ours] = [await wechat.getLedger(), await books.readRecords()];
    for (const [index, key] of (await wechat.getSessionKeys()).entries()) secrets[`session_key ${index}`] = key;
    await fleet.stop();
    proxy.close();
    await line.close();
    const found = [
      ...fleet.violations,
      ...line.violations,
      ...told.contradictions,
      ...Object.entries(open).flatMap(([name, numbers]) =>
        numbers.map((number) => `${number} is among the open ${name}`),
      ),
      ...findDifferences({ ledger, books: ours, told, received: shop.received }),
      ...runVerify({ app, environment: environmentOf(0), directory: work }),
      ...(await findLeaks(kept, secrets)),
    ];
    const { kills, restarts, databaseRestarts, jumps, moods } = trouble.counts;
    const settled = ours.refunds.filter(({ status }) => status === 'SUCCEEDED');
    return {
      numbers: [
        ['orders', ours.orders.length],
        ['  of them paid', ours.orders.filter(({ status }) => status === 'PAID').length],
        ['payments', ours.payments.length],
        ['refunds', ours.refunds.length],
        ['  of them paid back', settled.length],
        ['  of them automatic', settled.filter(({ kind }) => kind === 'AUTOMATIC').length],
        ['paid, fen', ledger.reduce((sum, { paidFen }) => sum + paidFen, 0)],
        ['paid back, fen', ledger.reduce((sum, { refundedFen }) => sum + refundedFen, 0)],
        ['kills (-9)', kills],
        ['restarts (SIGTERM)', restarts],
        ['database restarts (-9)', databaseRestarts],
        ['jumps of the clock', jumps],
        ['moods of WeChat', moods],
        ['answers to notices lost', proxy.lostAnswers],
        ['secrets looked for', Object.keys(secrets).length],
        ['seconds of business', seconds(soldAfter - began)],
        ['seconds to settle', seconds(settledAfter - soldAfter)],
      ],
      faults: trouble.injected,
      tally,
      answers: line.answerCounts,
      differences: found,
    };
  } finally {
    await database.drop();
  }
}

/**
 * @param {{ stage: import('./order-scenario.js').Stage, trouble: FaultInjector, orders: number, say: (line: string) => void }} play
 */
async function runAllScenarios({ stage, trouble, orders, say }) {
  /** @type {Promise<void>[]} */
  const lives = [];
  const began = performance.now();
  for (let number = 0; number < orders; number++) {
    await stage.crowd.acquire();
    await trouble.onScenarioStart(number);
    lives.push(runOrderScenario(stage, number).finally(() => stage.crowd.release()));
    if (number > 0 && number % 1000 === 0)
      say(`  ${number} orders begun after ${seconds(performance.now() - began)} s`);
  }
  await Promise.all(lives);
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
