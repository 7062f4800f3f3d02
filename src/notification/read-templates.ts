import { readFileSync } from 'node:fs';
import { BUYER_NOTIFICATION_TYPES, type BuyerNotificationType } from '../order/buyer-notification.js';
import { MESSAGE_LANGUAGES, MINIPROGRAM_STATES } from '../wechat/mini-program/wechat-message.client.js';
import { formatTemplateValue, KIND_LIMITS, valueKindOf, VALUE_KINDS } from './format-template-value.js';
import { type MessageTemplate, MessageTemplates } from './message-templates.js';
import {
  EXAMPLE_VARIABLES,
  PAGE_PLACEHOLDERS,
  type Placeholder,
  PLACEHOLDERS,
  placeholdersIn,
  render,
} from './placeholders.js';
import type { Settings } from '../config/settings.js';
import { SIMULATED_TEMPLATES } from './simulated-templates.js';

/**
 * Loads the templates of SUBSCRIBE_MESSAGES_FILE. Without that file it uses the simulated merchant's templates, or none in a
 * live shop.
 * @throws Error with one line for each mistake.
 */
export function loadTemplates({ SUBSCRIBE_MESSAGES_FILE: file, wechat }: Settings): MessageTemplates {
  if (file === undefined && wechat.WECHAT_MODE === 'live') return new MessageTemplates({});
  const { templates, errors } = readTemplates(file === undefined ? SIMULATED_TEMPLATES : readJson(file));
  if (errors.length > 0) throw startupError(errors);
  return templates;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, '')); // removes the byte order mark that some editors write
  } catch (error) {
    throw startupError([`must be a file with valid JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function startupError(errors: string[]): Error {
  const lines = errors.map((error) => `SUBSCRIBE_MESSAGES_FILE: ${error}`);
  return new Error(`Cannot start:\n  ${lines.join('\n  ')}`);
}

const CHOICES = { miniprogramState: MINIPROGRAM_STATES, lang: MESSAGE_LANGUAGES } as const;
const TEMPLATE_FIELDS = ['templateId', 'page', 'data'];

/** Reads the configuration. Each error says where the mistake is and what is expected. */
export function readTemplates(config: unknown): { templates: MessageTemplates; errors: string[] } {
  if (!isObject(config)) return { templates: new MessageTemplates({}), errors: ['must be a JSON object'] };
  const known = [...BUYER_NOTIFICATION_TYPES, ...Object.keys(CHOICES)];
  const errors = Object.keys(config)
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is unknown: use one of ${known.join(', ')}`);
  const choose = <Word extends string>(name: keyof typeof CHOICES, choices: readonly Word[]): Word | undefined => {
    const given = config[name];
    const choice = choices.find((each) => each === given);
    if (given !== undefined && choice === undefined) errors.push(`${name} must be one of ${choices.join(', ')}`);
    return choice;
  };
  const given = BUYER_NOTIFICATION_TYPES.filter((type) => config[type] !== undefined);
  if (given.length === 0) errors.push(`must have at least one of ${BUYER_NOTIFICATION_TYPES.join(', ')}`);
  for (const type of given) errors.push(...templateErrors(type, config[type]));
  // Unchecked casts: if any of them is invalid, there is an error and none is used.
  const byType = Object.fromEntries(given.map((type) => [type, config[type] as MessageTemplate]));
  const state = choose('miniprogramState', MINIPROGRAM_STATES);
  return { templates: new MessageTemplates(byType, state, choose('lang', MESSAGE_LANGUAGES)), errors };
}

function templateErrors(type: BuyerNotificationType, given: unknown): string[] {
  if (!isObject(given)) return [`${type} must be an object with templateId and data`];
  const { templateId, page, data } = given;
  const errors = Object.keys(given)
    .filter((name) => !TEMPLATE_FIELDS.includes(name))
    .map((name) => `${type}.${name} is unknown: use one of ${TEMPLATE_FIELDS.join(', ')}`);
  if (typeof templateId !== 'string' || !/^[\w-]{1,64}$/.test(templateId))
    errors.push(`${type}.templateId is required and must be the id of a template in 小程序后台 → 订阅消息`);
  if (page !== undefined) errors.push(...pageErrors(type, page));
  if (!isObject(data) || Object.keys(data).length === 0)
    return [...errors, `${type}.data is required and must have a text for each key of the template`];
  return [...errors, ...Object.entries(data).flatMap(([key, pattern]) => valueErrors(type, key, pattern))];
}

function pageErrors(type: BuyerNotificationType, page: unknown): string[] {
  if (typeof page !== 'string' || !/^[^/\s][^\s]{0,511}$/.test(page))
    return [`${type}.page must be a page such as pages/order/order?orderNo={orderNo}, without a leading slash`];
  const allowed = PLACEHOLDERS[type].filter((name) => PAGE_PLACEHOLDERS.includes(name));
  return placeholderErrors(`${type}.page`, page, allowed);
}

function valueErrors(type: BuyerNotificationType, key: string, pattern: unknown): string[] {
  const where = `${type}.data.${key}`;
  const kind = valueKindOf(key);
  if (kind === null)
    return [`${where} is not a template key: use one of ${VALUE_KINDS.join(', ')}, followed by a number`];
  if (typeof pattern !== 'string' || pattern.trim() === '') return [`${where} must be a text`];
  const unknown = placeholderErrors(where, pattern, PLACEHOLDERS[type]);
  if (unknown.length > 0) return unknown;
  const example = render(pattern, EXAMPLE_VARIABLES);
  const fitted = formatTemplateValue(kind, example);
  const isFixed = placeholdersIn(pattern).length === 0;
  if (fitted !== null && (!isFixed || fitted === pattern.trim())) return [];
  return [`${where} must result in ${KIND_LIMITS[kind]}; it results in ${JSON.stringify(example)}`];
}

function placeholderErrors(where: string, pattern: string, allowed: readonly Placeholder[]): string[] {
  const names = placeholdersIn(pattern);
  const choices = allowed.map((name) => `{${name}}`).join(' ');
  const errors = names
    .filter((name) => !allowed.some((known) => known === name))
    .map((name) => `${where} has an unknown placeholder {${name}}: use one of ${choices}`);
  if (errors.length === 0 && /[{}]/.test(render(pattern, EXAMPLE_VARIABLES)))
    errors.push(`${where} has an unmatched brace: use one of ${choices}`);
  return errors;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
