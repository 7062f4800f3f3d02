import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/common/problem/domain-error.js';
import { toProblem } from '../../../src/common/problem/problem.js';
import { stateText } from '../../../src/common/state-texts.js';
import { ORDER_STATUSES } from '../../../src/order/order.entity.js';
import { REFUND_STATUSES } from '../../../src/refund/refund.entity.js';
import { SHIPMENT_STATES } from '../../../src/shipping/shipment/shipment.entity.js';

describe('states in error texts', () => {
  const states = new Set<string>([
    ...[...ORDER_STATUSES, 'EXPIRED', ...REFUND_STATUSES, ...SHIPMENT_STATES],
    ...['UNPAID', 'NOTHING_LEFT', 'TOO_MANY_REFUNDS', 'OVER_A_YEAR_OLD'],
    ...['REFUNDED', 'REFUND_PENDING', 'SHIPPED', 'TOO_MANY_PARCELS'],
  ]);

  it.each([...states])('%s has a text in both languages', (state) => {
    expect(stateText(state, 0)).toMatch(/^[a-z][a-zA-Z0-9 ,]+$/);
    expect(stateText(state, 1)).toMatch(/[一-鿿]{2}/);
  });

  it('an error text names a state in its own language', () => {
    const error = new DomainError('REFUND_NOT_DECIDABLE', { params: { refundNo: 'R1', state: 'REJECTED' } });
    expect(toProblem(error, 'request-1', 'zh-CN').detail).toBe('退款单 R1 当前状态为“已拒绝”，不可进行此操作。');
    expect(toProblem(error, 'request-1', 'en').detail).toBe('Refund R1 is rejected, so this action is not possible.');
  });
});
