import { describe, expect, it } from '@jest/globals';
import type { Problem } from '../api/client.js';
import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';
import { problemText, splitProblem } from './split-problem.js';

const PROBLEM: Problem = {
  type: 'urn:wx-checkout:problem:VALIDATION_FAILED',
  title: '请求无效',
  status: 400,
  code: 'VALIDATION_FAILED',
  detail: '以下内容有误：carrier。',
  requestId: 'request-1',
  retryable: false,
  errors: [{ field: 'carrier', message: "carrier must be WeChat's code with EXPRESS, such as SF" }],
};
const EXCEEDS: Problem = {
  ...PROBLEM,
  code: 'REFUND_EXCEEDS_PAYMENT',
  status: 409,
  detail: '退款金额 ¥2.00 超出可退的 ¥1.00，请减小金额。',
  errors: [{ field: 'amountFen', message: 'amountFen must not be greater than 100' }],
};

describe('splitProblem', () => {
  it('assigns a validation error to its field, in the language of the page', () => {
    expect(splitProblem(PROBLEM, ['carrier'], {}, zh.problems)).toEqual({
      fieldErrors: [{ name: 'carrier', text: '请从列表选择，或填写微信编码' }],
      general: null,
    });
    const unforeseen = { ...PROBLEM, errors: [{ field: 'kind', message: 'kind must be one of EXPRESS' }] };
    expect(splitProblem(unforeseen, ['kind'], {}, zh.problems).fieldErrors).toEqual([
      { name: 'kind', text: '服务没有接受此项，请修改后重试' },
    ]);
    expect(splitProblem(unforeseen, ['kind'], {}, en.problems).fieldErrors).toEqual([
      { name: 'kind', text: 'This must be one of EXPRESS' },
    ]);
  });

  it('finds fields by their alias and by the error code', () => {
    expect(splitProblem(EXCEEDS, ['amount'], { amountFen: 'amount' }, zh.problems)).toEqual({
      fieldErrors: [{ name: 'amount', text: EXCEEDS.detail }],
      general: null,
    });
  });

  it('returns a general text with the names of fields that the form does not have', () => {
    expect(splitProblem(PROBLEM, ['trackingNo'], {}, zh.problems)).toEqual({
      fieldErrors: [],
      general: '以下内容有误：快递公司。请修改后重试。',
    });
    expect(problemText(PROBLEM, en.problems)).toBe('Please correct: carrier.');
  });

  it('returns the detail of an error that concerns no field', () => {
    const busy: Problem = { ...EXCEEDS, code: 'ORDER_BUSY', detail: '订单处理中', errors: [] };
    expect(splitProblem(busy, ['amount'], {}, zh.problems)).toEqual({ fieldErrors: [], general: '订单处理中' });
  });

  it("adds WeChat's own text to the detail of a refusal", () => {
    const refused: Problem = {
      ...EXCEEDS,
      code: 'WECHAT_REJECTED',
      detail: '微信拒绝了该请求。',
      errors: [],
      upstreamMessage: '银行卡信息有误',
    };
    expect(splitProblem(refused, [], {}, zh.problems).general).toBe('微信拒绝了该请求。 银行卡信息有误');
  });

  it('has names and hints for the same fields in both languages', () => {
    expect(Object.keys(en.problems.fieldNames).sort()).toEqual(Object.keys(zh.problems.fieldNames).sort());
    expect(Object.keys(en.problems.fieldHints).sort()).toEqual(Object.keys(zh.problems.fieldHints).sort());
  });
});
