import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../common/problem/domain-error.js';
import { setRequestCaller } from '../common/http/request-caller.js';
import { SessionStore } from './session/session-store.js';
import { UserService } from './user.service.js';

const RESPONDS_USER_BLOCKED = 'wx-checkout:responds-user-blocked';

export type UserRequest = FastifyRequest & { userId?: string };

/**
 * This route responds to a blocked user with USER_BLOCKED. Other routes respond with UNAUTHENTICATED, as for any ended
 * session.
 */
export const RespondUserBlocked = (): MethodDecorator => SetMetadata(RESPONDS_USER_BLOCKED, true);

/** Allows calls with a valid token of a user who is not blocked. */
@Injectable()
export class UserGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionStore,
    private readonly users: UserService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<UserRequest>();
    const token = bearerTokenOf(request);
    const session = token === null ? null : await this.sessions.findSession('user', token);
    // The user is read on each call, so that a block takes effect at once with any session store.
    const user = session && (await this.users.findById(session.subject));
    if (!user) throw new DomainError('UNAUTHENTICATED');
    setRequestCaller(request, `user:${user.id}`);
    if (user.blockedAt !== null && this.reflector.get<true | undefined>(RESPONDS_USER_BLOCKED, context.getHandler()))
      throw new DomainError('USER_BLOCKED');
    if (user.blockedAt !== null || session.epoch !== user.sessionEpoch) throw new DomainError('UNAUTHENTICATED');
    request.userId = user.id;
    return true;
  }
}

/** The id of the user authenticated by `UserGuard`. */
export const UserId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const { userId } = context.switchToHttp().getRequest<UserRequest>();
  if (userId === undefined) throw new DomainError('UNAUTHENTICATED');
  return userId;
});

/** Returns the token of an `Authorization: Bearer` header. Null without one, or when it is longer than our tokens. */
export function bearerTokenOf(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{1,128})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
