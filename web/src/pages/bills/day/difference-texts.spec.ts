import { describe, expect, it } from '@jest/globals';
import type { BillDifference } from '../../../api/client.js';
import { zh } from '../../../i18n/zh.js';
import { amountNamesOf, meaningOf, ownRefundNo, stateText } from './difference-texts.js';

const REFUND: BillDifference = {
  id: 1,
  kind: 'MISSING_HERE',
  entryType: 'REFUND',
  outTradeNo: 'P1',
  outRefundNo: 'R1',
  transactionId: 'T1',
  orderNo: null,
  oursFen: null,
  theirsFen: 100,
  ourState: null,
  theirState: 'SUCCEEDED',
  at: null,
  status: 'OPEN',
  resolution: null,
  note: null,
  explainedBy: null,
  createdAt: '2026-11-22T02:20:00.000Z',
  endedAt: null,
};

describe('reconciliation: texts of a difference', () => {
  it('say what to do by the kind, by whether the order is here, and by whether it is a refund', () => {
    expect(meaningOf(REFUND, zh)).toContain('使用同一商户号的其他系统');
    expect(meaningOf({ ...REFUND, orderNo: 'O1' }, zh)).toContain('自动向微信查询');
    expect(meaningOf({ ...REFUND, kind: 'MISSING_THERE' }, zh)).toContain('买家是否已收到退款');
    expect(meaningOf({ ...REFUND, kind: 'MISSING_THERE', entryType: 'PAYMENT' }, zh)).toContain('不要发货');
    expect(meaningOf({ ...REFUND, kind: 'FEE', orderNo: 'O1' }, zh)).toContain('费率');
  });

  it('name the amounts of fees and balances as such', () => {
    expect([amountNamesOf({ kind: 'FEE' }, zh), amountNamesOf({ kind: 'FUND_FLOW' }, zh)]).toEqual([
      { ours: '按费率应收', theirs: '账单手续费' },
      { ours: '应有余额', theirs: '账单余额' },
    ]);
  });

  it('translate the states of payments and refunds, and show an unknown one unchanged', () => {
    expect(stateText({ entryType: 'REFUND' }, 'SUCCEEDED', zh)).toBe('已退款');
    expect(stateText({ entryType: 'PAYMENT' }, 'SUCCEEDED', zh)).toBe('支付成功');
    expect(stateText({ entryType: 'PAYMENT' }, 'constructor', zh)).toBe('constructor');
    expect(stateText({ entryType: 'DAY' }, null, zh)).toBeNull();
  });

  it('link a refund only if our records have it', () => {
    expect(ownRefundNo(REFUND)).toBeNull();
    expect(ownRefundNo({ ...REFUND, orderNo: 'O1' })).toBe('R1');
    expect(ownRefundNo({ ...REFUND, resolution: 'REFUND_IMPORTED' })).toBe('R1');
    expect(ownRefundNo({ ...REFUND, entryType: 'PAYMENT', orderNo: 'O1' })).toBeNull();
  });
});
