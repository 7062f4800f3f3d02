import { DomainError } from '../common/domain-error.js';
import type { Refund } from './refund.entity.js';

/** Error for a step that the refund's state does not allow, or no longer allows. */
export function refundNotDecidable({ refundNo, status }: Pick<Refund, 'refundNo' | 'status'>): DomainError {
  return new DomainError('REFUND_NOT_DECIDABLE', { params: { refundNo, state: status } });
}
