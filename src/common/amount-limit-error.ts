import { DomainError } from './domain-error.js';

interface AmountLimit {
  amountFen: number;
  /** The highest amount that would have been accepted. */
  leftFen: number;
  limitFen?: number;
}

/** The error for an amount above the limit. Its text is in yuan; `errors` has the field and the limit in fen for programs. */
export function amountLimitError(
  code: 'REFUND_EXCEEDS_PAYMENT' | 'REFUND_LIMIT_REACHED',
  facts: AmountLimit,
): DomainError {
  const message = `amountFen must not be greater than ${facts.leftFen}`;
  return new DomainError(code, { params: { ...facts }, errors: [{ field: 'amountFen', message }] });
}
