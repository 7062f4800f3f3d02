import { describe, expect, it } from '@jest/globals';
import type { RefusalAction } from '../outcome.js';
import { actionFor } from './error-actions.js';

/** Every row of "WeChat Pay v2, refund, errors", by what it says to do. SAME is an unknown outcome to callers. */
const REFUND: [RefusalAction, string[]][] = [
  ['SAME', ['SYSTEMERROR', 'BIZERR_NEED_RETRY']],
  ['FUNDS', ['NOTENOUGH']],
  ['WAIT', ['FREQUENCY_LIMITED', 'ORDER_NOT_READY', 'INVALID_REQ_TOO_MUCH']],
  [
    'STOP',
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
    'FIX',
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
  ['QUERY', ['A_NEW_WORD', '', 'constructor', 'toString', '__proto__']],
];

/** Every row of "WeChat Pay v2, refund query, errors". */
const REFUND_QUERY: [RefusalAction, string[]][] = [
  ['SAME', ['SYSTEMERROR']],
  ['ABSENT', ['REFUNDNOTEXIST']],
  [
    'FIX',
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
  ['WAIT', ['FREQUENCY_LIMITED', 'INVALID_REQ_TOO_MUCH']],
  ['QUERY', ['ORDERNOTEXIST', 'A_NEW_WORD', 'hasOwnProperty']],
];

const rows = (table: [RefusalAction, string[]][]): [string, RefusalAction][] =>
  table.flatMap(([action, codes]) => codes.map((code): [string, RefusalAction] => [code, action]));

describe('what to do about a refusal', () => {
  it.each(rows(REFUND))('of a refund: %s asks for %s', (code, action) => {
    expect(actionFor('refund', code, '…')).toBe(action);
  });

  it.each(rows(REFUND_QUERY))('of a question about a refund: %s asks for %s', (code, action) => {
    expect(actionFor('refundquery', code, '…')).toBe(action);
  });

  it("means the payer's money in a payment, and the merchant's in a refund", () => {
    expect(actionFor('unifiedorder', 'NOTENOUGH', '余额不足')).toBe('USER');
    expect(actionFor('refund', 'NOTENOUGH', '基本账户余额不足，请充值后重新发起')).toBe('FUNDS');
  });

  it('does not read the words of a refund as those of a payment', () => {
    expect(actionFor('refund', 'INVALID_REQUEST', '201 商户订单号重复')).toBe('STOP');
  });
});
