import { formatYuan } from './fen.js';
import { PROBLEMS, type ProblemCode } from './problem-catalog.js';
import { stateText } from './state-texts.js';

/** A field of the request and what is wrong with it. */
export interface FieldError {
  field: string;
  message: string;
}

export interface DomainErrorContext {
  /** What fills the `{name}`s of the catalogue's sentence. Shown to the caller: no SQL, no keys, no upstream body. */
  params?: Readonly<Record<string, string | number>>;
  /** Said instead of the catalogue's sentence, where more is known: English and Chinese. As public as that one. */
  detail?: readonly [en: string, zh: string];
  errors?: readonly FieldError[];
  /** Numbers that a program acts on, as fields of the answer beside `code`. Documented in `ProblemDto`. */
  amounts?: Readonly<Partial<Record<'totalFen' | 'payableFen', number>>>;
  /** WeChat's own code and text, for `upstreamCode` and `upstreamMessage`. */
  upstream?: { code: string; message: string };
  /** Seconds, for `Retry-After`. */
  retryAfterSeconds?: number;
  /** For the log alone. */
  cause?: unknown;
}

/** A refusal the caller can understand and act on, by `code`. */
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
 * Puts the facts in the places of the sentence. Amounts, whose names end in `Fen`, become yuan, and `state` becomes words:
 * people read the sentence.
 * @param language 0 for English, 1 for Chinese.
 */
export function fillTemplate(
  sentence: string,
  facts: Readonly<Record<string, string | number>> = {},
  language: 0 | 1 = 0,
): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_place, name: string) => {
    const fact = facts[name] ?? '';
    if (name === 'state') return stateText(String(fact), language);
    return typeof fact === 'number' && name.endsWith('Fen') ? formatYuan(fact) : String(fact);
  });
}
