import type { OurEntry } from '../entries/our-entry.js';
import { compareKeys, type TheirEntry } from '../entries/their-entry.js';

/** An entry of both sides, or of one. */
export type MergedEntry =
  { ours: OurEntry; theirs: TheirEntry } | { ours: OurEntry; theirs: null } | { ours: null; theirs: TheirEntry };

/** Joins two lists that are sorted by `compareKeys`, with one entry of each in memory. */
export async function* mergeSorted(
  ours: AsyncIterable<OurEntry>,
  theirs: AsyncIterable<TheirEntry>,
): AsyncGenerator<MergedEntry> {
  const [ourReader, theirReader] = [ours[Symbol.asyncIterator](), theirs[Symbol.asyncIterator]()];
  try {
    let one = await nextOf(ourReader);
    let other = await nextOf(theirReader);
    while (one !== null || other !== null) {
      const order = one === null ? 1 : other === null ? -1 : compareKeys(one, other);
      if (one !== null && other !== null && order === 0) yield { ours: one, theirs: other };
      else if (one !== null && order < 0) yield { ours: one, theirs: null };
      else if (other !== null) yield { ours: null, theirs: other };
      if (order <= 0) one = await nextOf(ourReader);
      if (order >= 0) other = await nextOf(theirReader);
    }
  } finally {
    await ourReader.return?.();
    await theirReader.return?.();
  }
}

async function nextOf<T>(reader: AsyncIterator<T>): Promise<T | null> {
  const next = await reader.next();
  return next.done === true ? null : next.value;
}
