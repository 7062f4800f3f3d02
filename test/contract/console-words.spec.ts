import { describe, expect, it } from '@jest/globals';
import { EVENT_CAUSES, EVENT_FACTS, EVENT_RESULTS } from '../../src/payment/event-facts.js';
import { CALL_FAILURES } from '../../src/wechat/outcome.js';
import { ACTIONS } from '../../src/wechat/v2/error-actions.js';
import { en } from '../../web/src/words/en.js';
import { zh } from '../../web/src/words/zh.js';

const CHINESE = /[一-鿿]/;
const LANGUAGES = [
  { language: 'Chinese', words: zh, form: CHINESE },
  { language: 'English', words: en, form: /^[^一-鿿]*[a-z]{3}[^一-鿿]*$/i },
];

describe.each(LANGUAGES)('the console in $language', ({ words, form }) => {
  const { events, errorCodes, shipping } = words;

  it('has a text for every result of every kind of event', () => {
    const lacking = Object.entries(EVENT_RESULTS).flatMap(([type, results]) => {
      const lines = (events.lines as Record<string, Record<string, string> | undefined>)[type];
      return results.filter((result) => !form.test(lines?.[result] ?? '')).map((result) => `${type} ${result}`);
    });
    expect(lacking).toEqual([]);
  });

  it('has words for every fact of an event, and for every value of a fact that is a word itself', () => {
    const names = new Set(Object.values(EVENT_FACTS).flat());
    expect(Object.keys(events.facts)).toEqual(expect.arrayContaining([...names]));
    for (const cause of EVENT_CAUSES)
      expect([cause, events.causes[cause]]).toEqual([cause, expect.stringMatching(form)]);
    for (const failure of CALL_FAILURES)
      expect([failure, events.failures[failure]]).toEqual([failure, expect.stringMatching(form)]);
    for (const state of ['PROCESSING', 'SUCCEEDED', 'ABNORMAL', 'CLOSED'])
      expect([state, events.states[state]]).toEqual([state, expect.stringMatching(form)]);
    expect(Object.keys(shipping.kinds).sort()).toEqual(['EXPRESS', 'SAME_CITY', 'SELF_PICKUP', 'VIRTUAL']);
  });

  it("says what each of WeChat's error codes means", () => {
    const ours = ['REFUNDCLOSE', 'CHANGE', 'REPLACED', 'NO_CLOSE_CALL'];
    const codes = new Set([...Object.values(ACTIONS).flatMap((table) => Object.keys(table)), ...ours]);
    const lacking = [...codes].filter((code) => !form.test(errorCodes[code] ?? ''));
    expect(lacking).toEqual([]);
  });
});
