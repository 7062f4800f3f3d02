import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';
import noPrivateWords from './eslint/no-private-words.js';

/** The modules from the lowest layer to the highest. Each may import itself and lower layers only. */
const LAYERS = [
  'common',
  'config',
  'database',
  'jobs',
  'outbox',
  'audit',
  'wechat',
  'auth',
  'catalog',
  'coupon',
  'order',
  'payment',
  'refund',
  'notification',
  'shipping',
  'event',
  'bill',
  'notify',
  'reconciliation',
  'server-api',
  'admin',
  'operations',
];
/** Lower layers that a module must not import all the same. */
const FORBIDDEN_IMPORTS = {
  wechat: ['jobs', 'outbox', 'audit'],
  reconciliation: ['notify'],
  'server-api': ['notify', 'reconciliation'],
  admin: ['notify', 'reconciliation'],
  operations: ['notify', 'reconciliation', 'admin'],
};

/** `{ ...{ a, b }, c }` only saves lines. A conditional spread, `...(isGiven && { a })`, is allowed. */
const LITERAL_SPREAD = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message: 'Write the properties of the inner object literal directly.',
};

/** Null is not "absent". Both of these skip all checks for null, which a client sends for NaN. */
const IS_OPTIONAL = {
  name: 'class-validator',
  importNames: ['IsOptional'],
  message: 'Use IfDefined, which rejects null.',
};
const PARTIAL_TYPE = {
  selector: "CallExpression[callee.name='PartialType'][arguments.length=1]",
  message: 'Pass { skipNullProperties: false }. Otherwise null passes all checks.',
};

/** Only main.ts loads the simulator, by a dynamic import, so that a live service does not load it. */
const SIMULATOR = { name: 'wechat-pay-simulator', message: 'Only main.ts may import it, dynamically.' };
const SIMULATOR_SOURCE = { group: ['**/packages/**'], message: 'Import the package by its name, in main.ts.' };
const DYNAMIC_SIMULATOR = {
  selector: 'ImportExpression[source.value=/wechat-pay-simulator/]',
  message: SIMULATOR.message,
};
/** A path inside a package has no such folder in it. */
const OUTSIDE_THE_PACKAGE = {
  regex: '^(\\.\\./)+(src|test|web|packages|chaos|bench|compat|demo|tools|examples|ormconfig)\\b',
  message: 'A package must not import anything outside its own folder.',
};

const mayImport = (layer) =>
  LAYERS.slice(0, LAYERS.indexOf(layer) + 1).filter((below) => !(FORBIDDEN_IMPORTS[layer] ?? []).includes(below));

const allow = (from, to) => ({
  from: { element: { type: from } },
  allow: [{ to: { element: { type: to } } }],
});

export default tseslint.config(
  { ignores: ['dist/', 'packages/*/dist/', 'data/', 'coverage/', 'compat/node_modules/'] },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    ignores: ['eslint/private-words.js'],
    plugins: { words: { rules: { 'no-private-words': noPrivateWords } } },
    rules: { 'words/no-private-words': 'error' },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { boundaries, 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
      'import/resolver': { typescript: true },
      'boundaries/include': ['src/**/*.ts'],
      // The files directly in src/ combine all modules and belong to no layer.
      'boundaries/elements': [
        ...LAYERS.map((layer) => ({ type: layer, pattern: `src/${layer}` })),
        { type: 'phone', pattern: 'src/phone' },
        { type: 'pages', pattern: 'src/pages' },
        { type: 'verify', pattern: 'src/verify' },
      ],
    },
    rules: {
      'import-x/no-cycle': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...LAYERS.map((layer) => allow(layer, mayImport(layer))),
            // The phone serves a page and proxies the simulator. It does not depend on the shop's modules.
            allow('phone', ['phone', 'pages', 'common', 'config']),
            // The pages use the HTTP API; this module only serves their files.
            allow('pages', ['pages', 'common', 'config']),
            // verify reads the tables and uses the WeChat client, but no code that writes. No module may import it.
            allow('verify', ['verify', 'common', 'config', 'database', 'wechat']),
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Nest modules are empty classes with a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // DTO classes have decorators but no methods, so literals and spreads are equivalent.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // Allows `() => expect(…)` as a condition to wait for.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // Both `type` and `interface` are allowed.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    rules: {
      'no-restricted-syntax': ['error', LITERAL_SPREAD],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { paths: [IS_OPTIONAL, SIMULATOR], patterns: [SIMULATOR_SOURCE] }],
      'no-restricted-syntax': ['error', LITERAL_SPREAD, PARTIAL_TYPE, DYNAMIC_SIMULATOR],
    },
  },
  {
    files: ['src/main.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [IS_OPTIONAL, { ...SIMULATOR, allowTypeImports: true }], patterns: [SIMULATOR_SOURCE] },
      ],
      'no-restricted-syntax': ['error', LITERAL_SPREAD, PARTIAL_TYPE],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      // The simulator must not share code with the service, because it would repeat its errors.
      'no-restricted-imports': ['error', { paths: [IS_OPTIONAL], patterns: [OUTSIDE_THE_PACKAGE] }],
      'no-restricted-syntax': ['error', LITERAL_SPREAD, PARTIAL_TYPE],
    },
  },
  {
    files: ['demo/**/*.ts', 'tools/**/*.ts', 'compat/**/*.ts'],
    rules: {
      // They are only clients of the HTTP APIs.
      'no-restricted-imports': ['error', { patterns: ['**/src/*', '**/dist/*', '@nestjs/*', 'typeorm'] }],
    },
  },
  {
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // Browser code and service code are independent: they communicate only by the HTTP API. The only exception is the
      // catalog of event texts, which imports nothing.
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: String.raw`/\.\./src/(?!payment/event-log/event-texts\.js$)` },
            { group: ['**/packages/**', '@nestjs/*', 'typeorm'] },
          ],
        },
      ],
    },
  },
);
