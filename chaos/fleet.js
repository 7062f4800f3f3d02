import { setTimeout as pause } from 'node:timers/promises';
import { ManagedProcess } from './managed-process.js';
import { isResponding, waitUntil } from './wait.js';

const START_TIMEOUT_MS = 120_000;
/** TimeoutStopSec of docs/operations.md: the service stops within ten seconds, plus a margin for a loaded machine. */
const SHUTDOWN_TIMEOUT_MS = 15_000;
/** The clocks of instances differ by up to this, as with a bad NTP setup. */
const MAX_SKEW_MS = 400;

/**
 * @typedef {{ index: number, url: string, port: number, skewMs: number, child: ManagedProcess | null, isReady: boolean, isStopping: boolean }} Instance
 * `isStopping`: the run itself ended it
 * @typedef {{ app: string, directory: string, logs: string, ports: number[], environmentOf: (index: number) => Record<string, string>,
 *   flags: string[], time: import('./shared-clock.js').SharedClock, random: import('./random.js').Random }} FleetOptions
 */

/** All instances of the service and their supervisor, which restarts an instance that ends. */
export class Fleet {
  /** Forbidden behaviour of instances; each line is reported as a difference. @type {string[]} */
  violations = [];
  #options;
  /** @type {Instance[]} */
  #instances;
  #turn = 0;
  #isOver = false;

  /** @param {FleetOptions} options */
  constructor(options) {
    this.#options = options;
    this.#instances = options.ports.map((port, index) => ({
      ...{ index, port, url: `http://127.0.0.1:${port}`, child: null, isReady: false, isStopping: false },
      skewMs: options.random.int(-MAX_SKEW_MS, MAX_SKEW_MS),
    }));
    options.time.onAdvance(() => {
      for (const { child, skewMs } of this.#instances) child?.send({ offsetMs: options.time.offsetMs + skewMs });
    });
  }

  get size() {
    return this.#instances.length;
  }

  /** Starts all instances at once, also on an empty database. */
  async start() {
    await Promise.all(this.#instances.map((instance) => this.#start(instance)));
  }

  /** The URL of the next ready instance, round-robin; of any instance if none is ready. @returns {string} */
  nextUrl() {
    const ready = this.#instances.filter(({ isReady }) => isReady);
    const from = ready.length > 0 ? ready : this.#instances;
    return /** @type {Instance} */ (from[this.#turn++ % from.length]).url;
  }

  /**
   * Ends a ready instance and starts it again: `SIGKILL` simulates a crash, `SIGTERM` an update.
   * @param {'SIGKILL' | 'SIGTERM'} signal
   * @param {number} which
   * @param {number} pauseMs pause before the restart
   */
  async restart(signal, which, pauseMs) {
    const instance = /** @type {Instance} */ (this.#instances[which % this.#instances.length]);
    await waitUntil(`instance ${which} to be ready before it is killed`, START_TIMEOUT_MS, () => instance.isReady);
    const { child } = instance;
    if (!child) return;
    instance.isStopping = true;
    // Before SIGTERM the load balancer stops using the instance; after SIGKILL it notices only later.
    if (signal === 'SIGTERM') instance.isReady = false;
    child.signal(signal);
    if (signal === 'SIGTERM') {
      const killTimer = setTimeout(() => child.signal('SIGKILL'), SHUTDOWN_TIMEOUT_MS);
      const end = await child.exited;
      clearTimeout(killTimer);
      if (end !== 0) this.violations.push(`instance ${which} ended with ${end} on SIGTERM, not with 0 in time`);
    }
    await child.exited;
    instance.isReady = false;
    await pause(pauseMs);
    await this.#start(instance);
  }

  /** Stops all instances gracefully. */
  async stop() {
    this.#isOver = true;
    for (const { child } of this.#instances) child?.signal('SIGTERM');
    const all = Promise.all(this.#instances.map(({ child }) => child?.exited));
    await Promise.race([all, pause(SHUTDOWN_TIMEOUT_MS, undefined, { ref: false })]);
    for (const { child } of this.#instances) child?.signal('SIGKILL');
  }

  /** @param {Instance} instance */
  async #start(instance) {
    const { app, directory, logs, environmentOf, flags, time } = this.#options;
    const deadline = performance.now() + START_TIMEOUT_MS;
    for (;;) {
      const child = new ManagedProcess({
        args: [...flags, '--import', `${import.meta.dirname}/clock-preload.js`, `${app}/dist/src/main.js`],
        environment: {
          ...environmentOf(instance.index),
          PORT: String(instance.port),
          CHAOS_CLOCK_OFFSET_MS: String(time.offsetMs + instance.skewMs),
        },
        directory,
        log: `${logs}/instance-${instance.index}.log`,
        hasIpc: true,
      });
      instance.child = child;
      instance.isStopping = false;
      if (await this.#waitUntilReady(instance, child, deadline)) return this.#watch(instance, child);
      if (performance.now() > deadline) throw new Error(`Instance ${instance.index} does not start: see ${logs}`);
      await pause(300); // the database may be unreachable: try again, as a supervisor would
    }
  }

  /**
   * @param {Instance} instance
   * @param {ManagedProcess} child
   * @param {number} deadline
   */
  async #waitUntilReady(instance, child, deadline) {
    while (child.exitStatus === null && performance.now() < deadline) {
      if (await isResponding(`${instance.url}/readyz`)) {
        instance.isReady = true;
        return true;
      }
      await pause(100);
    }
    child.signal('SIGKILL');
    return false;
  }

  /**
   * @param {Instance} instance
   * @param {ManagedProcess} child
   */
  #watch(instance, child) {
    void child.exited.then((end) => {
      if (instance.child !== child || instance.isStopping || this.#isOver) return;
      instance.isReady = false;
      this.violations.push(`instance ${instance.index} ended by itself (${end})`);
      void this.#start(instance).catch(() => undefined);
    });
  }
}
