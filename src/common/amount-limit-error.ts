import { DomainError } from './domain-error.js';

interface AmountLimit {
  amountFen: number;
  /** The most that would have been accepted. */
  leftFen: number;
  limitFen?: number;
}

/** An amount above what is left. The sentence is in yuan for people; `errors` names the field and the limit in fen for programs. */
export function amountLimitError(
  code: 'REFUND_EXCEEDS_PAYMENT' | 'REFUND_LIMIT_REACHED',
  facts: AmountLimit,
): DomainError {
  const message = `amountFen must not be greater than ${facts.leftFen}`;
  return new DomainError(code, { params: { ...facts }, errors: [{ field: 'amountFen', message }] });
}
