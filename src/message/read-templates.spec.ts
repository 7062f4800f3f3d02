import { describe, expect, it } from '@jest/globals';
import { readTemplates } from './read-templates.js';
import { SIMULATED_TEMPLATES } from './simulated-templates.js';

const GOOD = { templateId: 'abc_DEF-123', data: { character_string1: '{orderNo}', amount2: '￥{amountYuan}' } };
const complaintsAbout = (config: unknown): string[] => readTemplates(config).complaints;

describe('the configuration of messages', () => {
  it('is good as the documentation shows it', () => {
    const config = {
      ...{ miniprogramState: 'trial', lang: 'en_US' },
      orderPaid: { ...GOOD, page: 'pages/order/order?orderNo={orderNo}' },
      refundRejected: {
        templateId: 'x',
        data: { phrase1: '未通过', thing2: '原因：{rejectReason}', date3: '{decidedAt}' },
      },
    };
    const { templates, complaints } = readTemplates(config);
    expect(complaints).toEqual([]);
    expect(templates).toMatchObject({ miniprogramState: 'trial', lang: 'en_US', isEmpty: false });
    expect(templates.find('orderPaid')).toEqual(config.orderPaid);
    expect(templates.find('refundApproved')).toBeUndefined();
  });

  it('that the simulator begins with is good', () => {
    expect(complaintsAbout(SIMULATED_TEMPLATES)).toEqual([]);
  });

  it.each<[unknown, RegExp]>([
    [null, /^must be a JSON object$/],
    [[], /^must be a JSON object$/],
    [{}, /^must have at least one of orderPaid, .*refundFailed$/],
    [{ orderPaid: GOOD, orderPayed: GOOD }, /^orderPayed is unknown: there are orderPaid, /],
    [{ orderPaid: GOOD, lang: 'de' }, /^lang must be zh_CN, en_US/],
    [{ orderPaid: GOOD, miniprogramState: 'beta' }, /^miniprogramState must be developer, trial, formal$/],
    [{ orderPaid: 'id' }, /^orderPaid must be an object with templateId and data$/],
    [{ orderPaid: { data: GOOD.data } }, /^orderPaid\.templateId is needed/],
    [{ orderPaid: { ...GOOD, templateId: 'a b' } }, /^orderPaid\.templateId is needed/],
    [{ orderPaid: { templateId: 'x' } }, /^orderPaid\.data is needed/],
    [{ orderPaid: { ...GOOD, data: {} } }, /^orderPaid\.data is needed/],
    [{ orderPaid: { ...GOOD, template: 'x' } }, /^orderPaid\.template is unknown: there are templateId, page, data$/],
    [{ orderPaid: { ...GOOD, page: '/pages/order' } }, /^orderPaid\.page .*without a slash before it$/],
    [
      { orderPaid: { ...GOOD, page: 'pages/a?b={items}' } },
      /^orderPaid\.page has an unknown placeholder \{items\}: there are \{orderNo\}$/,
    ],
    [
      { orderPaid: { ...GOOD, data: { tihng1: 'x' } } },
      /^orderPaid\.data\.tihng1 is no key of a template: one begins with thing, /,
    ],
    [{ orderPaid: { ...GOOD, data: { thing: 'x' } } }, /^orderPaid\.data\.thing is no key/],
    [{ orderPaid: { ...GOOD, data: { thing1: 7 } } }, /^orderPaid\.data\.thing1 must be a text$/],
    [{ orderPaid: { ...GOOD, data: { thing1: ' ' } } }, /^orderPaid\.data\.thing1 must be a text$/],
    [
      { orderPaid: { ...GOOD, data: { thing1: '{orderNumber}' } } },
      /^orderPaid\.data\.thing1 has an unknown placeholder \{orderNumber\}: there are \{orderNo\} /,
    ],
    [{ orderPaid: { ...GOOD, data: { thing1: '{refundNo}' } } }, /unknown placeholder \{refundNo\}/],
    [{ orderPaid: { ...GOOD, data: { thing1: '{}' } } }, /unknown placeholder \{\}/],
    [
      { orderPaid: { ...GOOD, data: { thing1: '{orderNo' } } },
      /^orderPaid\.data\.thing1 has a brace without its other half/,
    ],
    [
      { orderPaid: { ...GOOD, data: { date1: '{orderNo}' } } },
      /^orderPaid\.data\.date1 must come to a day .*; it comes to "20261121ABC/,
    ],
    [
      { orderPaid: { ...GOOD, data: { amount1: 'RMB {amountYuan}' } } },
      /^orderPaid\.data\.amount1 must come to one currency sign/,
    ],
    [
      { orderPaid: { ...GOOD, data: { phrase1: '已经支付成功' } } },
      /^orderPaid\.data\.phrase1 must come to at most 5 Chinese/,
    ],
    [
      { orderPaid: { ...GOOD, data: { thing1: '这一句话实在是太长了，二十个字的地方可放不下它' } } },
      /at most 20 characters/,
    ],
    [{ refundRejected: { ...GOOD, data: { thing1: '{completedAt}' } } }, /unknown placeholder \{completedAt\}/],
  ])('%j is complained about, in one line', (config, complaint) => {
    const complaints = complaintsAbout(config);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(complaint);
  });

  it('has all its mistakes told at once', () => {
    expect(complaintsAbout({ lang: 'x', orderPaid: { data: { thing1: '{a}' } }, refundFailed: 1 })).toHaveLength(4);
  });
});
