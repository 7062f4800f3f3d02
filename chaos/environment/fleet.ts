import type { Random } from '../scenarios/random.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../../tools/process/local-server.ts';
import { ManagedProcess } from '../../tools/process/managed-process.ts';
import { protocolOfStart, type Protocol } from './protocols.ts';

const START_TIMEOUT_MS = 120_000;
/** TimeoutStopSec of docs/operations.md: the service stops within ten seconds, plus a margin for a loaded machine. */
const SHUTDOWN_TIMEOUT_MS = 15_000;
/** Each instance's clock differs from the clock of the run by up to this, so two instances by twice as much, as with a bad NTP setup. */
const MAX_SKEW_MS = 400;

/** The time of the run: the machine's time plus all jumps. The simulator and all instances jump at about the same time. */
export class SharedClock {
  #offsetMs = 0;

  #followers: ((seconds: number) => Promise<void> | void)[] = [];

  get offsetMs() {
    return this.#offsetMs;
  }

  now() {
    return Date.now() + this.#offsetMs;
  }

  /** @param follow called after each jump */
  onAdvance(follow: (seconds: number) => Promise<void> | void) {
    this.#followers.push(follow);
  }

  /** @param seconds to advance */
  async advance(seconds: number) {
    this.#offsetMs += seconds * 1000;
    for (const follow of this.#followers) await follow(seconds);
  }
}

/** `restarts`: by the run; `isStopping`: the run itself ended it */
type Instance = {
  index: number;
  url: string;
  port: number;
  skewMs: number;
  restarts: number;
  child: ManagedProcess | null;
  isReady: boolean;
  isStopping: boolean;
};
type FleetOptions = {
  app: string;
  directory: string;
  logs: string;
  ports: number[];
  environmentOf: (index: number, protocol: Protocol) => Record<string, string>;
  protocols: readonly Protocol[];
  flags: string[];
  time: SharedClock;
  random: Random;
};

/** All instances of the service and their supervisor, which restarts an instance that ends. */
export class Fleet {
  /** Forbidden behaviour of instances; each line is reported as a violation. */
  violations: string[] = [];
  #options;

  #instances: Instance[];
  #turn = 0;
  #isOver = false;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#instances = options.ports.map((port, index) => ({
      index,
      port,
      url: `http://127.0.0.1:${port}`,
      restarts: 0,
      child: null,
      isReady: false,
      isStopping: false,
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

  /** The URL of the next ready instance, round-robin; of any instance if none is ready. */
  nextUrl(): string {
    const ready = this.#instances.filter(({ isReady }) => isReady);
    const from = ready.length > 0 ? ready : this.#instances;
    return this.#instanceAt(this.#turn++, from).url;
  }

  #instanceAt(number: number, from = this.#instances): Instance {
    const instance = from[number % from.length];
    if (!instance) throw new Error('The run has no instance.');
    return instance;
  }

  /**
   * Ends a ready instance and starts it again: `SIGKILL` simulates a crash, `SIGTERM` an update. If the run has two protocols,
   * new payments of this instance begin with the other one afterwards.
   * @param pauseMs pause before the restart
   */
  async restart(signal: 'SIGKILL' | 'SIGTERM', which: number, pauseMs: number) {
    const instance = this.#instanceAt(which);
    await waitUntil(`instance ${which} to be ready before it is killed`, START_TIMEOUT_MS, () => instance.isReady);
    const { child } = instance;
    if (!child) return;
    instance.isStopping = true;
    // Before SIGTERM the load balancer stops using the instance; after SIGKILL it notices only later.
    if (signal === 'SIGTERM') instance.isReady = false;
    if (signal === 'SIGTERM') {
      const end = await child.stop(SHUTDOWN_TIMEOUT_MS);
      if (end !== 0) this.violations.push(`instance ${which} ended with ${end} on SIGTERM, not with 0 in time`);
    } else {
      child.signal(signal);
      await child.exited;
    }
    instance.isReady = false;
    await pause(pauseMs);
    instance.restarts++;
    await this.#start(instance);
  }

  /** Stops all instances gracefully. */
  async stop() {
    this.#isOver = true;
    await Promise.all(this.#instances.flatMap(({ child }) => child?.stop(SHUTDOWN_TIMEOUT_MS) ?? []));
  }

  async #start(instance: Instance) {
    const { app, directory, logs, environmentOf, protocols, flags, time } = this.#options;
    const protocol = protocolOfStart(protocols, instance.index, instance.restarts);
    const deadline = performance.now() + START_TIMEOUT_MS;
    for (;;) {
      const child = new ManagedProcess({
        args: [...flags, '--import', `${import.meta.dirname}/clock-preload.ts`, `${app}/dist/server/main.js`],
        environment: {
          ...environmentOf(instance.index, protocol),
          PORT: String(instance.port),
          CHAOS_CLOCK_OFFSET_MS: String(time.offsetMs + instance.skewMs),
        },
        directory,
        log: `${logs}/instance-${instance.index}.log`,
        hasIpc: true,
      });
      instance.child = child;
      instance.isStopping = false;
      try {
        await child.waitUntilReady(deadline - performance.now(), `${instance.url}/readyz`);
        instance.isReady = true;
        this.#watch(instance, child);
        return;
      } catch {
        // killed by now, and tried again below
      }
      if (performance.now() > deadline) throw new Error(`Instance ${instance.index} does not start: see ${logs}`);
      await pause(300); // the database may be unreachable: try again, as a supervisor would
    }
  }

  #watch(instance: Instance, child: ManagedProcess) {
    void child.exited.then((end) => {
      if (instance.child !== child || instance.isStopping || this.#isOver) return;
      instance.isReady = false;
      this.violations.push(`instance ${instance.index} ended by itself (${end})`);
      void this.#start(instance).catch(() => undefined);
    });
  }
}
