import { addEventHandler } from 'jest-circus';

/**
 * Stops only tests that hang. The longest test opens sixty instances one after the other, on a machine that may be busy.
 */
const DEFAULT_TIMEOUT_MS = 400_000;

/**
 * Gives each test and hook a time limit, because the light runner calls their functions without one. The third argument
 * of `it` sets another limit.
 */
addEventHandler((event, state) => {
  const { children, hooks } = state.currentDescribeBlock;
  if (event.name === 'add_test') limitTime(children.at(-1), event.testName);
  if (event.name === 'add_hook') limitTime(hooks.at(-1), event.hookType);
});

function limitTime(entry, name) {
  const run = entry.fn;
  const timeoutMs = entry.timeout ?? DEFAULT_TIMEOUT_MS;
  if (run.length > 0) throw new Error(`"${name}" takes a callback. Return a promise instead.`);
  entry.fn = () => withTimeout(run, name, timeoutMs);
}

function withTimeout(run, name, timeoutMs) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`"${name}" did not end within ${timeoutMs} ms.`)), timeoutMs);
    Promise.resolve()
      .then(run)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
