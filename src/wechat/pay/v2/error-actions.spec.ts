import { describe, expect, it } from '@jest/globals';
import type { RefusalAction } from '../outcome.js';
import { actionFor, ERROR_ACTIONS } from './error-actions.js';
import { V2_ERROR_TEXTS } from './error-texts.js';

/** Every row of "WeChat Pay v2, refund, errors", by its action. RETRY_SAME is an unknown outcome to callers. */
const REFUND: [RefusalAction, string[]][] = [
  ['RETRY_SAME', ['SYSTEMERROR', 'BIZERR_NEED_RETRY']],
  ['TOP_UP_FUNDS', ['NOTENOUGH']],
  ['RETRY_LATER', ['FREQUENCY_LIMITED', 'INVALID_REQ_TOO_MUCH']],
  ['NOT_READY', ['ORDER_NOT_READY']],
  [
    'GIVE_UP',
    [
      'TRADE_OVERDUE',
      'ERROR',
      'USER_ACCOUNT_ABNORMAL',
      'ORDERNOTEXIST',
      'REFUND_FEE_INVALID',
      'INVALID_REQUEST',
      'TRADE_STATE_ERROR',
    ],
  ],
  [
    'FIX_REQUEST',
    [
      'PARAM_ERROR',
      'INVALID_TRANSACTIONID',
      'APPID_NOT_EXIST',
      'MCHID_NOT_EXIST',
      'SIGNERROR',
      'XML_FORMAT_ERROR',
      'REQUIRE_POST_METHOD',
      'NOAUTH',
      'CERT_ERROR',
      'REFUND_FEE_MISMATCH',
      'RETURN_FAIL',
      'NO_CLIENT_CERTIFICATE',
      'CLIENT_CERTIFICATE_REFUSED',
      'CLIENT_CERTIFICATE_NOT_YET_VALID',
      'CLIENT_CERTIFICATE_EXPIRED',
      'CLIENT_CERTIFICATE_OF_OTHER_MERCHANT',
    ],
  ],
  ['QUERY_FIRST', ['A_NEW_WORD', '', 'constructor', 'toString', '__proto__']],
];

/** Every row of "WeChat Pay v2, refund query, errors". */
const REFUND_QUERY: [RefusalAction, string[]][] = [
  ['RETRY_SAME', ['SYSTEMERROR']],
  ['NOT_FOUND', ['REFUNDNOTEXIST']],
  [
    'FIX_REQUEST',
    [
      'INVALID_TRANSACTIONID',
      'PARAM_ERROR',
      'INVALID_REQUEST',
      'APPID_NOT_EXIST',
      'MCHID_NOT_EXIST',
      'REQUIRE_POST_METHOD',
      'SIGNERROR',
      'XML_FORMAT_ERROR',
      'RETURN_FAIL',
    ],
  ],
  ['RETRY_LATER', ['FREQUENCY_LIMITED', 'INVALID_REQ_TOO_MUCH']],
  ['QUERY_FIRST', ['ORDERNOTEXIST', 'A_NEW_WORD', 'hasOwnProperty']],
];

const rows = (table: [RefusalAction, string[]][]): [string, RefusalAction][] =>
  table.flatMap(([action, codes]) => codes.map((code): [string, RefusalAction] => [code, action]));

describe('v2 error actions', () => {
  it.each(rows(REFUND))('refund: %s has the action %s', (code, action) => {
    expect(actionFor('refund', code, '…')).toBe(action);
  });

  it.each(rows(REFUND_QUERY))('refundquery: %s has the action %s', (code, action) => {
    expect(actionFor('refundquery', code, '…')).toBe(action);
  });

  it("NOTENOUGH means the payer's balance in unifiedorder, and the merchant's in refund", () => {
    expect(actionFor('unifiedorder', 'NOTENOUGH', '余额不足')).toBe('TELL_USER');
    expect(actionFor('refund', 'NOTENOUGH', '基本账户余额不足，请充值后重新发起')).toBe('TOP_UP_FUNDS');
  });

  it('every code has a text in English and Chinese', () => {
    const codes = new Set(Object.values(ERROR_ACTIONS).flatMap((table) => Object.keys(table)));
    expect(Object.keys(V2_ERROR_TEXTS).sort()).toEqual([...codes, 'REFUNDCLOSE', 'CHANGE'].sort());
    for (const { en, zh } of Object.values(V2_ERROR_TEXTS)) {
      expect(en).toMatch(/^[^一-鿿]+$/);
      expect(zh).toMatch(/[一-鿿]/);
    }
  });

  it('refund: INVALID_REQUEST is not read as a repeated order number', () => {
    expect(actionFor('refund', 'INVALID_REQUEST', '201 商户订单号重复')).toBe('GIVE_UP');
  });
});
