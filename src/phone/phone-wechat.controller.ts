import { All, Controller, HttpCode, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RoutesFor } from '../common/http/route-audience.js';
import { DomainError } from '../common/problem/domain-error.js';
import { Settings } from '../config/settings.js';

const PREFIX = '/phone/wechat/';
/** Milliseconds. The simulator runs on the same machine. */
const TIMEOUT_MS = 10_000;

/** The simulator calls that the phone may make: act as its user, inject faults, advance the clock, read state. */
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
/** The openid in the path of a user's own call. */
const OPENID_IN_PATH = /(?<=^users\/)[\w-]{1,64}(?=\/)/;

/**
 * Forwards the page's calls to the simulator's control API, so that the browser uses one origin and the simulator
 * allows none. Bodies must have a JSON content type, which another site's page cannot send here without a preflight.
 */
@ApiExcludeController()
@Controller('phone/wechat')
@RoutesFor('ANYONE')
export class PhoneWechatController {
  constructor(private readonly settings: Settings) {}

  /** @throws DomainError NOT_FOUND for any other call, WECHAT_UNAVAILABLE when the simulator does not respond. */
  @All('*')
  @HttpCode(200)
  async forward(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const [path = '', query] = request.url.slice(PREFIX.length).split('?');
    if (!ALLOWED_CALLS.has(`${request.method} ${path.replace(OPENID_IN_PATH, '*')}`))
      throw new DomainError('NOT_FOUND');
    const url = `${this.settings.wechat.WECHAT_PAY_BASE_URL}/_control/${path}${query === undefined ? '' : `?${query}`}`;
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
