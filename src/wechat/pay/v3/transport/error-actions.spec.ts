import { describe, expect, it } from '@jest/globals';
import type { RefusalAction } from '../../outcome.js';
import { V3_ERROR_TEXTS } from '../error-texts.js';
import { currentSpelling, V3_ERROR_ACTIONS, v3ActionFor, type V3Endpoint } from './error-actions.js';

/** Rows of WeChat's tables: call, HTTP status, code, action. */
const ROWS: [V3Endpoint, number, string, RefusalAction][] = [
  ['prepay', 400, 'PARAM_ERROR', 'FIX_REQUEST'],
  ['prepay', 400, 'APPID_MCHID_NOT_MATCH', 'FIX_REQUEST'],
  ['prepay', 400, 'MCH_NOT_EXISTS', 'FIX_REQUEST'],
  ['prepay', 403, 'NO_AUTH', 'FIX_REQUEST'],
  ['prepay', 400, 'ORDER_PAID', 'ALREADY_PAID'],
  ['prepay', 403, 'ORDER_PAID', 'ALREADY_PAID'],
  ['prepay', 400, 'ORDER_CLOSED', 'NEW_NUMBER'],
  ['prepay', 403, 'OUT_TRADE_NO_USED', 'NEW_NUMBER'],
  ['prepay', 403, 'RULE_LIMIT', 'GIVE_UP'],
  ['prepay', 429, 'FREQUENCY_LIMITED', 'RETRY_LATER'],
  ['query', 404, 'ORDER_NOT_EXIST', 'NOT_FOUND'],
  ['query', 404, 'RESOURCE_NOT_EXISTS', 'QUERY_FIRST'],
  ['close', 400, 'ORDER_PAID', 'ALREADY_PAID'],
  ['close', 400, 'ORDER_CLOSED', 'ALREADY_CLOSED'],
  ['close', 404, 'ORDER_NOT_EXIST', 'NOT_FOUND'],
  ['close', 202, 'USERPAYING', 'RETRY_LATER'],
  ['refund', 403, 'NOT_ENOUGH', 'TOP_UP_FUNDS'],
  ['refund', 403, 'USER_ACCOUNT_ABNORMAL', 'GIVE_UP'],
  ['refund', 404, 'RESOURCE_NOT_EXISTS', 'GIVE_UP'],
  ['refund', 404, 'MCH_NOT_EXISTS', 'FIX_REQUEST'],
  ['refund', 400, 'INVALID_REQUEST', 'GIVE_UP'],
  ['refund', 401, 'SIGN_ERROR', 'FIX_REQUEST'],
  ['refund', 429, 'FREQUENCY_LIMITED', 'QUERY_FIRST'],
  ['refund', 500, 'BIZ_ERR_NEED_RETRY', 'RETRY_SAME'],
  ['refundquery', 404, 'RESOURCE_NOT_EXISTS', 'NOT_FOUND'],
  ['refundquery', 404, 'ORDER_NOT_EXIST', 'QUERY_FIRST'],
];

const act = (endpoint: V3Endpoint, status: number, code: string, more: { message?: string; reason?: number } = {}) =>
  v3ActionFor(endpoint, { status, code, message: '', reason: 0, ...more });

describe('v3 error tables', () => {
  it.each(ROWS)('%s: HTTP %i %s means %s', (endpoint, status, code, action) => {
    expect(act(endpoint, status, code)).toBe(action);
  });

  it.each(Object.keys(V3_ERROR_ACTIONS) as V3Endpoint[])('%s: a status never decides alone', (endpoint) => {
    for (const code of ['A_NEW_WORD', '', 'constructor', '__proto__'])
      expect(act(endpoint, 404, code)).toBe(endpoint.includes('bill') ? 'RETRY_LATER' : 'QUERY_FIRST');
    for (const code of ['A_NEW_WORD', 'ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS', 'NOT_ENOUGH', 'SYSTEM_ERROR'])
      expect(act(endpoint, 500, code)).toBe('RETRY_SAME');
  });

  it.each([
    ['prepay', 268498688, 'NEW_NUMBER'],
    ['prepay', 268449538, 'ALREADY_PAID'],
    ['prepay', 268447914, 'NEW_NUMBER'],
    ['refund', 268892709, 'TOP_UP_FUNDS'],
    ['refund', 268448746, 'RETRY_LATER'],
    ['refund', 268892183, 'FIX_REQUEST'],
    ['refund', 268892177, 'GIVE_UP'],
  ] as const)('%s: INVALID_REQUEST with the reason %i means %s', (endpoint, reason, action) => {
    expect(act(endpoint, 400, 'INVALID_REQUEST', { reason })).toBe(action);
  });

  it('INVALID_REQUEST without a reason is distinguished by its text', () => {
    const message = '请求重入时，参数与首次请求时不一致';
    expect(act('prepay', 400, 'INVALID_REQUEST', { message })).toBe('NEW_NUMBER');
    expect(act('prepay', 400, 'INVALID_REQUEST')).toBe('FIX_REQUEST');
    expect(act('refund', 400, 'INVALID_REQUEST', { message: '频率限制，1个月之前的订单' })).toBe('RETRY_LATER');
  });

  it.each([
    ['ORDERPAID', 'ORDER_PAID'],
    ['ORDERNOTEXIST', 'ORDER_NOT_EXIST'],
    ['NOTENOUGH', 'NOT_ENOUGH'],
    ['SYSTEMERROR', 'SYSTEM_ERROR'],
    ['toString', 'toString'],
  ])('%s is read as %s', (old, current) => {
    expect(currentSpelling(old)).toBe(current);
  });

  it('every code has a text for staff', () => {
    const codes = Object.values(V3_ERROR_ACTIONS).flatMap((actions) => Object.keys(actions));
    expect(Object.keys(V3_ERROR_TEXTS)).toEqual(expect.arrayContaining(codes));
  });
});
