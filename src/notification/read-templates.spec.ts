import { describe, expect, it } from '@jest/globals';
import { readTemplates } from './read-templates.js';
import { SIMULATED_TEMPLATES } from './simulated-templates.js';

const GOOD = { templateId: 'abc_DEF-123', data: { character_string1: '{orderNo}', amount2: '￥{amountYuan}' } };
const errorsIn = (config: unknown): string[] => readTemplates(config).errors;

describe('SUBSCRIBE_MESSAGES_FILE', () => {
  it('is accepted as documented', () => {
    const config = {
      miniprogramState: 'trial',
      lang: 'en_US',
      orderPaid: { ...GOOD, page: 'pages/order/order?orderNo={orderNo}' },
      refundRejected: {
        templateId: 'x',
        data: { phrase1: '未通过', thing2: '原因：{rejectReason}', date3: '{decidedAt}' },
      },
    };
    const { templates, errors } = readTemplates(config);
    expect(errors).toEqual([]);
    expect(templates).toMatchObject({ miniprogramState: 'trial', lang: 'en_US', isEmpty: false });
    expect(templates.find('orderPaid')).toEqual(config.orderPaid);
    expect(templates.find('refundApproved')).toBeUndefined();
  });

  it('defaults to valid templates in simulator mode', () => {
    expect(errorsIn(SIMULATED_TEMPLATES)).toEqual([]);
  });

  it.each<[unknown, RegExp]>([
    [null, /^must be a JSON object$/],
    [[], /^must be a JSON object$/],
    [{}, /^must have at least one of orderPaid, .*refundFailed$/],
    [{ orderPaid: GOOD, orderPayed: GOOD }, /^orderPayed is unknown: use one of orderPaid, /],
    [{ orderPaid: GOOD, lang: 'de' }, /^lang must be one of zh_CN, en_US/],
    [{ orderPaid: GOOD, miniprogramState: 'beta' }, /^miniprogramState must be one of developer, trial, formal$/],
    [{ orderPaid: 'id' }, /^orderPaid must be an object with templateId and data$/],
    [{ orderPaid: { data: GOOD.data } }, /^orderPaid\.templateId is required/],
    [{ orderPaid: { ...GOOD, templateId: 'a b' } }, /^orderPaid\.templateId is required/],
    [{ orderPaid: { templateId: 'x' } }, /^orderPaid\.data is required/],
    [{ orderPaid: { ...GOOD, data: {} } }, /^orderPaid\.data is required/],
    [{ orderPaid: { ...GOOD, template: 'x' } }, /^orderPaid\.template is unknown: use one of templateId, page, data$/],
    [{ orderPaid: { ...GOOD, page: '/pages/order' } }, /^orderPaid\.page .*without a leading slash$/],
    [
      { orderPaid: { ...GOOD, page: 'pages/a?b={items}' } },
      /^orderPaid\.page has an unknown placeholder \{items\}: use one of \{orderNo\}$/,
    ],
    [
      { orderPaid: { ...GOOD, data: { tihng1: 'x' } } },
      /^orderPaid\.data\.tihng1 is not a template key: use one of thing, /,
    ],
    [{ orderPaid: { ...GOOD, data: { thing: 'x' } } }, /^orderPaid\.data\.thing is not a template key/],
    [{ orderPaid: { ...GOOD, data: { thing1: 7 } } }, /^orderPaid\.data\.thing1 must be a text$/],
    [{ orderPaid: { ...GOOD, data: { thing1: ' ' } } }, /^orderPaid\.data\.thing1 must be a text$/],
    [
      { orderPaid: { ...GOOD, data: { thing1: '{orderNumber}' } } },
      /^orderPaid\.data\.thing1 has an unknown placeholder \{orderNumber\}: use one of \{orderNo\} /,
    ],
    [{ orderPaid: { ...GOOD, data: { thing1: '{refundNo}' } } }, /unknown placeholder \{refundNo\}/],
    [{ orderPaid: { ...GOOD, data: { thing1: '{}' } } }, /unknown placeholder \{\}/],
    [{ orderPaid: { ...GOOD, data: { thing1: '{orderNo' } } }, /^orderPaid\.data\.thing1 has an unmatched brace/],
    [
      { orderPaid: { ...GOOD, data: { date1: '{orderNo}' } } },
      /^orderPaid\.data\.date1 must result in a date .*; it results in "20261121ABC/,
    ],
    [
      { orderPaid: { ...GOOD, data: { amount1: 'RMB {amountYuan}' } } },
      /^orderPaid\.data\.amount1 must result in one currency sign/,
    ],
    [
      { orderPaid: { ...GOOD, data: { phrase1: '已经支付成功' } } },
      /^orderPaid\.data\.phrase1 must result in at most 5 Chinese/,
    ],
    [
      { orderPaid: { ...GOOD, data: { thing1: '这一句话实在是太长了，二十个字的地方可放不下它' } } },
      /at most 20 characters/,
    ],
    [{ refundRejected: { ...GOOD, data: { thing1: '{completedAt}' } } }, /unknown placeholder \{completedAt\}/],
  ])('is rejected with one error: %j', (config, expected) => {
    const errors = errorsIn(config);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(expected);
  });

  it('is rejected with all errors at once', () => {
    expect(errorsIn({ lang: 'x', orderPaid: { data: { thing1: '{a}' } }, refundFailed: 1 })).toHaveLength(4);
  });
});
