import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { median } from './figures.ts';
import { ROOT } from './settings.ts';

/** Processes one message. False, directly or as a promise, means that a signature was invalid. */
export type Work = () => boolean | Promise<boolean>;

/** Loads a compared library, which is installed for compat/ and at the first run only. */
export const requireCompared = createRequire(`${ROOT}compat/package.json`);

export function versionOf(library: string): string {
  const text = readFileSync(`${ROOT}compat/node_modules/${library}/package.json`, 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

export interface Rounds {
  warmUp: number;
  measured: number;
  messagesPerRound: number;
}

/**
 * Runs all works in alternating rounds.
 * @returns for each work the microseconds per message of each round
 */
export async function compareWorks(works: Work[], rounds: Rounds): Promise<number[][]> {
  const contestants = works.map((work) => ({ work, microseconds: [] as number[] }));
  for (let round = 0; round < rounds.warmUp + rounds.measured; round++) {
    // Each round begins with another one.
    const first = round % contestants.length;
    for (const { work, microseconds } of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      const cost = await costOf(work, rounds.messagesPerRound);
      if (round >= rounds.warmUp) microseconds.push(cost);
    }
  }
  return contestants.map(({ microseconds }) => microseconds);
}

/** The costs of two works are compared round by round. */
export function ratioOf(costs: number[] = [], others: number[] = []): number {
  return median(costs.map((cost, round) => cost / (others[round] ?? NaN)));
}

/** @returns microseconds of CPU per message: unlike wall time, they do not grow much on a busy machine */
async function costOf(work: Work, count: number): Promise<number> {
  const before = process.cpuUsage();
  for (let message = 0; message < count; message++) {
    const outcome = work();
    if (!(outcome instanceof Promise ? await outcome : outcome)) throw new Error('A signature is invalid.');
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
