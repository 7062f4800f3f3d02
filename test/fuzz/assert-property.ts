import fc from 'fast-check';

/**
 * How hard it is fuzzed: 500 cases in every run of the tests, as many as FUZZ_RUNS says by `npm run fuzz`. What failed is
 * played again by FUZZ_SEED, and FUZZ_PATH for the one case.
 */
export const RUN_COUNT = Number(process.env['FUZZ_RUNS'] ?? 500);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const CASE_PATH = process.env['FUZZ_PATH'];

if (process.env['FUZZ_RUNS'] !== undefined) process.stdout.write(`${RUN_COUNT} cases, FUZZ_SEED=${SEED}\n`);

/** Milliseconds for all the cases of one property. */
export const PROPERTY_TIMEOUT_MS = 20_000 + 40 * RUN_COUNT;

/** Holds a property to its runs; what it throws names the seed and the path. */
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
