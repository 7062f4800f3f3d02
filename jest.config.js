/** The specs run from the TypeScript source in plain Node workers that keep loaded modules: see docs/decisions/0037-tests-in-plain-node.md. */
export default {
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  roots: ['<rootDir>/src', '<rootDir>/packages', '<rootDir>/test', '<rootDir>/web/src', '<rootDir>/web/phone'],
  testMatch: ['**/*.spec.ts'],
  // They need a browser, and a minute: see jest.browser.config.js.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  transform: {}, // test/runner/typescript-hooks.js compiles
  setupFilesAfterEnv: ['<rootDir>/test/runner/time-limits.js', '<rootDir>/test/runner/reset-shared-state.js'],
  maxWorkers: 3,
};
