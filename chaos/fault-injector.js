import { setTimeout as pause } from 'node:timers/promises';

/** Errors and broken connections, before or after WeChat has processed the call. */
const FAILURES = ['SYSTEMERROR', 'timeout', 'reset', 'http500', 'html', 'garbage', 'stall'];
/** Invalid or forged answers after WeChat has processed the call. */
const INVALID_ANSWERS = ['truncated', 'doctype', 'wrong_signature', 'no_signature', 'other_appid', 'echo_other_order'];
/** Temporary rejections by WeChat. */
const REFUSALS = {
  unifiedorder: ['BIZERR_NEED_RETRY', 'FREQUENCY_LIMITED'],
  orderquery: ['BIZERR_NEED_RETRY'],
  closeorder: ['BIZERR_NEED_RETRY'],
  refund: ['FREQUENCY_LIMITED', 'NOTENOUGH', 'BIZERR_NEED_RETRY', 'ORDER_NOT_READY', 'CERT_ERROR'],
  refundquery: ['BIZERR_NEED_RETRY'],
};
const PAY_CALLS = /** @type {(keyof typeof REFUSALS)[]} */ (Object.keys(REFUSALS));
const NOTICE_KINDS = ['lose', 'lose_forever', 'duplicate', 'delay', 'repeat_after_success'];
const FORGERIES = {
  notice: [
    'tampered-fee',
    'lower-fee',
    'higher-fee',
    'other-order',
    'unknown-order',
    'other-mch',
    'truncated',
    'failed-result',
  ],
  'refund-notice': [
    'other-key',
    'lower-fee',
    'higher-fee',
    'other-refund',
    'unknown-refund',
    'plain-req-info',
    'unknown-status',
  ],
};
/** Variants of WeChat's behaviour, each used for a short time. */
const BEHAVIOURS = [
  { earlyClose: 'ignore' },
  { closeWhilePaying: 'TRADE_STATE_ERROR' },
  { closeTwice: 'SUCCESS' },
  { duplicateAnswer: 'OUT_TRADE_NO_USED' },
  { prepayIdOnReentry: 'new' },
  { noticeBeforeAnswer: true },
  { refundNoticeBeforeAnswer: true },
  { refundEnds: 'CHANGE' },
  { refundEnds: 'REFUNDCLOSE' },
  { refundEnds: 'PROCESSING' },
  { wrongSignatureEvery: 10 },
];
const NORMAL_BEHAVIOUR = {
  ...{ earlyClose: 'allow', closeWhilePaying: 'close', closeTwice: 'ORDERCLOSED', duplicateAnswer: '201' },
  ...{ prepayIdOnReentry: 'same', noticeBeforeAnswer: false, refundNoticeBeforeAnswer: false, refundEnds: 'SUCCESS' },
  wrongSignatureEvery: 0,
};
const STALL_MS = 1500;
/** Sizes of clock jumps: beyond the lifetime of a lease or of an order. */
const CLOCK_JUMPS_SECONDS = [25, 45, 75, 130, 600];

/**
 * @typedef {{ fleet: import('./fleet.js').Fleet, database: import('./database.js').Database, wechat: import('./simulator-process.js').SimulatorProcess,
 *   time: import('./shared-clock.js').SharedClock, random: import('./random.js').Random, options: import('./options.js').Options }} FaultInjectorOptions
 */

/** Injects all faults. The seed decides after how many started scenarios each one happens. */
export class FaultInjector {
  /** @type {Record<string, number>} injected faults by endpoint and kind */
  injected = {};
  counts = { kills: 0, restarts: 0, databaseRestarts: 0, jumps: 0, behaviours: 0 };
  #options;
  #random;
  /** @type {{ at: number, what: () => Promise<void> }[]} */
  #schedule;
  /** @type {Promise<void>} */
  #queue = Promise.resolve();
  #isOver = false;

  /** @param {FaultInjectorOptions} options */
  constructor(options) {
    this.#options = options;
    this.#random = options.random;
    this.#schedule = this.#plan().toSorted((a, b) => a.at - b.at);
  }

