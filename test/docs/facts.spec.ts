import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { EVENT_HEADLINES } from '../../src/payment/event-log/event-texts.js';
import { Settings } from '../../src/config/settings.js';
import { startupMessage } from '../../src/startup-message.js';
import { allInvariants } from '../../src/verify/verify.js';
import { repositoryFiles } from './repository-files.js';
import { markdownPages, tableRows, withoutCode } from './support.js';

const NUMBERS = ['eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen'];
/** Names of other programs and of browsers, and patterns that stand for many names. */
const FOREIGN_NAMES = [
  ...['SameSite', 'HttpOnly', 'PayReq', 'wx', 'getUserInfo', 'checkSessionKey', 'zeroRuntime', 'forwardRef'],
  ...['max_connections'],
];

describe('the statements in the documents', () => {
  it('documents: the number of demo stories is the number of stories in demo/', async () => {
    const main = await readFile('demo/main.ts', 'utf8');
    const [, list = ''] = /const STORIES = \[([^\]]*)\]/.exec(main) ?? [];
    const count = list.split(',').filter((name) => name.trim() !== '').length;
    const word = NUMBERS[count - 8];
    for (const page of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/getting-started.md']) {
      const written = [...(await readFile(page, 'utf8')).matchAll(/(\w+) stories/g)].map(([, number]) => number);
      expect([page, ...new Set(written.filter((number) => NUMBERS.includes(number ?? '')))]).toEqual([page, word]);
    }
  });

  it('docs/getting-started.md: lists every demo story with its title in both languages', async () => {
    const files = await readdir('demo/stories');
    const call = /startStory\(\s*(\d+),\s*'(.+?)',\s*'(.+?)',?\s*\)/;
    const stories = await Promise.all(
      files.map(async (file) => call.exec(await readFile(`demo/stories/${file}`, 'utf8'))),
    );
    const known = stories.map((story) => story?.slice(1)).sort((a, b) => Number(a?.[0]) - Number(b?.[0]));
    expect(await tableRows('docs/getting-started.md', '## Play the demo')).toEqual(known);
  });

  it('docs/getting-started.md: shows the message that the service prints after the start', async () => {
    const page = await readFile('docs/getting-started.md', 'utf8');
    const [, password = ''] = /One-time password +(\S+)/.exec(page) ?? [];
    const [, credentialsFile = ''] = /Demo credentials +(\S+)/.exec(page) ?? [];
    const settings = Object.assign(new Settings(), { API_DOCS: 'on' });
    const message = startupMessage(settings, {
      url: 'http://127.0.0.1:3000',
      simulator: { url: 'http://127.0.0.1:3001' },
      admin: { username: 'admin', password },
      credentialsFile,
    });
    expect(page).toContain(`\`\`\`\n${message.trim()}\n\`\`\``);
  });

  it('docs/going-live.md: quotes the headlines of the timeline as the API writes them', async () => {
    const page = await readFile('docs/going-live.md', 'utf8');
    const { NOTICE, QUERY } = EVENT_HEADLINES;
    for (const [headline] of [NOTICE.APPLIED, NOTICE.REPEATED, QUERY.APPLIED])
      expect(page).toContain(`\`${headline}\``);
  });

  it('docs/operations.md: quotes the lines of the log as the service writes them', async () => {
    const files = repositoryFiles('src').filter((name) => name.endsWith('.ts'));
    const code = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
    const missing: string[] = [];
    for (const [quotes = ''] of await tableRows('docs/operations.md', '## Logs')) {
      for (const [, line = ''] of quotes.matchAll(/`([^`]+)`/g)) {
        const parts = line.split('…').filter((part) => /\w/.test(part));
        if (!parts.every((part) => code.includes(part.trim()))) missing.push(line);
      }
    }
    expect(missing).toEqual([]);
  });

  it('CHANGELOG.md: the number of invariants is the number that verify checks', async () => {
    const count = allInvariants(new Date()).length;
    expect(await readFile('CHANGELOG.md', 'utf8')).toContain(`${String(count)} invariants`);
  });

  it('docs/glossary.md: the terms are in alphabetical order, each with a Chinese term and one sentence', async () => {
    const rows = await tableRows('docs/glossary.md');
    const terms = rows.map(([term = '']) => term);
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect(terms).toEqual(terms.toSorted(new Intl.Collator('en').compare));
    for (const [term, chinese, meaning] of rows) {
      expect([term, chinese]).toEqual([term, expect.stringMatching(/\p{Script=Han}/u)]);
      expect([term, meaning]).toEqual([term, expect.stringMatching(/^[A-Z].*[^.]\.$/)]);
    }
  });

  it('docs/decisions/README.md: lists every record by its title, in the order of the numbers', async () => {
    const index = await readFile('docs/decisions/README.md', 'utf8');
    const listed = [...index.matchAll(/^- \[(.+)\]\((.+)\)$/gm)].map(
      ([, title, file]) => `${file ?? ''}: ${title ?? ''}`,
    );
    const files = (await readdir('docs/decisions')).filter((name) => name !== 'README.md').sort();
    const titles = files.map(async (file) => {
      const [first = ''] = (await readFile(`docs/decisions/${file}`, 'utf8')).split('\n');
      return `${file}: ${first.replace(/^# /, '')}`;
    });
    expect(listed).toEqual(await Promise.all(titles));
  });

  it('documents: every name of a class, function, column, metric or file in backticks exists in the repository', async () => {
    const files = repositoryFiles();
    const code = files.filter((file) =>
      /^(src|packages|web|demo|chaos|bench|tools|test|examples|scripts)\/.*(\.(ts|tsx|js)|galera|tsconfig\.json)$/.test(
        file,
      ),
    );
    const names = new Set<string>(FOREIGN_NAMES);
    for (const file of code) for (const [name] of (await readFile(file, 'utf8')).matchAll(/\w+/g)) names.add(name);
    const isKnown = (name: string): boolean =>
      names.has(name) || names.has(camelCase(name)) || names.has(name.replace(/^wx_checkout_/, ''));
    const missing: string[] = [];
    for (const page of ['README.md', 'CONTRIBUTING.md', ...markdownPages('docs')]) {
      const text = withoutCode(await readFile(page, 'utf8'));
      for (const [, written = ''] of text.matchAll(/`([\w./-]+)`/g)) {
        if (/^(src|packages|web|demo|chaos|bench|tools|test|docs|examples)\/.*\.\w+$/.test(written)) {
          if (!files.includes(written)) missing.push(`${page}: ${written}`);
        } else if (/^\w+(\.\w+)?$/.test(written) && /[a-z][A-Z]|[a-z]_[a-z]/.test(written)) {
          if (!written.split('.').every(isKnown)) missing.push(`${page}: ${written}`);
        }
      }
    }
    expect(missing).toEqual([]);
  });
});

/** The property of an entity for a column: `refund_due_fen` → `refundDueFen`. */
function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
