import fc from 'fast-check';

/**
 * How hard it is fuzzed: 500 cases in every run of the tests, as many as FUZZ_RUNS says by `npm run fuzz`. What failed is
 * played again by FUZZ_SEED, and FUZZ_PATH for the one case.
 */
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 500);
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const CASE = process.env['FUZZ_PATH'];

if (process.env['FUZZ_RUNS'] !== undefined) process.stdout.write(`${RUNS} cases, FUZZ_SEED=${SEED}\n`);

/** Milliseconds for all the cases of one property. */
export const LIMIT_MS = 20_000 + 40 * RUNS;

/** Holds a property to its runs; what it throws names the seed and the path. */
export async function holds(property: fc.IAsyncProperty<unknown> | fc.IProperty<unknown>, runs = RUNS): Promise<void> {
  const parameters = {
    numRuns: runs,
    seed: SEED,
    ...(CASE !== undefined && { path: CASE }),
  };
  await fc.assert(property as fc.IAsyncProperty<unknown>, parameters);
}
