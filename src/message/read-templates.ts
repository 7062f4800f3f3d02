import { BUYER_NOTIFICATION_TYPES, type BuyerNotificationType } from '../order/buyer-notification.js';
import { MESSAGE_LANGUAGES, MINIPROGRAM_STATES } from '../wechat/wechat-message.gateway.js';
import { fitValue, KIND_LIMITS, kindOf, VALUE_KINDS } from './fit-value.js';
import { type MessageTemplate, MessageTemplates } from './message-templates.js';
import {
  EXAMPLE_VARIABLES,
  PAGE_PLACEHOLDERS,
  type Placeholder,
  PLACEHOLDERS,
  placeholdersIn,
  render,
} from './placeholders.js';

const CHOICES = { miniprogramState: MINIPROGRAM_STATES, lang: MESSAGE_LANGUAGES } as const;
const TEMPLATE_FIELDS = ['templateId', 'page', 'data'];

/** Reads the configuration and says of every mistake where it is and what should be there. */
export function readTemplates(config: unknown): { templates: MessageTemplates; complaints: string[] } {
  if (!isObject(config)) return { templates: new MessageTemplates({}), complaints: ['must be a JSON object'] };
  const known = [...BUYER_NOTIFICATION_TYPES, ...Object.keys(CHOICES)];
  const complaints = Object.keys(config)
    .filter((name) => !known.includes(name))
    .map((name) => `${name} is unknown: there are ${known.join(', ')}`);
  const choose = <Word extends string>(name: keyof typeof CHOICES, words: readonly Word[]): Word | undefined => {
    const given = config[name];
    const word = words.find((each) => each === given);
    if (given !== undefined && word === undefined) complaints.push(`${name} must be ${words.join(', ')}`);
    return word;
  };
  const given = BUYER_NOTIFICATION_TYPES.filter((fact) => config[fact] !== undefined);
  if (given.length === 0) complaints.push(`must have at least one of ${BUYER_NOTIFICATION_TYPES.join(', ')}`);
  for (const fact of given) complaints.push(...templateErrors(fact, config[fact]));
  // Looked at: each is what it should be, or somebody hears of it and none of them is used.
  const byFact = Object.fromEntries(given.map((fact) => [fact, config[fact] as MessageTemplate]));
  const state = choose('miniprogramState', MINIPROGRAM_STATES);
  return { templates: new MessageTemplates(byFact, state, choose('lang', MESSAGE_LANGUAGES)), complaints };
}

function templateErrors(fact: BuyerNotificationType, given: unknown): string[] {
  if (!isObject(given)) return [`${fact} must be an object with templateId and data`];
  const { templateId, page, data } = given;
  const complaints = Object.keys(given)
    .filter((name) => !TEMPLATE_FIELDS.includes(name))
    .map((name) => `${fact}.${name} is unknown: there are ${TEMPLATE_FIELDS.join(', ')}`);
  if (typeof templateId !== 'string' || !/^[\w-]{1,64}$/.test(templateId))
    complaints.push(`${fact}.templateId is needed and must be the id of a template in 小程序后台 → 订阅消息`);
  if (page !== undefined) complaints.push(...pageErrors(fact, page));
  if (!isObject(data) || Object.keys(data).length === 0)
    return [...complaints, `${fact}.data is needed and must have a text for each key of the template`];
  return [...complaints, ...Object.entries(data).flatMap(([key, pattern]) => valueErrors(fact, key, pattern))];
}

function pageErrors(fact: BuyerNotificationType, page: unknown): string[] {
  if (typeof page !== 'string' || !/^[^/\s][^\s]{0,511}$/.test(page))
    return [`${fact}.page must be a page such as pages/order/order?orderNo={orderNo}, without a slash before it`];
  const allowed = PLACEHOLDERS[fact].filter((name) => PAGE_PLACEHOLDERS.includes(name));
  return placeholderErrors(`${fact}.page`, page, allowed);
}

function valueErrors(fact: BuyerNotificationType, key: string, pattern: unknown): string[] {
  const where = `${fact}.data.${key}`;
  const kind = kindOf(key);
  if (kind === null)
    return [`${where} is no key of a template: one begins with ${VALUE_KINDS.join(', ')}, and a number`];
  if (typeof pattern !== 'string' || pattern.trim() === '') return [`${where} must be a text`];
  const unknown = placeholderErrors(where, pattern, PLACEHOLDERS[fact]);
  if (unknown.length > 0) return unknown;
  const example = render(pattern, EXAMPLE_VARIABLES);
  const fitted = fitValue(kind, example);
  const isFixed = placeholdersIn(pattern).length === 0;
  if (fitted !== null && (!isFixed || fitted === pattern.trim())) return [];
  return [`${where} must come to ${KIND_LIMITS[kind]}; it comes to ${JSON.stringify(example)}`];
}

function placeholderErrors(where: string, pattern: string, allowed: readonly Placeholder[]): string[] {
  const names = placeholdersIn(pattern);
  const there = allowed.map((name) => `{${name}}`).join(' ');
  const complaints = names
    .filter((name) => !allowed.some((known) => known === name))
    .map((name) => `${where} has an unknown placeholder {${name}}: there are ${there}`);
  if (complaints.length === 0 && /[{}]/.test(render(pattern, EXAMPLE_VARIABLES)))
    complaints.push(`${where} has a brace without its other half: there are ${there}`);
  return complaints;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
