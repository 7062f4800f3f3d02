import { CrashPoint } from './crash-point.js';
import type { TestShop } from './test-shop.js';

/** More borders than any of the stories has; a story that ends before its fuse blows has been cut everywhere. */
const MAX_BOUNDARIES = 60;

/**
 * Plays the story on a fresh instance again and again, each time losing its power one border later.
 * @param story is told which instance is the victim, and returns what it has left behind.
 * @param check says whether all is well once the victim is gone.
 * @returns how many borders there are.
 */
export async function crashAtEveryBoundary<Left>(
  shop: TestShop,
  story: (victim: number) => Promise<Left>,
  check: (left: Left) => Promise<void>,
): Promise<number> {
  for (let border = 1; border <= MAX_BOUNDARIES; border++) {
    const victim = await shop.startInstance();
    const fuse = CrashPoint.installIn(victim.app, border);
    const left = await story(shop.instances.length - 1).finally(async () => {
      shop.instances.pop();
      await victim.app.close();
    });
    await check(left);
    if (!fuse.hasCrashed) return border;
  }
  throw new Error(`The story has more than ${MAX_BOUNDARIES} borders.`);
}
