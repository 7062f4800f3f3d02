import type { EventConsumers } from '../events/event-consumers.ts';
import type { Fleet, SharedClock } from '../environment/fleet.ts';
import type { Database } from '../environment/database.ts';
import type { SimulatorClient } from '../../tools/client/simulator-client.ts';
import type { Random } from '../scenarios/random.ts';
import type { Options } from '../options.ts';
import { BEHAVIOURS, chooseFault, NORMAL_BEHAVIOUR } from './fault-catalog.ts';
import { setTimeout as pause } from 'node:timers/promises';

/** Sizes of clock jumps: beyond the lifetime of a lease or of an order. */
const CLOCK_JUMPS_SECONDS = [25, 45, 75, 130, 600];

export type FaultInjectorOptions = {
  fleet: Fleet;
  database: Database;
  wechat: SimulatorClient;
  time: SharedClock;
  consumers: EventConsumers;
  random: Random;
  options: Options;
};

/** Injects all faults. The seed decides after how many started scenarios each one happens. */
export class FaultInjector {
  /** injected faults by endpoint and kind */
  injected: Record<string, number> = {};
  counts = { kills: 0, restarts: 0, databaseRestarts: 0, jumps: 0, behaviours: 0 };
  #options;
  #random;

  #schedule: { at: number; what: () => Promise<void> }[];

  #queue: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(options: FaultInjectorOptions) {
    this.#options = options;
    this.#random = options.random;
    this.#schedule = this.#plan().toSorted((a, b) => a.at - b.at);
  }

  /** Called when scenario number `number` starts. */
  async onScenarioStart(number: number) {
    while (this.#schedule[0] && this.#schedule[0].at <= number) {
      const { what } = this.#schedule.shift() as { what: () => Promise<void> };
      this.#queue = this.#queue.then(what);
    }
    if (this.#random.chance(0.5)) await this.#injectOne();
  }

  /** Runs all scheduled faults, removes the injected ones that have not happened, and restores the normal behaviour of WeChat and the receivers. */
  async stop() {
    this.#isOver = true;
    for (const { what } of this.#schedule.splice(0)) this.#queue = this.#queue.then(what);
    await this.#queue;
    const { wechat, consumers } = this.#options;
    await consumers.recover();
    for (const { endpoint, kind, when } of await wechat.listFaults()) this.#count(endpoint, kind, when, -1);
    await wechat.clearFaults();
    await wechat.setBehaviours(NORMAL_BEHAVIOUR);
  }

  #plan() {
    const { orders, kills, protocols } = this.#options.options;
    const { database, consumers } = this.#options;

    const spread = (times: number, what: () => Promise<void>) =>
      Array.from({ length: times }, (_, index) => ({
        at: Math.floor(((index + 0.2 + 0.6 * this.#random.next()) / times) * orders),
        what,
      }));
    return [
      ...spread(kills, () => this.#kill()),
      // A run with two protocols needs at least one restart, which changes the protocol.
      ...spread(Math.max(protocols.length - 1, Math.ceil(kills / 3)), () => this.#update()),
      ...(database.restart ? spread(Math.ceil(kills / 5), () => this.#restartDatabase()) : []),
      ...spread(Math.max(2, Math.floor(orders / 500)), () => this.#jump()),
      ...spread(Math.max(4, Math.floor(orders / 150)), () => this.#changeBehaviour()),
      ...spread(Math.max(12, Math.floor(orders / 25)), () => consumers.change()),
      ...spread(1, () => consumers.kill()),
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
    await this.#options.wechat.setBehaviours({ ...NORMAL_BEHAVIOUR, ...this.#random.pick(BEHAVIOURS) });
    this.counts.behaviours++;
    await pause(this.#isOver ? 0 : 700);
    await this.#options.wechat.setBehaviours(NORMAL_BEHAVIOUR);
  }

  async #injectOne() {
    const { endpoint, kind, when } = await this.#options.wechat.injectFault(chooseFault(this.#random));
    this.#count(endpoint, kind, when, 1);
  }

  #count(endpoint: string, kind: string, when: string, by: number) {
    const isNotice = endpoint.endsWith('notice');
    const name = isNotice ? `${endpoint} ${kind}` : `${endpoint} ${kind} ${when}`;
    this.injected[name] = (this.injected[name] ?? 0) + by;
  }
}
