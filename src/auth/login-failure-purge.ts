import { In, LessThan } from 'typeorm';
import type { UnitOfWork } from '../database/unit-of-work.js';
import { LoginFailure } from './login-failure.entity.js';

const BATCH = 500;
/** More than can be added between two calls, since each costs the time of a password. */
const BATCHES = 100;

/** Forgets names that nobody has tried since `before`: small bites, so that no login waits for the table. */
export async function purgeLoginFailures(unitOfWork: UnitOfWork, before: Date): Promise<void> {
  for (let batch = 0; batch < BATCHES; batch++) {
    const gone = await unitOfWork.run(async (tx) => {
      const old = { lastAt: LessThan(before) };
      const names = (await tx.find(LoginFailure, { select: { who: true }, where: old, take: BATCH })).map((r) => r.who);
      // Tried again a moment ago, a name must stay.
      if (names.length > 0) await tx.delete(LoginFailure, { ...old, who: In(names) });
      return names.length;
    });
    if (gone < BATCH) return;
  }
}
