import { formatYuan } from '../fen.js';
import { PROBLEMS, type ProblemCode } from './problem-catalog.js';
import { stateText } from '../state-texts.js';

/** A field of the request and what is wrong with it. */
export interface FieldError {
  field: string;
  message: string;
}

export interface DomainErrorContext {
  /** Values for the `{name}` placeholders of the catalog's text. Shown to the caller: no SQL, no keys, no upstream body. */
  params?: Readonly<Record<string, string | number>>;
  /** Replaces the catalog's text where a more precise one exists: English and Chinese. Shown to the caller. */
  detail?: readonly [en: string, zh: string];
  errors?: readonly FieldError[];
  /** Amounts for programs, returned as fields beside `code`. Documented in `ProblemDto`. */
  amounts?: Readonly<Partial<Record<'totalFen' | 'payableFen', number>>>;
  /** WeChat's own code and text, for `upstreamCode` and `upstreamMessage`. */
  upstream?: { code: string; message: string };
  /** Seconds, for `Retry-After`. */
  retryAfterSeconds?: number;
  /** Only logged, never sent to the caller. */
  cause?: unknown;
}

/** A rejection that the caller can handle by its `code`. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ProblemCode,
    readonly context: DomainErrorContext = {},
  ) {
    super(`${code}: ${fillTemplate(PROBLEMS[code].detail[0], context.params)}`, { cause: context.cause });
  }
}

/**
 * Replaces the placeholders of a text by the parameters. Amounts (names that end in `Fen`) are shown in yuan, and `state`
 * as its text.
 * @param language 0 for English, 1 for Chinese.
 */
export function fillTemplate(
  sentence: string,
  params: Readonly<Record<string, string | number>> = {},
  language: 0 | 1 = 0,
): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_place, name: string) => {
    const value = params[name] ?? '';
    if (name === 'state') return stateText(String(value), language);
    return typeof value === 'number' && name.endsWith('Fen') ? formatYuan(value) : String(value);
  });
}

interface AmountLimit {
  amountFen: number;
  /** The highest amount that would have been accepted. */
  leftFen: number;
  limitFen?: number;
}

/** The error for an amount above the limit. Its text is in yuan; `errors` has the field and the limit in fen for programs. */
export function amountLimitError(
  code: 'REFUND_EXCEEDS_PAYMENT' | 'REFUND_LIMIT_REACHED',
  limit: AmountLimit,
): DomainError {
  const message = `amountFen must not be greater than ${limit.leftFen}`;
  return new DomainError(code, { params: { ...limit }, errors: [{ field: 'amountFen', message }] });
}
