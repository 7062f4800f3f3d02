/** Tests run as ES modules on the TypeScript source; the projects share one setting, so a story and a unit test see the same code. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/web/src', '<rootDir>/web/phone'],
  testMatch: ['**/*.spec.ts'],
  // They need a browser, and a minute: see jest.browser.config.js.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  setupFiles: ['<rootDir>/test/support/load-nest-first.ts', '<rootDir>/test/support/name-plugins-at-once.ts'],
  maxWorkers: 3,
  // For what hangs. A machine that does other things as well takes several times as long as a calm one.
  testTimeout: 120_000,
};
