import { type EntityManager, In } from 'typeorm';
import { BillEntry, type BillEntryType } from './bill-entry.entity.js';

/** Numbers per statement. */
const BATCH_SIZE = 200;

/**
 * The entries with these numbers in the given files, by the primary key. The cost grows with the numbers times the files.
 * @param fileIds the current trade files of some days.
 */
export async function findEntries(
  manager: EntityManager,
  fileIds: readonly number[],
  type: BillEntryType,
  numbers: readonly string[],
): Promise<BillEntry[]> {
  if (fileIds.length === 0) return [];
  const found: BillEntry[] = [];
  for (let start = 0; start < numbers.length; start += BATCH_SIZE) {
    const number = In(numbers.slice(start, start + BATCH_SIZE));
    found.push(...(await manager.findBy(BillEntry, { fileId: In([...fileIds]), type, number })));
  }
  return found;
}