  /**
   * Called when scenario number `number` starts.
   * @param {number} number
   */
  async onScenarioStart(number) {
    while (this.#schedule[0] && this.#schedule[0].at <= number) {
      const { what } = /** @type {{ what: () => Promise<void> }} */ (this.#schedule.shift());
      this.#queue = this.#queue.then(what);
    }
    if (this.#random.chance(0.5)) await this.#injectOne();
  }

  /** Runs all scheduled faults, removes the injected ones that have not happened, and restores the normal behaviour. */
  async stop() {
    this.#isOver = true;
    for (const { what } of this.#schedule.splice(0)) this.#queue = this.#queue.then(what);
    await this.#queue;
    const { items } = await this.#options.wechat.control('GET', 'faults');
    for (const { endpoint, kind, when } of items) this.#count(endpoint, kind, when, -1);
    await this.#options.wechat.control('DELETE', 'faults');
    await this.#options.wechat.control('PUT', 'behaviours', NORMAL_BEHAVIOUR);
  }

  #plan() {
    const { orders, kills } = this.#options.options;
    const { database } = this.#options;
    /** @param {number} times @param {() => Promise<void>} what */
    const spread = (times, what) =>
      Array.from({ length: times }, (_, index) => ({
        at: Math.floor(((index + 0.2 + 0.6 * this.#random.next()) / times) * orders),
        what,
      }));
    return [
      ...spread(kills, () => this.#kill()),
      ...spread(Math.ceil(kills / 3), () => this.#update()),
      ...(database.restart ? spread(Math.ceil(kills / 5), () => this.#restartDatabase()) : []),
      ...spread(Math.max(2, Math.floor(orders / 500)), () => this.#jump()),
      ...spread(Math.max(4, Math.floor(orders / 150)), () => this.#changeBehaviour()),
    ];
  }

  async #kill() {
    const { fleet } = this.#options;
    await fleet.restart('SIGKILL', this.#random.int(0, fleet.size - 1), this.#random.int(0, 800));
    this.counts.kills++;
  }

  async #update() {
    const { fleet } = this.#options;
    await fleet.restart('SIGTERM', this.#random.int(0, fleet.size - 1), 0);
    this.counts.restarts++;
  }

  async #restartDatabase() {
    await this.#options.database.restart?.();
    this.counts.databaseRestarts++;
  }

  async #jump() {
    await this.#options.time.advance(this.#random.pick(CLOCK_JUMPS_SECONDS));
    this.counts.jumps++;
  }

  async #changeBehaviour() {
    await this.#options.wechat.control('PUT', 'behaviours', { ...NORMAL_BEHAVIOUR, ...this.#random.pick(BEHAVIOURS) });
    this.counts.behaviours++;
    await pause(this.#isOver ? 0 : 700);
    await this.#options.wechat.control('PUT', 'behaviours', NORMAL_BEHAVIOUR);
  }

  async #injectOne() {
    const fault = this.#fault();
    const answer = await this.#options.wechat.control('POST', 'faults', fault);
    if (answer.refused) throw new Error(`The simulator rejected the fault ${JSON.stringify(fault)}: ${answer.text}`);
    this.#count(fault.endpoint, fault.kind, answer.when, 1);
  }

  /** @returns {{ endpoint: string, kind: string, [more: string]: unknown }} */
  #fault() {
    const random = this.#random;
    switch (random.weighted({ call: 55, login: 5, notice: 30, forgery: 10 })) {
      case 'login':
        return {
          endpoint: 'jscode2session',
          kind: random.pick(['SYSTEMERROR', 'reset', 'http500', 'garbage', 'timeout']),
        };
      case 'notice':
        return { endpoint: random.pick(['notice', 'refund-notice']), kind: random.pick(NOTICE_KINDS) };
      case 'forgery': {
        const endpoint = random.pick(/** @type {const} */ (['notice', 'refund-notice']));
        return { endpoint, kind: random.pick(FORGERIES[endpoint]) };
      }
      case 'call': {
        const endpoint = random.pick(PAY_CALLS);
        if (random.chance(0.1))
          return { endpoint, kind: 'err_code', errCode: random.pick(REFUSALS[endpoint]), errCodeDes: '稍后再试' };
        if (random.chance(0.3)) return { endpoint, kind: random.pick(INVALID_ANSWERS) };
        const kind = random.pick(FAILURES);
        return {
          endpoint,
          kind,
          when: random.pick(['before', 'after']),
          ...(kind === 'stall' && { delayMs: STALL_MS }),
        };
      }
    }
  }

  /**
   * @param {string} endpoint
   * @param {string} kind
   * @param {string} when
   * @param {number} by
   */
  #count(endpoint, kind, when, by) {
    const isNotice = endpoint.endsWith('notice');
    const name = isNotice ? `${endpoint} ${kind}` : `${endpoint} ${kind} ${when}`;
    this.injected[name] = (this.injected[name] ?? 0) + by;
  }
}
