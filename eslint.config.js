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
/** Lower layers that a module must not import all the same. */
const FORBIDDEN_IMPORTS = {
  wechat: ['database', 'outbox', 'audit'],
  reconciliation: ['notify'],
  server: ['notify', 'reconciliation'],
  admin: ['notify', 'reconciliation'],
  operations: ['notify', 'reconciliation', 'admin'],
};

const mayImport = (layer) =>
  LAYERS.slice(0, LAYERS.indexOf(layer) + 1).filter((below) => !(FORBIDDEN_IMPORTS[layer] ?? []).includes(below));

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
      // The files directly in src/ combine all modules and belong to no layer.
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
            // The simulator must not share code with the service, because it would repeat its errors.
            allow('simulator', ['simulator']),
            // The phone serves a page and proxies the simulator. It does not depend on the shop's modules.
            allow('phone', ['phone', 'pages', 'common', 'config']),
            // The demo is only an HTTP client.
            allow('demo', ['demo']),
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
    files: ['src/**/*.ts'],
    rules: {
      // Null is not "absent". Each of these skips all checks for null, which a client sends for NaN.
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'class-validator', importNames: ['IsOptional'], message: 'Use IfGiven, which rejects null.' },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.name='PartialType'][arguments.length=1]",
          message: 'Pass { skipNullProperties: false }. Otherwise null passes all checks.',
        },
      ],
    },
  },
  {
    files: ['web/**/*.ts', 'web/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    rules: {
      // Browser code and service code are independent: they communicate only by the HTTP API.
      'no-restricted-imports': ['error', { patterns: ['**/../src/*', '@nestjs/*', 'typeorm'] }],
    },
  },
);
