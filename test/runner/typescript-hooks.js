import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import './keep-worker-data.js';

/**
 * Lets Node load TypeScript: the specs run from the source in plain Node, so that a worker evaluates each module once.
 */
const OPTIONS = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
};
const CACHE = new URL('../../node_modules/.cache/test-typescript/', import.meta.url);
mkdirSync(CACHE, { recursive: true });

/** jest-light-runner provides Jest's functions as globals only. */
const JEST_GLOBALS = `data:text/javascript,${encodeURIComponent(
  'export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globalThis;',
)}`;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === '@jest/globals') return { url: JEST_GLOBALS, format: 'module', shortCircuit: true };
    const isOurs = context.parentURL !== undefined && !context.parentURL.includes('/node_modules/');
    if (isOurs && specifier.startsWith('.') && specifier.endsWith('.js')) {
      const source = new URL(`${specifier.slice(0, -'.js'.length)}.ts`, context.parentURL);
      if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
    return nextResolve(specifier, context);
  },
  load(url, context, nextLoad) {
    if (!/\.ts(\?|$)/.test(url) || url.includes('/node_modules/')) return nextLoad(url, context);
    return { format: 'module', source: compile(fileURLToPath(url.replace(/\?.*$/, ''))), shortCircuit: true };
  },
});

function compile(filename) {
  const code = readFileSync(filename, 'utf8');
  const key = createHash('sha256').update(JSON.stringify(OPTIONS)).update(filename).update(code).digest('hex');
  const kept = new URL(`${key}.js`, CACHE);
  if (existsSync(kept)) return readFileSync(kept, 'utf8');
  const { code: result } = transformSync(code, { ...OPTIONS, filename });
  const draft = new URL(`${key}.${process.pid}.${Math.random()}`, CACHE);
  writeFileSync(draft, result);
  renameSync(draft, kept);
  return result;
}
