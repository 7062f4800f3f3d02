import { DomainError } from '../../common/problem/domain-error.js';
import type { ErrorTexts } from '../../common/error-text.js';
import { type Refund, toErrorMessage } from '../refund.entity.js';

/** The error codes that this module gives a refund, for staff. All others come from the provider of its channel. */
export const REFUND_ERROR_TEXTS = {
  ABANDONED: { en: 'Abandoned by staff', zh: '员工已放弃', replacesMessage: true },
  REPLACED: {
    en: 'Replaced by a manual refund in the merchant platform',
    zh: '已由商户平台的手工退款代替',
    replacesMessage: true,
  },
} as const satisfies ErrorTexts;

type RefundReference = Pick<Refund, 'refundNo' | 'status'>;

/** Error for a step that the refund's state does not allow, or no longer allows. */
export function refundNotDecidable({ refundNo, status }: RefundReference): DomainError {
  return new DomainError('REFUND_NOT_DECIDABLE', { params: { refundNo, state: status } });
}

/** Error for abandoning a refund that WeChat has, or that its response has moved. */
export function refundKnownToWechat(refund: RefundReference): DomainError {
  if (refund.status !== 'ABNORMAL') return refundNotDecidable(refund);
  return new DomainError('REFUND_KNOWN_TO_WECHAT', { params: { refundNo: refund.refundNo } });
}

/** Error for another destination than the one that WeChat has accepted or may have accepted. */
export function refundAlreadyRedirected({ refundNo }: RefundReference): DomainError {
  return new DomainError('REFUND_ALREADY_REDIRECTED', { params: { refundNo } });
}

/** Error for abandoning a refund while WeChat's "no such refund" is not reliable. */
export function refundSentRecently(refundNo: string, retryAfterSeconds: number): DomainError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new DomainError('REFUND_SENT_RECENTLY', { params: { refundNo, minutes }, retryAfterSeconds });
}

/** Marks a refund as ended by staff and keeps WeChat's last error in the message. */
export function abandonedErrorOf({
  errorCode,
  errorMessage,
}: Pick<Refund, 'errorCode' | 'errorMessage'>): Pick<Refund, 'errorCode' | 'errorMessage'> {
  const before = [errorCode, errorMessage].filter((text) => text !== null && text !== '').join(' ');
  const message = `Abandoned by staff${before && `. Before: ${before}`}`;
  return { errorCode: 'ABANDONED', errorMessage: toErrorMessage(message) };
}
