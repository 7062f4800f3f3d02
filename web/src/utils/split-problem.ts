import type { Problem } from '../api/client.js';
import type { Translations } from '../i18n/zh.js';
import { lookUp } from './look-up.js';

type ProblemTexts = Translations['problems'];

/** An error response, split for display in a form. */
export interface SplitProblem {
  /** Error texts for fields of the form, by the form's names. */
  fieldErrors: { name: string; text: string }[];
  /** Error text that belongs to no field of the form; null if there is none. */
  general: string | null;
}

/** Error codes that concern one field, with the API's name of the field. */
const FIELD_OF_CODE: Partial<Record<Problem['code'], string>> = {
  REFUND_EXCEEDS_PAYMENT: 'amountFen',
  USERNAME_TAKEN: 'username',
  BAD_CREDENTIALS: 'oldPassword',
  STOCK_CHANGED: 'stock',
  USER_NOT_FOUND: 'userId',
};

/**
 * Splits an error response into texts for fields of the form, and the rest.
 * @param formNames names of the form's fields.
 * @param aliases form field names that differ from the API's, by the API's names.
 */
export function splitProblem(
  problem: Problem,
  formNames: readonly string[],
  aliases: Readonly<Record<string, string>>,
  t: ProblemTexts,
): SplitProblem {
  const formNameOf = (field: string): string | undefined => {
    const name = aliases[rootOf(field)] ?? rootOf(field);
    return formNames.includes(name) ? name : undefined;
  };
  if (problem.code !== 'VALIDATION_FAILED') {
    const name = formNameOf(FIELD_OF_CODE[problem.code] ?? '');
    const text = lookUp(t.fieldErrors, problem.code) ?? problem.detail;
    return name === undefined
      ? { fieldErrors: [], general: detailOf(problem) }
      : { fieldErrors: [{ name, text }], general: null };
  }
  const errors = problem.errors ?? [];
  const fieldErrors = errors.flatMap(({ field, message }) => {
    const name = formNameOf(field);
    return name === undefined
      ? []
      : [{ name, text: t.invalidField(lookUp(t.fieldHints, rootOf(field)), withoutFieldName(field, message)) }];
  });
  const others = errors.filter(({ field }) => formNameOf(field) === undefined);
  if (others.length === 0 && errors.length > 0) return { fieldErrors, general: null };
  return { fieldErrors, general: problemText({ ...problem, errors: others }, t) };
}

/** The text of an error response, with field names in the language of the page. */
export function problemText(problem: Problem, t: ProblemTexts): string {
  const { code, errors = [] } = problem;
  if (code !== 'VALIDATION_FAILED' || errors.length === 0) return detailOf(problem);
  const names = errors.map(({ field }) => lookUp(t.fieldNames, rootOf(field)) ?? field);
  return t.invalidFields([...new Set(names)]);
}

/** The sentence of an error response, with WeChat's own text, which says what to correct. */
function detailOf({ detail, upstreamMessage }: Problem): string {
  return upstreamMessage === undefined ? detail : `${detail} ${upstreamMessage}`;
}

/** `items` of `items.0.quantity`. */
function rootOf(field: string): string {
  return field.split('.', 1)[0] ?? field;
}

/** `must be a string` of `carrier must be a string`. The form already shows the field's name. */
function withoutFieldName(field: string, message: string): string {
  return message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
}
