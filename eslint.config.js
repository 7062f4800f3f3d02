import boundaries from 'eslint-plugin-boundaries';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';
import noPrivateWords from './eslint/no-private-words.js';

/** The modules from the lowest to the highest: each may import itself and what stands before it, never what stands after. */
const LAYERS = [
  'common',
  'config',
  'database',
  'outbox',
  'audit',
  'wechat',
  'auth',
  'catalog',
  'coupon',
  'order',
  'payment',
  'refund',
  'message',
  'shipping',
  'notify',
  'reconciliation',
  'server',
  'admin',
  'operations',
];
/** Neighbours on one floor: neither may know the other. */
const STRANGERS = {
  wechat: ['database', 'outbox', 'audit'],
  reconciliation: ['notify'],
  server: ['notify', 'reconciliation'],
  admin: ['notify', 'reconciliation'],
  operations: ['notify', 'reconciliation', 'admin'],
};

const mayImport = (layer) =>
  LAYERS.slice(0, LAYERS.indexOf(layer) + 1).filter((below) => !(STRANGERS[layer] ?? []).includes(below));

const allow = (from, to) => ({
  from: { element: { type: from } },
  allow: [{ to: { element: { type: to } } }],
});

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'bench/node_modules/', 'web/src/api/schema.d.ts'] },
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
      // The files directly in src/ put everything together, and so belong to no layer.
      'boundaries/elements': [
        ...LAYERS.map((layer) => ({ type: layer, pattern: `src/${layer}` })),
        { type: 'simulator', pattern: 'src/simulator' },
        { type: 'demo', pattern: 'src/demo' },
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
            // The simulator is WeChat: code shared with us would repeat our mistakes and agree with them.
            allow('simulator', ['simulator']),
            // The phone is a page, and a door to the simulator: it knows nothing of the shop.
            allow('phone', ['phone', 'pages', 'common', 'config']),
            // The demo is a stranger with an HTTP client.
            allow('demo', ['demo']),
            // The pages know the service by its HTTP API; here they are only sent.
            allow('pages', ['pages', 'common', 'config']),
            // The auditor knows the tables and WeChat's client, nothing of what writes; and nobody may know the auditor.
            allow('verify', ['verify', 'common', 'config', 'database', 'wechat']),
          ],
        },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Nest's modules are classes with a decorator and nothing else.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A DTO class is a shape with decorators for Nest: no methods, no prototype that a literal or a spread could lack.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // `() => expect(…)` is how a condition to wait for is written.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `type` and `interface` are chosen by what reads better: unions need the one, shapes read as the other.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      // Null is not "absent": each of these skips every check for null, where a client's NaN ends.
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'class-validator', importNames: ['IsOptional'], message: 'Use IfGiven: it refuses null.' }] },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.name='PartialType'][arguments.length=1]",
          message: 'Say { skipNullProperties: false }: otherwise null passes every check.',
        },
      ],
    },
  },
  {
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // What is a browser's own is no business of the service, and the other way round: they meet at the HTTP API.
      'no-restricted-imports': ['error', { patterns: ['**/../src/*', '@nestjs/*', 'typeorm'] }],
    },
  },
);
