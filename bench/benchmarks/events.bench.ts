import type { BenchDatabases } from '../support/databases.ts';
import { type Burst, FanOut, type NoticeRound, RECEIVERS, SIDES } from '../events/fan-out.ts';
import { ShopEnvironment } from '../shop/shop-environment.ts';
import { median, quantile, type Figure } from '../support/figures.ts';
import { MERCHANT } from '../support/settings.ts';

/** Far below what the instances can do, so that a delay is not due to the notices themselves. */
const NOTICES_PER_SECOND = 25;
const ROUND_SECONDS = 4;
const NOTICES = { count: NOTICES_PER_SECOND * ROUND_SECONDS, perSecond: NOTICES_PER_SECOND };
const WARM_UP_ROUNDS = 1;
const ROUNDS = 3;
/** Written in addition to the events of the notices. */
const EVENTS_PER_SECOND = 1000;
/** Events that are written at once. */
const BURST = 2000;

type Rounds<Kind extends string, Result> = Record<Kind, Result[]>;

/**
 * Measures payment notices at a steady rate on two instances, while 1,000 events a second go to three receivers, against the
 * same notices whose own events alone are delivered; and how fast the instances deliver events that are written at once,
 * against a bare program. All in alternating rounds.
 */
export async function benchEvents(databases: BenchDatabases): Promise<Figure[]> {
  const environment = {
    WECHAT_API_KEY: MERCHANT.key,
    EVENTS_ALLOW_PRIVATE_NETWORKS: 'true',
    RECONCILE_INTERVAL_SECONDS: '1',
  };
  const bareDatabase = await databases.create('events_bare');
  const shop = await ShopEnvironment.open(databases, { purpose: 'events', instances: SIDES.length, environment });
  const fanOut = new FanOut(shop, bareDatabase);
  try {
    await fanOut.prepare(2 * (WARM_UP_ROUNDS + ROUNDS) * NOTICES.count);
    const bursts = await alternate({
      service: () => fanOut.runBurst(BURST),
      bare: () => fanOut.runBareBurst(BURST),
    });
    const notices = await alternate({
      quiet: () => fanOut.runNotices(NOTICES, 0),
      loaded: () => fanOut.runNotices(NOTICES, EVENTS_PER_SECOND),
    });
    return [...noticeFigures(notices), ...burstFigures(bursts)];
  } finally {
    fanOut.close();
    await bareDatabase.connection.end();
    await shop.close();
  }
}

/** @returns the results of the measured rounds; each round begins with the other one. */
async function alternate<Kind extends string, Result>(
  works: Record<Kind, () => Promise<Result>>,
): Promise<Rounds<Kind, Result>> {
  const kinds = Object.keys(works) as Kind[];
  const results = Object.fromEntries(kinds.map((kind) => [kind, [] as Result[]])) as Rounds<Kind, Result>;
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
      const result = await works[kind]();
      if (round >= WARM_UP_ROUNDS) results[kind].push(result);
    }
  }
  return results;
}

function noticeFigures({ quiet, loaded }: Rounds<'quiet' | 'loaded', NoticeRound>): Figure[] {
  const p50 = ({ latenciesMs }: NoticeRound) => median(latenciesMs);
  const ratio = median(loaded.map((round, n) => p50(round) / (quiet[n] ? p50(quiet[n]) : NaN)));
  const perSecond = median(loaded.map(({ requests }) => requests / RECEIVERS / ROUND_SECONDS));
  const p99 = (rounds: NoticeRound[]) =>
    quantile(
      rounds.flatMap(({ latenciesMs }) => latenciesMs),
      0.99,
    );
  return [
    { name: 'Events per second to three endpoints', value: perSecond, unit: '/s', atLeast: EVENTS_PER_SECOND },
    { name: 'Notice p50, with that load ÷ without', value: ratio, unit: '', atMost: 1.1 },
    { name: '  p50 with', value: median(loaded.map(p50)), unit: 'ms' },
    { name: '  p50 without', value: median(quiet.map(p50)), unit: 'ms' },
    { name: '  p99 with', value: p99(loaded), unit: 'ms' },
    { name: '  p99 without', value: p99(quiet), unit: 'ms' },
  ];
}

function burstFigures({ service, bare }: Rounds<'service' | 'bare', Burst>): Figure[] {
  const perSecond = (bursts: Burst[]) => median(bursts.map(({ seconds }) => BURST / seconds));
  const milliseconds = (bursts: Burst[]) =>
    median(bursts.map(({ cpuSeconds }) => (cpuSeconds * 1000) / BURST / RECEIVERS));
  const ratio = median(service.map(({ seconds }, n) => (bare[n]?.seconds ?? NaN) / seconds));
  return [
    { name: 'Burst of events, service ÷ bare program', value: ratio, unit: '' },
    { name: '  service, to each of three endpoints', value: perSecond(service), unit: '/s' },
    { name: '  bare program', value: perSecond(bare), unit: '/s' },
    { name: 'CPU of a delivery, service', value: milliseconds(service), unit: 'ms' },
    { name: '  bare program', value: milliseconds(bare), unit: 'ms' },
  ];
}
