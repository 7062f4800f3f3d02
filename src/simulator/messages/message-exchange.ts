import { Injectable } from '@nestjs/common';
import { AccessTokenBook } from '../platform/access-token-book.js';
import { JsonBody } from '../platform/json-body.js';
import { PlatformFailure, PlatformFailures } from '../platform/platform-failures.js';
import { Behaviours } from '../state/behaviours.js';
import { UserBook } from '../state/user-book.js';
import { ConsentBook } from './consent-book.js';
import { MessageTemplate, MessageTemplates } from './message-templates.js';
import { SentMessages } from './sent-messages.js';
import { isWithinLimits } from './value-limits.js';

const STATES = ['developer', 'trial', 'formal'];
const LANGUAGES = ['zh_CN', 'en_US', 'zh_HK', 'zh_TW'];

/** Delivers a subscribe message to whoever has agreed to one, and uses the consent up. */
@Injectable()
export class MessageExchange {
  constructor(
    private readonly behaviours: Behaviours,
    private readonly tokens: AccessTokenBook,
    private readonly users: UserBook,
    private readonly templates: MessageTemplates,
    private readonly consents: ConsentBook,
    private readonly sent: SentMessages,
    private readonly failures: PlatformFailures,
  ) {}

  send(token: string | null, body: JsonBody | undefined): PlatformFailure {
    const complaint = this.tokens.complaintAbout(token);
    if (complaint !== undefined) return this.failures.of(complaint);
    if (body === undefined) return this.failures.of(47001);
    const { touser, template_id: templateId, page, data } = body;
    if (typeof touser !== 'string' || this.users.find(touser) === undefined) return this.failures.of(40003);
    const template = typeof templateId === 'string' ? this.templates.find(templateId) : undefined;
    if (template === undefined) return this.failures.of(40037);
    if (page !== undefined && this.isMissing(page)) return this.failures.of(41030);
    const values = valuesIn(data);
    const wrong = wrongIn(template, values) ?? wrongChoice(body);
    if (wrong !== undefined) return this.failures.of(47003, `argument invalid! ${wrong} invalid`);
    if (!this.consents.use(touser, template.templateId)) return this.failures.of(43101);
    this.sent.keep({
      ...{ openid: touser, templateId: template.templateId, title: template.title },
      ...{ page: typeof page === 'string' ? page : null, data: shownOf(template, values) },
      miniprogramState: textOr(body['miniprogram_state'], 'formal'),
      lang: textOr(body['lang'], 'zh_CN'),
    });
    return { errcode: 0, errmsg: 'ok' };
  }

  private isMissing(page: unknown): boolean {
    return this.behaviours.current.messagePage === 'missing' || typeof page !== 'string' || page.startsWith('/');
  }
}

/** `{ thing1: { value: "…" } }` without the wrapping. */
function valuesIn(data: unknown): Record<string, unknown> {
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data as Record<string, unknown>).map(([key, given]) => [
      key,
      typeof given === 'object' && given !== null ? (given as Record<string, unknown>)['value'] : undefined,
    ]),
  );
}

/** The first value that is missing or breaks the limit of its kind. What the template does not know is passed over. */
function wrongIn({ keys }: MessageTemplate, values: Record<string, unknown>): string | undefined {
  const wrong = keys.find((key) => !isWithinLimits(key, values[key]));
  return wrong === undefined ? undefined : `data.${wrong}.value`;
}

function wrongChoice({ miniprogram_state: state, lang }: JsonBody): string | undefined {
  if (state !== undefined && !STATES.some((known) => known === state)) return 'miniprogram_state';
  return lang !== undefined && !LANGUAGES.some((known) => known === lang) ? 'lang' : undefined;
}

function shownOf({ keys }: MessageTemplate, values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, String(values[key])]));
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
