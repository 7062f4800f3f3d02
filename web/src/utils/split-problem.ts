import type { Problem } from '../api/client.js';
import type { Translations } from '../i18n/zh.js';

type ProblemTexts = Translations['problems'];

/** A refusal as a form shows it. */
export interface SplitProblem {
  /** What is said at fields of the form, by the form's names. */
  fieldErrors: { name: string; text: string }[];
  /** What no field of the form can show; null when that is nothing. */
  general: string | null;
}

/** Refusals that are about one field, by the service's names of fields. */
const FIELD_OF_CODE: Partial<Record<Problem['code'], string>> = {
  REFUND_EXCEEDS_PAYMENT: 'amountFen',
  USERNAME_TAKEN: 'username',
  BAD_CREDENTIALS: 'oldPassword',
  STOCK_CHANGED: 'stock',
  USER_NOT_FOUND: 'userId',
};

/**
 * Takes a refusal apart: what a field of the form can show, and the rest.
 * @param formNames the names of the fields that the form shows.
 * @param aliases fields that the form calls otherwise than the service, by the service's names.
 */
export function splitProblem(
  problem: Problem,
  formNames: readonly string[],
  aliases: Readonly<Record<string, string>>,
  words: ProblemTexts,
): SplitProblem {
  const shownName = (field: string): string | undefined => {
    const name = aliases[rootOf(field)] ?? rootOf(field);
    return formNames.includes(name) ? name : undefined;
  };
  if (problem.code !== 'VALIDATION_FAILED') {
    const name = shownName(FIELD_OF_CODE[problem.code] ?? '');
    const text = lookUp(words.atField, problem.code) ?? problem.detail;
    return name === undefined
      ? { fieldErrors: [], general: problem.detail }
      : { fieldErrors: [{ name, text }], general: null };
  }
  const errors = problem.errors ?? [];
  const atFields = errors.flatMap(({ field, message }) => {
    const name = shownName(field);
    return name === undefined
      ? []
      : [{ name, text: words.fieldWrong(hintFor(field, words), withoutFieldName(field, message)) }];
  });
  const others = errors.filter(({ field }) => shownName(field) === undefined);
  if (others.length === 0 && errors.length > 0) return { fieldErrors: atFields, general: null };
  return { fieldErrors: atFields, general: problemText({ ...problem, errors: others }, words) };
}

/** What a refusal says, with fields named in the language of the page. */
export function problemText(problem: Problem, words: ProblemTexts): string {
  const { code, errors = [], detail } = problem;
  if (code !== 'VALIDATION_FAILED' || errors.length === 0) return detail;
  const names = errors.map(({ field }) => lookUp(words.fieldNames, rootOf(field)) ?? field);
  return words.fieldsWrong([...new Set(names)]);
}

/** `items` of `items.0.quantity`. */
function rootOf(field: string): string {
  return field.split('.', 1)[0] ?? field;
}

/** `must be a string` of `carrier must be a string`: the form shows the name already. */
function withoutFieldName(field: string, message: string): string {
  return message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
}

function hintFor(field: string, words: ProblemTexts): string | undefined {
  return lookUp(words.fieldHints, rootOf(field));
}

function lookUp(words: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
