import { CrashPoint } from './crash-point.js';
import type { TestShop } from '../test-shop.js';

/** More than any scenario has. A scenario that ends before its crash point has been tested at every boundary. */
const MAX_BOUNDARIES = 100;

/**
 * Runs the scenario repeatedly, each time on a new instance that crashes one boundary later.
 * @param scenario receives the index of the instance that crashes, and returns a result.
 * @param check checks the result after that instance is closed.
 * @returns the first boundary that the scenario does not reach.
 */
export async function crashAtEveryBoundary<Result>(
  shop: TestShop,
  scenario: (instanceIndex: number) => Promise<Result>,
  check: (result: Result) => Promise<void>,
): Promise<number> {
  for (let boundary = 1; boundary <= MAX_BOUNDARIES; boundary++) {
    const instance = await shop.startInstance();
    const crashPoint = CrashPoint.installIn(instance.app, boundary);
    const result = await scenario(shop.instances.length - 1).finally(async () => {
      shop.instances.pop();
      await instance.app.close();
    });
    await check(result);
    if (!crashPoint.hasCrashed) return boundary;
  }
  throw new Error(`The scenario has more than ${MAX_BOUNDARIES} boundaries.`);
}
