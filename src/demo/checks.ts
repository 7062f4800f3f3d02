import { setTimeout as pause } from 'node:timers/promises';

/** Something is not as it should be. The message is for the person who watches. */
export class NotAsItShouldBe extends Error {}

/** @throws NotAsItShouldBe unless it is so. */
export function insist(isSo: boolean, complaint: string): asserts isSo {
  if (!isSo) throw new NotAsItShouldBe(complaint);
}

const LOOK_EVERY_MS = 250;

export interface Patience {
  /** What is waited for, as the complaint says it at the deadline. */
  what: string | (() => string);
  /** Real seconds; the time of the simulator may run as it likes. */
  seconds: number;
}

/** Looks again and again until there is something to see. @throws NotAsItShouldBe at the deadline. */
export async function until<T>({ what, seconds }: Patience, look: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (performance.now() > deadline) {
      throw new NotAsItShouldBe(`${typeof what === 'string' ? what : what()}: still not so after ${seconds} seconds`);
    }
    await pause(LOOK_EVERY_MS);
  }
}
