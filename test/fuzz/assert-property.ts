import fc from 'fast-check';

/**
 * Number of cases per property: 500 in `npm test`, FUZZ_RUNS in `npm run fuzz`. FUZZ_SEED repeats a failed run, and
 * FUZZ_PATH repeats one case of it.
 */
export const RUN_COUNT = Number(process.env['FUZZ_RUNS'] ?? 500);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const CASE_PATH = process.env['FUZZ_PATH'];

if (process.env['FUZZ_RUNS'] !== undefined) process.stdout.write(`${RUN_COUNT} cases, FUZZ_SEED=${SEED}\n`);

/** Time limit for all cases of one property, in milliseconds. */
export const PROPERTY_TIMEOUT_MS = 20_000 + 40 * RUN_COUNT;

/** Runs a property. Its error names the seed and the path. */
export async function assertProperty(
  property: fc.IAsyncProperty<unknown> | fc.IProperty<unknown>,
  runs = RUN_COUNT,
): Promise<void> {
  const parameters = {
    numRuns: runs,
    seed: SEED,
    ...(CASE_PATH !== undefined && { path: CASE_PATH }),
  };
  await fc.assert(property as fc.IAsyncProperty<unknown>, parameters);
}
