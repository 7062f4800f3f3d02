import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PRIVATE_PHRASES, PRIVATE_WORDS } from '../../eslint/private-words.js';
import { repositoryFiles } from './repository-files.js';

const TEXTS = /\.(ts|tsx|js|mjs|md|json|jsonc|css|html|wxml|yml|yaml|sh)$|(^|\/)(run|galera)$/;
/** The list itself and its test, versions of other people's packages, and recorded data. */
const LEFT_OUT =
  /^eslint\/|^test\/docs\/words\.spec\.ts$|package-lock\.json$|^test\/vectors\/|^test\/upgrade\/.*\.json$/;

const WORD = new RegExp(`\\b(${Object.keys(PRIVATE_WORDS).join('|')})\\b`, 'i');

const files = repositoryFiles().filter((name) => TEXTS.test(name) && !LEFT_OUT.test(name));

/** The text of a file, without quoted names of earlier versions: code in the changelog, stored values in migrations. */
function textOf(name: string): string {
  const text = readFileSync(name, 'utf8');
  if (name === 'CHANGELOG.md') return text.replaceAll(/`[^`\n]*`/g, '');
  if (name.startsWith('src/database/migrations/')) return text.replaceAll(/'[A-Z_]+'/g, '');
  return text;
}

/** The lines that contain a private word or phrase, each with the term to use. */
function found(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const word = WORD.exec(line)?.[1];
    const phrase = PRIVATE_PHRASES.find(([pattern]) => pattern.test(line));
    const instead = word === undefined ? phrase?.[1] : PRIVATE_WORDS[word.toLowerCase() as keyof typeof PRIVATE_WORDS];
    return instead === undefined ? [] : [`${String(index + 1)}: ${line.trim()} → ${instead}`];
  });
}

describe('words: the whole repository uses standard terms and plain English', () => {
  it('searches the folders that hold code, tests and documents', () => {
    for (const folder of [
      'src/',
      'packages/',
      'test/',
      'web/',
      'docs/',
      'demo/',
      'chaos/',
      'bench/',
      'tools/',
      'examples/',
      '.ci/',
      'README.md',
    ])
      expect(files.some((name) => name.startsWith(folder))).toBe(true);
  });

  it.each(['Nobody has paid.', 'It pays no more.', 'what we are told', 'The shop wishes it.', 'be it v2 or v3'])(
    'finds a private word in "%s"',
    (text) => expect(found(text)).toHaveLength(1),
  );

  it.each(['no more than five', 'A newsletter on a desktop', 'anewly'])('accepts "%s"', (text) =>
    expect(found(text)).toEqual([]),
  );

  it('finds no private word in comments, messages, test titles or documents', () => {
    const lines = files.flatMap((name) => found(textOf(name)).map((line) => `${name}:${line}`));
    expect(lines).toEqual([]);
  });
});
