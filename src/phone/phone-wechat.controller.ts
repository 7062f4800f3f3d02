import { All, Controller, HttpCode, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../common/domain-error.js';
import { Settings } from '../config/settings.js';

const PREFIX = '/phone/wechat/';
/** Milliseconds. The simulator is next door. */
const TIMEOUT_MS = 10_000;

/** What the phone may ask of the simulator: to play its user, to break the next message, to let time pass, to look. */
const ALLOWED_CALLS: ReadonlySet<string> = new Set([
  'POST users',
  'POST codes',
  'POST phone-codes',
  'POST cashier/open',
  'POST cashier/pay',
  'GET messages/live',
  'GET faults',
  'POST faults',
  'DELETE faults',
  'PUT clock',
  'GET message-templates',
  'POST users/*/consents',
]);
/** A person's own: the openid stands in the path. */
const OPENID_IN_PATH = /(?<=^users\/)[\w-]{1,64}(?=\/)/;

/**
 * The simulator's control API for the page that this service shows, so that a browser has to do with one origin and the
 * simulator allows none. Bodies must be JSON by name, which a page of somebody else's cannot send here unasked.
 */
@ApiExcludeController()
@Controller('phone/wechat')
export class PhoneWechatController {
  constructor(private readonly settings: Settings) {}

  /** @throws DomainError NOT_FOUND for anything else, WECHAT_UNAVAILABLE when the simulator does not answer. */
  @All('*')
  @HttpCode(200)
  async forward(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const [path = '', query] = request.url.slice(PREFIX.length).split('?');
    if (!ALLOWED_CALLS.has(`${request.method} ${path.replace(OPENID_IN_PATH, '*')}`))
      throw new DomainError('NOT_FOUND');
    const url = `${this.settings.WECHAT_PAY_BASE_URL}/_control/${path}${query === undefined ? '' : `?${query}`}`;
    const answer = await fetch(url, {
      method: request.method,
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new DomainError('WECHAT_UNAVAILABLE', { cause });
    });
    const type = answer.headers.get('content-type');
    void reply.status(answer.status);
    if (type !== null) void reply.header('content-type', type);
    return answer.status === 204 ? undefined : answer.text();
  }
}
