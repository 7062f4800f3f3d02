import { Injectable } from '@nestjs/common';
import { IssuedTokenStore } from '../platform/issued-token-store.js';
import { JsonBody } from '../platform/platform-request-handler.js';
import { PlatformFailure, PlatformFailureFactory } from '../platform/platform-failure-factory.js';
import { Behaviours } from '../state/behaviours.js';
import { UserStore } from '../state/user-store.js';
import { WechatTemplate, WechatTemplateStore } from './wechat-template-store.js';
import { SubscribeMessageStore } from './subscribe-message-store.js';
import { isWithinLimits } from './value-limits.js';

const STATES = ['developer', 'trial', 'formal'];
const LANGUAGES = ['zh_CN', 'en_US', 'zh_HK', 'zh_TW'];

/** Delivers a subscribe message to a user who consented to one, and uses up that consent. */
@Injectable()
export class SubscribeMessageService {
  constructor(
    private readonly behaviours: Behaviours,
    private readonly tokens: IssuedTokenStore,
    private readonly users: UserStore,
    private readonly templates: WechatTemplateStore,
    private readonly messages: SubscribeMessageStore,
    private readonly failures: PlatformFailureFactory,
  ) {}

  send(token: string | null, body: JsonBody | undefined): PlatformFailure {
    const errcode = this.tokens.errcodeFor(token);
    if (errcode !== undefined) return this.failures.create(errcode);
    if (body === undefined) return this.failures.create(47001);
    const { touser, template_id: templateId, page, data } = body;
    if (typeof touser !== 'string' || this.users.find(touser) === undefined) return this.failures.create(40003);
    const template = typeof templateId === 'string' ? this.templates.find(templateId) : undefined;
    if (template === undefined) return this.failures.create(40037);
    if (page !== undefined && this.isMissingPage(page)) return this.failures.create(41030);
    const values = valuesIn(data);
    const wrong = findInvalidValue(template, values) ?? findInvalidOption(body);
    if (wrong !== undefined) return this.failures.create(47003, `argument invalid! ${wrong} invalid`);
    const isDelivered = this.messages.deliver({
      openid: touser,
      templateId: template.templateId,
      title: template.title,
      page: typeof page === 'string' ? page : null,
      data: deliveredValues(template, values),
      miniprogramState: stringOr(body['miniprogram_state'], 'formal'),
      lang: stringOr(body['lang'], 'zh_CN'),
    });
    return isDelivered ? { errcode: 0, errmsg: 'ok' } : this.failures.create(43101);
  }

  private isMissingPage(page: unknown): boolean {
    return this.behaviours.current.messagePage === 'missing' || typeof page !== 'string' || page.startsWith('/');
  }
}

/** Unwraps `{ thing1: { value: "…" } }`. */
function valuesIn(data: unknown): Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data as Record<string, unknown>).map(([key, entry]) => [
      key,
      typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>)['value'] : undefined,
    ]),
  );
}

/**
 * The first value that is missing or exceeds the limit of its kind. Keys that the template does not have are ignored.
 */
function findInvalidValue({ keys }: WechatTemplate, values: Record<string, unknown>): string | undefined {
  const wrong = keys.find((key) => !isWithinLimits(key, values[key]));
  return wrong === undefined ? undefined : `data.${wrong}.value`;
}

function findInvalidOption({ miniprogram_state: state, lang }: JsonBody): string | undefined {
  if (state !== undefined && !STATES.some((known) => known === state)) return 'miniprogram_state';
  return lang !== undefined && !LANGUAGES.some((known) => known === lang) ? 'lang' : undefined;
}

function deliveredValues({ keys }: WechatTemplate, values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, String(values[key])]));
}

function stringOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
