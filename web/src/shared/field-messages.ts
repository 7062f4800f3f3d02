import type { Problem } from '../api/client.js';
import type { Words } from '../words/zh.js';

type ProblemWords = Words['problems'];

/** A refusal as a form shows it. */
export interface SortedProblem {
  /** What is said at fields of the form, by the form's names. */
  atFields: { name: string; text: string }[];
  /** What no field of the form can show; null when that is nothing. */
  elsewhere: string | null;
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
export function sortProblem(
  problem: Problem,
  formNames: readonly string[],
  aliases: Readonly<Record<string, string>>,
  words: ProblemWords,
): SortedProblem {
  const shownName = (field: string): string | undefined => {
    const name = aliases[rootOf(field)] ?? rootOf(field);
    return formNames.includes(name) ? name : undefined;
  };
  if (problem.code !== 'VALIDATION_FAILED') {
    const name = shownName(FIELD_OF_CODE[problem.code] ?? '');
    const text = wordFor(words.atField, problem.code) ?? problem.detail;
    return name === undefined
      ? { atFields: [], elsewhere: problem.detail }
      : { atFields: [{ name, text }], elsewhere: null };
  }
  const errors = problem.errors ?? [];
  const atFields = errors.flatMap(({ field, message }) => {
    const name = shownName(field);
    return name === undefined
      ? []
      : [{ name, text: words.fieldWrong(hintFor(field, words), afterName(field, message)) }];
  });
  const others = errors.filter(({ field }) => shownName(field) === undefined);
  if (others.length === 0 && errors.length > 0) return { atFields, elsewhere: null };
  return { atFields, elsewhere: problemText({ ...problem, errors: others }, words) };
}

/** What a refusal says, with fields named in the language of the page. */
export function problemText(problem: Problem, words: ProblemWords): string {
  const { code, errors = [], detail } = problem;
  if (code !== 'VALIDATION_FAILED' || errors.length === 0) return detail;
  const names = errors.map(({ field }) => wordFor(words.fieldNames, rootOf(field)) ?? field);
  return words.fieldsWrong([...new Set(names)]);
}

/** `items` of `items.0.quantity`. */
function rootOf(field: string): string {
  return field.split('.', 1)[0] ?? field;
}

/** `must be a string` of `carrier must be a string`: the form shows the name already. */
function afterName(field: string, message: string): string {
  return message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
}

function hintFor(field: string, words: ProblemWords): string | undefined {
  return wordFor(words.fieldHints, rootOf(field));
}

function wordFor(words: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}
