import { join } from 'node:path';
import { freePort } from '../bench/processes.js';
import { BookReader } from './books.js';
import { Clerk } from './clerk.js';
import { leaks, verify } from './checks.js';
import { differences } from './compare.js';
import { Crowd } from './crowd.js';
import { openDatabase } from './database.js';
import { serviceEnvironment } from './environment.js';
import { Fleet } from './fleet.js';
import { live } from './life.js';
import { Line } from './line.js';
import { NotifyProxy } from './notify-proxy.js';
import { Random } from './random.js';
import { inventSecrets, serviceFlags } from './scratch.js';
import { settle } from './settle.js';
import { openShop } from './shop.js';
import { Time } from './time.js';
import { Told } from './told.js';
import { Trouble } from './trouble.js';
import { Wechat } from './wechat.js';

/** How long the dust may take to settle. */
const SETTLE_LIMIT_MS = 180_000;

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
  const invented = inventSecrets();
  const merchant = {
    WECHAT_APP_ID: 'wx8888888888888888',
    WECHAT_MCH_ID: '1900000109',
    WECHAT_APP_SECRET: invented.appSecret,
    WECHAT_API_KEY: invented.apiKey,
  };
  const time = new Time();
  const [wechatPort, refundPort, proxyPort, databasePort, ...ports] = await freePorts(4 + options.instances);
  const database = await openDatabase({
    options,
    folder,
    port: /** @type {number} */ (databasePort),
    password: invented.database,
  });
  try {
    const wechat = await Wechat.start({
      ...{ app, directory: work, log: join(folder, 'simulator.log'), seed, merchant },
      ports: [/** @type {number} */ (wechatPort), /** @type {number} */ (refundPort)],
    });
    time.follow((seconds) => wechat.control('PUT', 'clock', { advanceSeconds: seconds }));
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
    const proxy = new NotifyProxy({ aim: () => fleet.aim(), random: new Random(seed, 'notices') });
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
    const line = new Line(() => fleet.aim(), join(kept, 'answers.log'));
    const told = new Told();
    const world = { line, wechat, told, secrets, forgotten: [] };
    const boss = new Clerk(world, { username: 'boss', password: invented.boss });
    const shop = await openShop({ world, boss, orders, passwords: invented.clerks });
    const crowd = new Crowd(options.users);
    /** @type {Record<string, number>} */
    const tally = {};
    const stage = { world, time, crowd, seed, tally, ...shop };
    const trouble = new Trouble({ fleet, database, wechat, time, options, random: new Random(seed, 'trouble') });

    const began = performance.now();
    proxy.losesAnswers = true;
    await everybodyLives({ stage, trouble, orders, say });
    await trouble.end();
    proxy.losesAnswers = false;
    const soldAfter = performance.now();
    say(`  ${orders} lives in ${seconds(soldAfter - began)} s; now the dust settles`);

    const books = new BookReader(Array.from({ length: options.instances }, (_, index) => database.urlFor(index)));
    const open = await settle({ stage, books, limitMs: SETTLE_LIMIT_MS, say });
    const settledAfter = performance.now();
    const [ledger, ours] = [await wechat.ledger(), await books.read()];
    for (const [index, key] of (await wechat.sessionKeys()).entries()) secrets[`session_key ${index}`] = key;
    await fleet.stop();
    proxy.close();
    await line.close();
    const found = [
      ...fleet.misdeeds,
      ...line.misdeeds,
      ...told.contradictions,
      ...Object.entries(open).flatMap(([name, numbers]) =>
        numbers.map((number) => `${number} is among the open ${name}`),
      ),
      ...differences({ ledger, books: ours, told, received: shop.received }),
      ...verify({ app, environment: environmentOf(0), directory: work }),
      ...(await leaks(kept, secrets)),
    ];
    const { kills, restarts, databaseRestarts, jumps, moods } = trouble.happened;
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
      faults: trouble.planted,
      tally,
      answers: line.counts,
      differences: found,
    };
  } finally {
    await database.drop();
  }
}

/**
 * @param {{ stage: import('./life.js').Stage, trouble: Trouble, orders: number, say: (line: string) => void }} play
 */
async function everybodyLives({ stage, trouble, orders, say }) {
  /** @type {Promise<void>[]} */
  const lives = [];
  const began = performance.now();
  for (let number = 0; number < orders; number++) {
    await stage.crowd.enter();
    await trouble.afflict(number);
    lives.push(live(stage, number).finally(() => stage.crowd.leave()));
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
