import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { AUDIT_FIELDS, AUDIT_ENUM_VALUES } from '../../../src/audit/audit-actions.js';
import { EVENT_CAUSES, EVENT_DATA_FIELDS, EVENT_RESULTS } from '../../../src/payment/event-log/order-event-types.js';
import { CALL_FAILURES } from '../../../src/wechat/pay/outcome.js';
import { formatField } from '../../../web/src/pages/audit/format-field.js';
import { en } from '../../../web/src/i18n/en.js';
import { zh } from '../../../web/src/i18n/zh.js';

const CHINESE = /[一-鿿]/;
const LANGUAGES = [
  { language: 'Chinese', words: zh, form: CHINESE },
  { language: 'English', words: en, form: /^[^一-鿿]*[a-z]{3}[^一-鿿]*$/i },
];

describe.each(LANGUAGES)('the console in $language', ({ language, words, form }) => {
  const { events, shipping } = words;

  it('has a text for every result of every event type', () => {
    const lacking = Object.entries(EVENT_RESULTS).flatMap(([type, results]) => {
      const headlines = events.headlines[type];
      return results.filter((result) => !form.test(headlines?.[result] ?? '')).map((result) => `${type} ${result}`);
    });
    expect(lacking).toEqual([]);
  });

  it('has a text for every field of an event and for every enumerated value', () => {
    const names = new Set(Object.values(EVENT_DATA_FIELDS).flat());
    expect(Object.keys(events.details)).toEqual(expect.arrayContaining([...names]));
    for (const cause of EVENT_CAUSES)
      expect([cause, events.causes[cause]]).toEqual([cause, expect.stringMatching(form)]);
    for (const failure of CALL_FAILURES)
      expect([failure, events.failures[failure]]).toEqual([failure, expect.stringMatching(form)]);
    for (const state of ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'CLOSED'])
      expect([state, events.states[state]]).toEqual([state, expect.stringMatching(form)]);
    expect(Object.keys(shipping.kinds).sort()).toEqual(['EXPRESS', 'SAME_CITY', 'SELF_PICKUP', 'VIRTUAL']);
  });

  it('has a text for every audit action and for its target', () => {
    const lacking = Object.keys(AUDIT_FIELDS).filter((action) => {
      const kind = words.audit.subjects[action.split('.')[0] ?? ''] ?? '';
      return !form.test(words.audit.actions[action] ?? '') || !form.test(kind);
    });
    expect(lacking).toEqual([]);
    expect(Object.keys(words.audit.actions).sort()).toEqual(Object.keys(AUDIT_FIELDS).sort());
  });

  it('has a text for every field of the audit log and for every enumerated value', () => {
    const names = new Set<string>(Object.values(AUDIT_FIELDS).flat());
    const ownForm = language === 'Chinese' ? form : /^[A-Z][^一-鿿]+$/;
    const lacking = [...names].filter((name) => !ownForm.test(words.audit.fields[name] ?? ''));
    expect(lacking.filter((name) => words.audit.fields[name] !== 'ID')).toEqual([]);
    const reader = { t: words, carriers: new Map<string, string>(), names: new Map<string, string>() };
    const raw = Object.entries(AUDIT_ENUM_VALUES).flatMap(([name, values]: [string, readonly string[]]) =>
      values.filter(
        (value) => !form.test(formatField(name, value, reader)) || formatField(name, value, reader) === value,
      ),
    );
    expect(raw).toEqual([]);
  });
});

/** The compiler reports a text that one language lacks, but not one that no page shows. */
it('each text of the console is used by a file that reads its section', () => {
  const folder = join(import.meta.dirname, '../../../web/src');
  const names = globSync('**/*.{ts,tsx}', { cwd: folder }).filter((name) => !/^i18n.(?!language-provider)/.test(name));
  const sources = names.map((name) => readFileSync(join(folder, name), 'utf8'));
  // The tests above compare the events.
  const sections = Object.entries(zh).filter(([section]) => section !== 'events' && section !== 'language');
  const unused = sections.flatMap(([section, texts]) =>
    Object.keys(texts)
      .filter((key) => {
        const read = new RegExp(`\\.${key}\\b|'${key}'|\\b${key}(: \\w+)?[,:;] |\\b${key} }`);
        return !sources.some((source) => new RegExp(`\\b${section}\\b`).test(source) && read.test(source));
      })
      .map((key) => `${section}.${key}`),
  );
  expect(unused).toEqual([]);
});
