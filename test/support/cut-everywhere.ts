import { Fuse } from './power-cut.js';
import type { Shop } from './shop.js';

/** More borders than any of the stories has; a story that ends before its fuse blows has been cut everywhere. */
const MOST_BORDERS = 60;

/**
 * Plays the story on a fresh instance again and again, each time losing its power one border later.
 * @param story is told which instance is the victim, and returns what it has left behind.
 * @param check says whether all is well once the victim is gone.
 * @returns how many borders there are.
 */
export async function cutEverywhere<Left>(
  shop: Shop,
  story: (victim: number) => Promise<Left>,
  check: (left: Left) => Promise<void>,
): Promise<number> {
  for (let border = 1; border <= MOST_BORDERS; border++) {
    const victim = await shop.opensAnother();
    const fuse = Fuse.into(victim.app, border);
    const left = await story(shop.instances.length - 1).finally(async () => {
      shop.instances.pop();
      await victim.app.close();
    });
    await check(left);
    if (!fuse.hasBlown) return border;
  }
  throw new Error(`The story has more than ${MOST_BORDERS} borders.`);
}
