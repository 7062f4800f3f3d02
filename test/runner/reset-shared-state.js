import { ConsoleLogger, Logger } from '@nestjs/common';
import { addEventHandler } from 'jest-circus';

const originalFetch = globalThis.fetch;
const seen = new WeakSet();

/**
 * A worker keeps its modules from one test file to the next. After each file, this resets everything that a file may
 * change in them: spies, the logger of Nest, `fetch` and the environment variables. Other module state belongs to the
 * process on purpose (the queue for password hashes, the metrics of the Node process, the XML parser).
 */
addEventHandler((event, state) => {
  if (event.name !== 'start_describe_definition' || seen.has(state)) return;
  seen.add(state);
  const environment = { ...process.env };
  state.rootDescribeBlock.hooks.push({ type: 'afterAll', fn: () => reset(environment) });
});

function reset(environment) {
  globalThis.jest.restoreAllMocks();
  globalThis.jest.useRealTimers();
  Logger.overrideLogger(new ConsoleLogger());
  globalThis.fetch = originalFetch;
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
}
