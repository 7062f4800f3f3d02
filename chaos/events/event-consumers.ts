import type { WxCheckout } from '@wx-checkout/client';
import type { SharedClock } from '../environment/fleet.ts';
import type { Random } from '../scenarios/random.ts';
import { EventPoller } from './event-poller.ts';
import { EventReceiver, type ReceiverMode } from './event-receiver.ts';

const FAILURES: readonly ReceiverMode[] = ['refusing', 'slow', 'hanging', 'down'];

interface ConsumerOptions {
  checkout: WxCheckout;
  time: SharedClock;
  random: Random;
  /** Secrets that no log may contain, by name. The secrets of the endpoints are added. */
  secrets: Record<string, string>;
}

/** The merchant's systems that receive or poll events. */
export class EventConsumers {
  /** Answers always. */
  readonly #healthy;
  /** Fail in every way, and work at the end. */
  readonly #failing;
  /** Dies in the middle of the run and does not come back. */
  readonly #dying;
  readonly poller: EventPoller;
  /** The ids of the endpoints of the receivers that work at the end. */
  readonly aliveEndpoints: string[] = [];
  /** Changes of the behaviour of receivers. */
  changes = 0;
  #failures = 0;
  readonly #options: ConsumerOptions;

  private constructor(options: ConsumerOptions) {
    const now = (): number => options.time.now();
    this.#options = options;
    this.#healthy = new EventReceiver({ name: 'healthy', now });
    this.#failing = ['failing-1', 'failing-2'].map((name) => new EventReceiver({ name, now }));
    this.#dying = new EventReceiver({ name: 'dying', now });
    this.poller = new EventPoller(options.checkout);
  }

  /** Starts all of them and registers the receivers, before the first order. */
  static async start(options: ConsumerOptions): Promise<EventConsumers> {
    const consumers = new EventConsumers(options);
    for (const receiver of [...consumers.alive, consumers.#dying]) {
      await receiver.listen();
      const body = { url: receiver.url, description: receiver.name };
      const { data, response } = await options.checkout.api.POST('/server/api/event-endpoints', { body });
      if (data === undefined) throw new Error(`The event endpoint was not created: ${response.status}`);
      receiver.secret = data.secret;
      options.secrets[`the secret of the event endpoint ${receiver.name}`] = data.secret;
      if (receiver !== consumers.#dying) consumers.aliveEndpoints.push(data.id);
    }
    consumers.poller.start();
    return consumers;
  }

  /** The receivers that work at the end of the run. */
  get alive(): EventReceiver[] {
    return [this.#healthy, ...this.#failing];
  }

  get violations(): string[] {
    return [...this.alive, this.#dying].flatMap(({ name, violations, received }) => [
      ...violations,
      ...received.contradictions.map((line) => `receiver ${name}: ${line}`),
    ]);
  }

  /** Lets one receiver fail in another way, or work again. */
  async change(): Promise<void> {
    const { random } = this.#options;
    const receiver = random.pick(this.#failing);
    const isToFail = receiver.mode === 'healthy' || random.chance(0.4);
    // In turns, so that a short run has all of them.
    const failure = FAILURES[this.#failures % FAILURES.length] ?? 'down';
    if (isToFail) this.#failures++;
    await receiver.setMode(isToFail ? failure : 'healthy');
    this.changes++;
  }

  /** Ends the receiver that does not come back. */
  async kill(): Promise<void> {
    await this.#dying.setMode('down');
    this.changes++;
  }

  /** Lets all others work again. */
  async recover(): Promise<void> {
    for (const receiver of this.#failing) await receiver.setMode('healthy');
  }

  async close(): Promise<void> {
    for (const receiver of [...this.alive, this.#dying]) await receiver.close();
  }

  /** The totals by name, for the report. */
  get numbers(): [string, number][] {
    return [
      ...[...this.alive, this.#dying].flatMap(({ name, received, outdated, failed }): [string, number][] => [
        [`events at the receiver ${name}`, received.counts.size],
        ['  of them repeated', received.repeated],
        ['  deliveries answered with 500 or never', failed],
        ['  deliveries refused as outdated', outdated],
      ]),
      ['events polled', this.poller.received.counts.size],
      ['  pages', this.poller.pages],
      ['changes of receivers', this.changes],
    ];
  }
}
